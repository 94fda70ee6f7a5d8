/// Turns coordinates into panels, boxes, lines and texts.
struct TierScene {
  let diagram: TierDiagram
  let plot: Plot
  private var floor: Floor { plot.floor }
  private var model: TierModel { plot.floor.model }
  private var style: DiagramStyle { plot.style }
  private var palette: Palette { diagram.palette }

  init(diagram: TierDiagram, plot: Plot) {
    self.diagram = diagram
    self.plot = plot
  }

  func scene() -> Scene {
    let frame = Frame(diagram: diagram, style: style, width: max(plot.width, 420))
    var scene = Scene(width: frame.width, height: plot.height)
    addBands(to: &scene)
    addLanes(to: &scene)
    scene.boxes = model.nodes.indices.map(box)
    addPaths(to: &scene)
    addPills(to: &scene)
    frame.surround(&scene)
    return scene
  }

  private func color(ofLane lane: Int) -> Color {
    palette.lane(lane < model.lanes.count ? model.lanes[lane].colorIndex : nil)
  }

  private func addBands(to scene: inout Scene) {
    for (row, tops) in plot.tierY.enumerated() {
      for (tier, top) in tops.enumerated() {
        let rows = Double(floor.levels[row][tier])
        let height = rows * (plot.nodeHeight + style.stackGap) - style.stackGap
        let rect = Rect(x: 0, y: top - 3.5, width: max(plot.width, 420), height: height + 7)
        scene.panels.append(
          Scene.Panel(
            role: .band,
            index: tier,
            rect: rect,
            fill: palette.band(tier),
            stroke: palette.hairline,
            penWidth: 0.6,
            isRounded: false
          )
        )
        addTierLabel(diagram.tiers[tier].label, band: rect, to: &scene)
      }
    }
  }

  private func addTierLabel(_ lines: [String], band: Rect, to scene: inout Scene) {
    let width = style.labelColumn - 10
    let shown = lines.prefix(DiagramStyle.mostLines).enumerated().map { place, line in
      VisibleText.truncated(line, to: width, size: place == 0 ? style.headerSize : style.pillSize)
    }
    let heights = shown.indices.map { ($0 == 0 ? style.headerSize : style.pillSize) * 1.22 }
    var y = band.center.y - heights.reduce(0, +) / 2
    for (place, line) in shown.enumerated() {
      scene.labels.append(
        Scene.Label(
          rect: Rect(x: 4, y: y, width: width, height: heights[place]),
          lines: [line],
          size: place == 0 ? style.headerSize : style.pillSize,
          isBold: place == 0,
          color: place == 0 ? palette.ink : palette.grey,
          alignment: .leading
        )
      )
      y += heights[place]
    }
  }

