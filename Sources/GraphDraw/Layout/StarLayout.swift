/// Lays a star out on a sheet: all that lead to the hub above it, all that it leads to below.
///
/// Spokes stand in columns, sorted by weight from left to right and from top to bottom. Each column
/// has a trunk that grows thicker with every spoke that joins it, and each spoke has a tick of its
/// own width. The number of columns is the one that gives the largest text. The same diagram gives
/// the same scene, in whatever order its spokes come.
public struct StarLayout: Sendable {
  /// The sheet.
  public var page: PageFormat
  /// The width of a spoke's box, in points before fitting.
  public var boxWidth = 92.0
  /// The font size of spokes.
  public var fontSize = 8.0
  /// How much a small drawing may be enlarged.
  public var largestScale = 1.35

  /// Makes a layout for a sheet.
  public init(page: PageFormat = .a3) { self.page = page }

  /// The layout of a diagram.
  ///
  /// - Parameter diagram: The diagram.
  /// - Returns: A scene of exactly the size of the sheet.
  /// - Throws: ``DrawError/duplicateNode(at:)`` when an id stands twice on one side, and
  ///   ``DrawError/selfLoop(edge:)`` when the hub is its own spoke; the position counts the
  ///   upstream spokes first.
  public func scene(of diagram: StarDiagram) throws(DrawError) -> Scene {
    var position = 0
    for side in [diagram.upstream, diagram.downstream] {
      var seen: Set<String> = []
      for spoke in side.spokes {
        guard spoke.id != diagram.hubID else { throw .selfLoop(edge: position) }
        guard seen.insert(spoke.id).inserted else { throw .duplicateNode(at: position) }
        position += 1
      }
    }
    let most = max(diagram.upstream.spokes.count, diagram.downstream.spokes.count, 1)
    var best: (drawing: StarDrawing, scale: Double)?
    for columns in 1...min(max(most, 1), 80) {
      let drawing = StarDrawing(diagram: diagram, layout: self, columns: columns)
      let scale = min(
        page.width / max(drawing.width, 1), page.height / (drawing.height + 90), largestScale)
      if scale > best?.scale ?? 0 { best = (drawing, scale) }
    }
    guard let best else { return Scene(width: page.width, height: page.height) }
    return best.drawing.scene().fitted(to: page, largestScale: largestScale)
  }
}

/// A star with a chosen number of columns.
struct StarDrawing {
  let diagram: StarDiagram
  let layout: StarLayout
  let columns: Int
  let width: Double
  let height: Double
  private let up: [StarDiagram.Spoke]
  private let down: [StarDiagram.Spoke]
  private let style = DiagramStyle()

  private static let rowPitch = 18.0
  private static let boxHeight = 14.5
  private static let gutter = 26.0
  private static let trackPitch = 7.0
  private static let heading = 20.0

  init(diagram: StarDiagram, layout: StarLayout, columns: Int) {
    self.diagram = diagram
    self.layout = layout
    self.columns = columns
    up = Self.sorted(diagram.upstream.spokes)
    down = Self.sorted(diagram.downstream.spokes)
    width = max(Double(columns) * (layout.boxWidth + Self.gutter) + 12, 480)
    let hubHeight = Double(min(max(diagram.hubLines.count, 1), 6)) * 15 + 14
    height =
      Self.sideHeight(up, columns) + Self.sideHeight(down, columns) + hubHeight
  }

  private static func sorted(_ spokes: [StarDiagram.Spoke]) -> [StarDiagram.Spoke] {
    spokes.sorted {
      $0.weight != $1.weight
        ? $0.weight > $1.weight : $0.id.utf8.lexicographicallyPrecedes($1.id.utf8)
    }
  }

  private static func rows(_ spokes: [StarDiagram.Spoke], _ columns: Int) -> Int {
    (spokes.count + columns - 1) / columns
  }

  private static func panelHeight(_ spokes: [StarDiagram.Spoke], _ columns: Int) -> Double {
    Double(rows(spokes, columns)) * rowPitch + 12
  }

  private static func busHeight(_ spokes: [StarDiagram.Spoke], _ columns: Int) -> Double {
    let used = rows(spokes, columns) == 0 ? 0 : (spokes.count - 1) / rows(spokes, columns) + 1
    return Double((used + 1) / 2) * trackPitch + 38
  }

  private static func sideHeight(_ spokes: [StarDiagram.Spoke], _ columns: Int) -> Double {
    spokes.isEmpty ? 0 : heading + panelHeight(spokes, columns) + busHeight(spokes, columns)
  }

