/// Places the texts of edges on their lines, clear of nodes and of each other.
struct Pills {
  private var cells: [Cell: [Rect]] = [:]
  private static let cellSize = 100.0

  private struct Cell: Hashable {
    var x: Int
    var y: Int
  }

  init(obstacles: [Rect]) {
    for rect in obstacles { add(rect) }
  }

  /// The best free place of a text on a line, which is then taken.
  ///
  /// - Parameters:
  ///   - points: The corners of the line.
  ///   - width: The width of the text with its border.
  ///   - height: The height of the text with its border.
  /// - Returns: The place; nil when every one would cover something.
  mutating func place(on points: [Point], width: Double, height: Double) -> Rect? {
    let strokes = zip(points, points.dropFirst()).enumerated().map { ($0, $1.0, $1.1) }
    func length(_ stroke: (Int, Point, Point)) -> Double {
      abs(stroke.1.x - stroke.2.x) + abs(stroke.1.y - stroke.2.y)
    }
    func isLevel(_ stroke: (Int, Point, Point)) -> Bool { abs(stroke.1.y - stroke.2.y) < 0.01 }
    let ordered = strokes.sorted {
      isLevel($0) != isLevel($1)
        ? isLevel($0) : length($0) != length($1) ? length($0) > length($1) : $0.0 < $1.0
    }
    for stroke in ordered {
      let room = isLevel(stroke) ? width : height
      guard length(stroke) >= room + 6 else { continue }
      let steps = min(9, max(1, Int(length(stroke) / 24)))
      for step in Self.fromMiddle(steps) {
        let share = (Double(step) + 1) / Double(steps + 1)
        let center = Point(
          x: stroke.1.x + (stroke.2.x - stroke.1.x) * share,
          y: stroke.1.y + (stroke.2.y - stroke.1.y) * share
        )
        let rect = Rect(center: center, width: width, height: height)
        if isFree(rect) {
          add(rect)
          return rect
        }
      }
    }
    return nil
  }

  private static func fromMiddle(_ count: Int) -> [Int] {
    (0..<count).sorted {
      let left = abs(2 * $0 - count + 1)
      let right = abs(2 * $1 - count + 1)
      return left != right ? left < right : $0 < $1
    }
  }

  private func isFree(_ rect: Rect) -> Bool {
    let wide = rect.inset(by: -1)
    return !Self.cells(of: wide).contains { cells[$0]?.contains { $0.overlaps(wide) } ?? false }
  }

  private mutating func add(_ rect: Rect) {
    for cell in Self.cells(of: rect) { cells[cell, default: []].append(rect) }
  }

  private static func cells(of rect: Rect) -> [Cell] {
    let columns =
      Int((rect.x / cellSize).rounded(.down))...Int((rect.maxX / cellSize).rounded(.down))
    let rows = Int((rect.y / cellSize).rounded(.down))...Int((rect.maxY / cellSize).rounded(.down))
    return columns.flatMap { x in rows.map { Cell(x: x, y: $0) } }
  }
}
