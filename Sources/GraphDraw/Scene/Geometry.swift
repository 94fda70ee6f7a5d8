/// A place on the drawing, in points from its upper left corner.
public struct Point: Sendable, Hashable {
  /// Points from the left.
  public var x: Double
  /// Points from the top.
  public var y: Double

  /// Makes a place from its two coordinates.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle, in points from the upper left corner of the drawing.
public struct Rect: Sendable, Hashable {
  /// The left side.
  public var x: Double
  /// The upper side.
  public var y: Double
  /// How wide it is.
  public var width: Double
  /// How high it is.
  public var height: Double

  /// Makes a rectangle from its upper left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  init(center: Point, width: Double, height: Double) {
    self.init(x: center.x - width / 2, y: center.y - height / 2, width: width, height: height)
  }

  /// The right side.
  public var maxX: Double { x + width }
  /// The lower side.
  public var maxY: Double { y + height }
  /// The middle.
  public var center: Point { Point(x: x + width / 2, y: y + height / 2) }

  /// Whether the two share more than an edge.
  public func overlaps(_ other: Rect) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  /// Whether a level or upright stroke from one place to the other runs through the inside.
  ///
  /// - Parameters:
  ///   - start: One end.
  ///   - end: The other end.
  /// - Returns: True when the stroke's bounding box meets the inside.
  public func isCrossed(from start: Point, to end: Point) -> Bool {
    let left = min(start.x, end.x)
    let right = max(start.x, end.x)
    let top = min(start.y, end.y)
    let bottom = max(start.y, end.y)
    return left < maxX && right > x && top < maxY && bottom > y
  }

  func inset(by distance: Double) -> Rect {
    Rect(
      x: x + distance,
      y: y + distance,
      width: max(0, width - 2 * distance),
      height: max(0, height - 2 * distance)
    )
  }

  func scaled(by factor: Double) -> Rect {
    Rect(x: x * factor, y: y * factor, width: width * factor, height: height * factor)
  }

  func moved(x dx: Double, y dy: Double) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width, height: height)
  }
}

extension Point {
  func scaled(by factor: Double) -> Point { Point(x: x * factor, y: y * factor) }
  func moved(x dx: Double, y dy: Double) -> Point { Point(x: x + dx, y: y + dy) }
}