  func scene() -> Scene {
    var scene = Scene(width: width, height: height)
    let hub = hubRect()
    scene.boxes.append(hubBox(hub))
    add(up, diagram.upstream, isUp: true, hub: hub, to: &scene)
    add(down, diagram.downstream, isUp: false, hub: hub, to: &scene)
    let frame = Frame(
      title: diagram.title, subtitle: diagram.subtitle, dateText: diagram.dateText,
      footer: diagram.footer, legend: diagram.legend, palette: diagram.palette, style: style,
      width: width)
    frame.surround(&scene)
    return scene
  }

  private func hubRect() -> Rect {
    let lines = diagram.hubLines.prefix(6)
    let widest = lines.map { VisibleText.width(of: $0, size: 11) }.max() ?? 0
    let hubWidth = min(max(widest * 1.1 + 24, 180), width * 0.5)
    let hubHeight = Double(max(lines.count, 1)) * 15 + 14
    return Rect(
      x: (width - hubWidth) / 2, y: Self.sideHeight(up, columns), width: hubWidth,
      height: hubHeight)
  }

  private func hubBox(_ rect: Rect) -> Scene.Box {
    Scene.Box(
      role: .node, number: 1, modelID: diagram.hubID, tags: ["hub"], rect: rect,
      shape: .roundedBox, isStack: false,
      lines: diagram.hubLines.prefix(6).map {
        VisibleText.truncated($0, to: rect.width - 14, size: 11)
      }, size: 11, isBold: true, fill: Color(0xFFF2C4), stroke: diagram.palette.ink, penWidth: 2.4,
      textColor: diagram.palette.ink)
  }

  // MARK: One side

  private func add(
    _ spokes: [StarDiagram.Spoke], _ side: StarDiagram.Side, isUp: Bool, hub: Rect,
    to scene: inout Scene
  ) {
    guard !spokes.isEmpty else { return }
    let rows = Self.rows(spokes, columns)
    let used = (spokes.count - 1) / rows + 1
    let panel = Rect(
      x: 0,
      y: isUp ? Self.heading : hub.maxY + Self.busHeight(spokes, columns), width: width,
      height: Self.panelHeight(spokes, columns))
    scene.panels.append(
      Scene.Panel(
        role: .side, index: isUp ? 0 : 1, rect: panel, fill: side.color.tinted(0.04),
        stroke: side.color.tinted(0.6), penWidth: 0.8, isRounded: true))
    scene.labels.append(
      Scene.Label(
        rect: Rect(
          x: 4, y: isUp ? panel.y - 18 : panel.maxY + 3, width: width - 8, height: 15),
        lines: [VisibleText.truncated(side.heading, to: width - 20, size: 11)], size: 11,
        isBold: true, color: side.color.shaded(0.85), alignment: .leading))
    let pitch = width / Double(used)
    for column in 0..<used {
      let members = Array(spokes[(column * rows)..<min((column + 1) * rows, spokes.count)])
      let left = Double(column) * pitch + (pitch - layout.boxWidth - 12) / 2
      let track = Track(
        x: left, panel: panel, isUp: isUp, column: column, used: used, hub: hub)
      addColumn(
        members, first: 2 + (isUp ? 0 : up.count) + column * rows, side, track, to: &scene)
    }
  }

  /// The way of one column's trunk to or from the hub.
  private struct Track {
    var x: Double
    var panel: Rect
    var isUp: Bool
    var column: Int
    var used: Int
    var hub: Rect

    /// Trunks to the left half of the hub lie the lower the farther they come, so none cross.
    var points: [Point] {
      let depth = min(column, used - 1 - column)
      let half = Double((used + 1) / 2)
      let offset = 24 + (half - 1 - Double(depth)) * trackPitch
      let y = isUp ? panel.maxY + offset : panel.y - offset
      let spread = min(14, (hub.width - 30) / Double(max(used - 1, 1)))
      let even = hub.center.x + (Double(column) - Double(used - 1) / 2) * spread
      // A trunk that is almost above its place in the hub runs straight down.
      let port = abs(even - x) < spread / 2 ? x : even
      let ends = [
        Point(x: x, y: isUp ? panel.maxY : panel.y), Point(x: x, y: y), Point(x: port, y: y),
        Point(x: port, y: isUp ? hub.y : hub.maxY),
      ]
      return isUp ? ends : ends.reversed()
    }
  }

