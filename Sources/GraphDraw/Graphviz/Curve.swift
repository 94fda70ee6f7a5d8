/// A line with rounded corners as Graphviz wants it: Bézier curves, and arrow tips apart from them.
struct Curve {
  /// Start, then three points for each piece.
  private(set) var controls: [Point]
  var tip: Point?
  var tailTip: Point?

  init(_ path: Scene.Path) {
    var points = path.points
    controls = []
    guard points.count > 1 else { return }
    let arrow = 10 * path.arrowSize
    if path.hasArrow {
      tip = points[points.count - 1]
      points[points.count - 1] = Self.step(
        from: points[points.count - 1],
        toward: points[points.count - 2],
        by: arrow
      )
    }
    if path.hasTailArrow {
      tailTip = points[0]
      points[0] = Self.step(from: points[0], toward: points[1], by: arrow)
    }
    controls = [points[0]]
    for place in 1..<points.count - 1 {
      let (before, corner, after) = (points[place - 1], points[place], points[place + 1])
      let radius = min(
        path.radius,
        Self.distance(before, corner) / 2,
        Self.distance(corner, after) / 2
      )
      let start = Self.step(from: corner, toward: before, by: radius)
      let end = Self.step(from: corner, toward: after, by: radius)
      addLine(to: start)
      // 0.448 of the radius from the corner makes the Bézier curve a quarter circle.
      let first = Self.step(from: corner, toward: before, by: radius * 0.448)
      let second = Self.step(from: corner, toward: after, by: radius * 0.448)
      controls += [first, second, end]
    }
    addLine(to: points[points.count - 1])
  }

  private mutating func addLine(to end: Point) {
    let start = controls[controls.count - 1]
    controls += [
      Point(x: start.x + (end.x - start.x) / 3, y: start.y + (end.y - start.y) / 3),
      Point(x: start.x + (end.x - start.x) * 2 / 3, y: start.y + (end.y - start.y) * 2 / 3), end,
    ]
  }

  private static func distance(_ first: Point, _ second: Point) -> Double {
    let (dx, dy) = (second.x - first.x, second.y - first.y)
    return (dx * dx + dy * dy).squareRoot()
  }

  private static func step(from start: Point, toward end: Point, by length: Double) -> Point {
    let whole = distance(start, end)
    guard whole > 0 else { return start }
    let share = min(length / whole, 1)
    return Point(x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
  }
}