  private func addLanes(to scene: inout Scene) {
    for lane in floor.plan.rows.flatMap(\.self) {
      let row = floor.rowOfLane[lane]
      let sides = plot.sides(of: lane)
      let isShared = lane >= model.lanes.count
      if isShared && model.lanes.isEmpty { continue }
      let color = color(ofLane: lane)
      let rect = Rect(
        x: sides.left,
        y: plot.laneTop[row],
        width: sides.right - sides.left,
        height: plot.laneBottom[row] - plot.laneTop[row]
      )
      var panel = Scene.Panel(
        role: .lane,
        index: lane,
        rect: rect,
        fill: Color(
          UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue),
          alpha: isShared ? 0x10 : 0x1C
        ),
        stroke: color.shaded(0.8),
        penWidth: isShared ? 1 : 1.3,
        isRounded: true
      )
      panel.isDashed = isShared
      scene.panels.append(panel)
      let header = isShared ? diagram.sharedHeader : model.lanes[lane].header
      var y = rect.y + 3
      for (place, line) in header.prefix(DiagramStyle.mostLines).enumerated() {
        let size = place == 0 ? style.headerSize : style.pillSize
        scene.labels.append(
          Scene.Label(
            rect: Rect(x: rect.x + 2, y: y, width: rect.width - 4, height: size * 1.25),
            lines: [VisibleText.truncated(line, to: rect.width - 12, size: size)],
            size: size,
            isBold: place == 0,
            color: place == 0 ? color.shaded(0.5) : palette.grey,
            alignment: .center
          )
        )
        y += size * 1.25
      }
    }
  }

  private func box(_ number: Int) -> Scene.Box {
    let node = model.nodes[number]
    let color = color(ofLane: model.lane[number])
    let rect = Rect(
      center: Point(x: plot.nodeX[number], y: plot.nodeY[number]),
      width: style.nodeWidth,
      height: plot.nodeHeight
    )
    let room = (style.nodeWidth - 5) * node.shape.textShare
    let tint = node.tint.isFinite ? min(max(node.tint, 0), 1) : 0
    return Scene.Box(
      role: .node,
      number: number + 1,
      modelID: node.id,
      tags: ["t\(model.tier[number])", "l\(model.lane[number])"],
      rect: rect,
      shape: node.shape,
      isStack: node.foldedCount != nil,
      lines: node.lines.prefix(DiagramStyle.mostLines).map {
        VisibleText.truncated($0, to: room, size: style.fontSize)
      },
      size: style.fontSize,
      isBold: node.isEmphasized,
      fill: color.tinted(tint),
      stroke: color.shaded(0.75),
      penWidth: node.isEmphasized ? 2.4 : 0.9,
      textColor: palette.ink
    )
  }

  private func addPaths(to scene: inout Scene) {
    let drawn = plot.routes.map { route -> Scene.Path in
      let edge = model.edges[route.edge]
      let look = EdgeLook(
        edge.style,
        lane: color(ofLane: model.lane[edge.source]),
        palette: palette,
        width: style.penWidth(for: edge.weight)
      )
      return Scene.Path(
        source: edge.source + 1,
        target: edge.target + 1,
        tag: edge.style.rawValue,
        points: plot.points(of: route),
        width: look.width,
        color: look.color,
        dash: look.dash,
        hasHalo: look.hasHalo,
        hasArrow: true,
        hasTailArrow: edge.isMutual,
        radius: 3.5,
        arrowSize: 0.42 + 0.07 * max(0, look.width - 1)
      )
    }
    let rank: [String: Int] = ["secondary": 0, "within": 1, "peer": 2, "across": 3]
    scene.paths = drawn.enumerated().sorted {
      (rank[$0.element.tag] ?? 0, $0.offset) < (rank[$1.element.tag] ?? 0, $1.offset)
    }.map(\.element)
  }

  private func addPills(to scene: inout Scene) {
    var pills = Pills(
      obstacles: scene.boxes.map(\.rect) + scene.labels.map(\.rect)
        + scene.paths.map { Self.arrowTip(of: $0) }
    )
    for route in plot.routes {
      let edge = model.edges[route.edge]
      guard let label = edge.label, !label.isEmpty else { continue }
      let text = VisibleText.truncated(label, to: style.nodeWidth, size: style.pillSize)
      let width = VisibleText.width(of: text, size: style.pillSize) + 5
      let rect = pills.place(
        on: plot.points(of: route),
        width: width,
        height: style.pillSize * 1.2
      )
      guard let rect else {
        scene.omittedPills += 1
        continue
      }
      let look = EdgeLook(
        edge.style,
        lane: color(ofLane: model.lane[edge.source]),
        palette: palette,
        width: 1
      )
      scene.boxes.append(
        Scene.Box(
          role: .pill,
          number: 0,
          modelID: "",
          tags: [edge.style.rawValue],
          rect: rect,
          shape: .roundedBox,
          isStack: false,
          lines: [text],
          size: style.pillSize,
          isBold: false,
          fill: Color(0xFFFFFF),
          stroke: look.color,
          penWidth: 0.6,
          textColor: look.color.shaded(0.7)
        )
      )
    }
  }

  private static func arrowTip(of path: Scene.Path) -> Rect {
    guard let tip = path.points.last else { return Rect(x: 0, y: 0, width: 0, height: 0) }
    return Rect(center: tip, width: 8, height: 8)
  }
}

/// Colour, dash and width of an edge.
struct EdgeLook {
  var color: Color
  var dash: Scene.Path.Dash
  var width: Double
  var hasHalo: Bool

  init(_ style: EdgeStyle, lane: Color, palette: Palette, width: Double) {
    switch style {
    case .within:
      (color, dash, self.width, hasHalo) = (lane.shaded(0.62), .solid, width, false)
    case .across:
      (color, dash, self.width, hasHalo) = (palette.across, .dashed, min(width, 2.6), true)
    case .peer:
      (color, dash, self.width, hasHalo) = (palette.peer, .dotted, max(1.2, min(width, 2)), true)
    case .secondary:
      (color, dash, self.width, hasHalo) = (palette.grey, .solid, min(0.7, width), false)
    case .inferred:
      (color, dash, self.width, hasHalo) = (palette.grey, .dotted, max(1, min(width, 1.6)), true)
    }
  }
}

extension NodeShape {
  /// The share of the width that text may fill.
  var textShare: Double {
    switch self {
    case .box, .roundedBox: 1
    case .doubleBox: 0.93
    case .ellipse: 0.86
    case .diamond: 0.6
    }
  }
}