  private func addColumn(
    _ members: [StarDiagram.Spoke], first: Int, _ side: StarDiagram.Side, _ track: Track,
    to scene: inout Scene
  ) {
    let line = side.color.shaded(0.85)
    let heaviest = max(1, up.first?.weight ?? 1, down.first?.weight ?? 1)
    let tag = track.isUp ? "upstream" : "downstream"
    var rects: [Rect] = []
    for (row, spoke) in members.enumerated() {
      let rect = Rect(
        x: track.x + 12, y: track.panel.y + 8 + Double(row) * Self.rowPitch,
        width: layout.boxWidth, height: Self.boxHeight)
      rects.append(rect)
      let share =
        style.penWidth(for: spoke.weight) / max(style.penWidth(for: heaviest), 0.1)
      scene.boxes.append(box(spoke, number: first + row, rect, side, share: share, tag: tag))
      let ends = [Point(x: rect.x, y: rect.center.y), Point(x: track.x, y: rect.center.y)]
      scene.paths.append(
        path(
          track.isUp ? ends : ends.reversed(), width: style.penWidth(for: spoke.weight), line,
          tag: tag, source: track.isUp ? first + row : 1, target: track.isUp ? 1 : first + row,
          hasArrow: !track.isUp))
    }
    addTrunk(members, rects, line, track, to: &scene)
    let sum = members.reduce(0) { $0.addingReportingOverflow(max(0, $1.weight)).partialValue }
    let text = side.sumPrefix + String(sum) + side.sumSuffix
    scene.labels.append(
      Scene.Label(
        rect: Rect(
          x: track.x + 6, y: track.isUp ? track.panel.maxY + 3 : track.panel.y - 13,
          width: layout.boxWidth, height: 10),
        lines: [VisibleText.truncated(text, to: layout.boxWidth - 4, size: 7.5)], size: 7.5,
        isBold: false, color: line, alignment: .leading))
  }

  /// The trunk, from the spoke farthest from the hub on; each stretch as wide as what it carries.
  private func addTrunk(
    _ members: [StarDiagram.Spoke], _ rects: [Rect], _ color: Color, _ track: Track,
    to scene: inout Scene
  ) {
    let order = track.isUp ? Array(members.indices) : members.indices.reversed()
    var sum = 0
    var start = 0
    for (step, row) in order.enumerated() {
      sum = sum.addingReportingOverflow(max(0, members[row].weight)).partialValue
      let width = trunkWidth(sum)
      let isLast = step == order.count - 1
      if step == 0 { start = row }
      guard !isLast else {
        var points = track.points
        let top = Point(x: track.x, y: rects[start].center.y)
        if track.isUp { points.insert(top, at: 0) } else { points.append(top) }
        scene.paths.append(
          path(
            Plot.simplified(points), width: width, color, tag: "trunk", source: nil, target: nil,
            hasArrow: track.isUp))
        return
      }
      let next = order[step + 1]
      let grown = sum.addingReportingOverflow(max(0, members[next].weight)).partialValue
      guard trunkWidth(grown) - width > 0.2 || step + 2 == order.count else { continue }
      scene.paths.append(
        path(
          [
            Point(x: track.x, y: rects[start].center.y), Point(x: track.x, y: rects[next].center.y),
          ], width: width, color, tag: "trunk", source: nil, target: nil, hasArrow: false))
      start = next
    }
  }

  private func trunkWidth(_ weight: Int) -> Double { style.penWidth(for: weight, most: 7) }

  private func path(
    _ points: [Point], width: Double, _ color: Color, tag: String, source: Int?, target: Int?,
    hasArrow: Bool
  ) -> Scene.Path {
    Scene.Path(
      source: source, target: target, tag: tag, points: points, width: width, color: color,
      dash: .solid, hasHalo: false, hasArrow: hasArrow, hasTailArrow: false, radius: 5,
      arrowSize: tag == "trunk" ? 0.7 + width * 0.05 : 0.4 + 0.05 * width)
  }

  private func box(
    _ spoke: StarDiagram.Spoke, number: Int, _ rect: Rect, _ side: StarDiagram.Side,
    share: Double, tag: String
  ) -> Scene.Box {
    let room = (rect.width - 6) * side.shape.textShare
    let size = layout.fontSize
    let value = VisibleText.truncated(spoke.value, to: room * 0.6, size: size)
    let tail = value.isEmpty ? "" : " · " + value
    let name = VisibleText.truncated(
      spoke.name, to: room - VisibleText.width(of: tail, size: size), size: size)
    return Scene.Box(
      role: .node, number: number, modelID: spoke.id, tags: [tag], rect: rect, shape: side.shape,
      isStack: false, lines: [name + tail], size: size, isBold: false,
      fill: side.color.tinted(0.06 + 0.44 * min(max(share, 0), 1)),
      stroke: side.color.shaded(0.85), penWidth: 0.8, textColor: diagram.palette.ink)
  }
}
