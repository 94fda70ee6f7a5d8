/// Title, date, legend and footer around a drawing.
struct Frame {
  var title: String
  var subtitle: [String]
  var dateText: String
  var footer: String
  var legend: [LegendEntry]
  var palette: Palette
  var style: DiagramStyle
  var width: Double

  init(diagram: TierDiagram, style: DiagramStyle, width: Double) {
    self.init(
      title: diagram.title,
      subtitle: diagram.subtitle,
      dateText: diagram.dateText,
      footer: diagram.footer,
      legend: diagram.legend,
      palette: diagram.palette,
      style: style,
      width: width
    )
  }

  init(
    title: String,
    subtitle: [String],
    dateText: String,
    footer: String,
    legend: [LegendEntry],
    palette: Palette,
    style: DiagramStyle,
    width: Double
  ) {
    self.title = title
    self.subtitle = subtitle
    self.dateText = dateText
    self.footer = footer
    self.legend = legend
    self.palette = palette
    self.style = style
    self.width = width
  }

  /// Moves the drawing down below the heading and adds heading, legend and footer.
  func surround(_ scene: inout Scene) {
    var heading: [Scene.Label] = []
    var y = 0.0
    func add(_ text: String, size: Double, isBold: Bool, color: Color) {
      guard !text.isEmpty else { return }
      heading.append(
        Scene.Label(
          rect: Rect(x: 0, y: y, width: width, height: size * 1.3),
          lines: [VisibleText.truncated(text, to: width * 0.9, size: size)],
          size: size,
          isBold: isBold,
          color: color,
          alignment: .center
        )
      )
      y += size * 1.35
    }
    add(title, size: style.titleSize, isBold: true, color: palette.ink)
    for line in subtitle.prefix(6) { add(line, size: 9, isBold: false, color: palette.grey) }
    y += heading.isEmpty ? 0 : 5
    scene.move(x: 0, y: y)
    scene.labels += heading
    scene.height += y + 8
    addLegend(to: &scene)
    addFooter(to: &scene)
  }

  private func addFooter(to scene: inout Scene) {
    let size = style.pillSize
    let texts: [(String, Scene.Label.Alignment)] = [(footer, .leading), (dateText, .trailing)]
    guard texts.contains(where: { !$0.0.isEmpty }) else { return }
    for (text, alignment) in texts where !text.isEmpty {
      let isLeading = alignment == .leading
      let room = isLeading ? width * 0.7 : width * 0.3 - 8
      scene.labels.append(
        Scene.Label(
          rect: Rect(
            x: isLeading ? 0 : width - room,
            y: scene.height,
            width: room,
            height: size * 1.3
          ),
          lines: [VisibleText.truncated(text, to: room, size: size)],
          size: size,
          isBold: false,
          color: palette.grey,
          alignment: alignment
        )
      )
    }
    scene.height += size * 1.4
  }

  private func addLegend(to scene: inout Scene) {
    guard !legend.isEmpty else { return }
    let size = style.fontSize
    let rowHeight = 19.0
    var x = 10.0
    var y = scene.height + 4
    for entry in legend.prefix(40) {
      let text = VisibleText.truncated(entry.text, to: width * 0.8, size: size)
      let sample = entry.sample == .none ? 0 : 34.0
      let room = VisibleText.width(of: text, size: size) * 1.04 + 2
      if x > 10, x + sample + room + 10 > width {
        x = 10
        y += rowHeight
      }
      let middle = y + rowHeight / 2
      add(entry.sample, at: Point(x: x, y: middle), to: &scene)
      scene.labels.append(
        Scene.Label(
          rect: Rect(x: x + sample, y: middle - size * 0.65, width: room, height: size * 1.3),
          lines: [text],
          size: size,
          isBold: false,
          color: palette.ink,
          alignment: .leading
        )
      )
      x += sample + room + 16
    }
    let bottom = y + rowHeight + 4
    scene.panels.append(
      Scene.Panel(
        role: .legend,
        index: 0,
        rect: Rect(x: 0, y: scene.height, width: width, height: bottom - scene.height),
        fill: Color(0xFFFFFF),
        stroke: palette.hairline,
        penWidth: 0.8,
        isRounded: true
      )
    )
    scene.height = bottom + 6
  }

  private func add(_ sample: LegendEntry.Sample, at start: Point, to scene: inout Scene) {
    switch sample {
    case .none: break
    case .node(let shape, let tint, let isEmphasized, let isStack):
      let color = palette.grey
      scene.boxes.append(
        Scene.Box(
          role: .sample,
          number: 0,
          modelID: "",
          tags: [],
          rect: Rect(x: start.x, y: start.y - 6, width: 26, height: 12),
          shape: shape,
          isStack: isStack,
          lines: [],
          size: style.fontSize,
          isBold: false,
          fill: color.tinted(tint),
          stroke: color.shaded(0.75),
          penWidth: isEmphasized ? 2.4 : 0.9,
          textColor: palette.ink
        )
      )
    case .edge(let edge, let weight):
      let look = EdgeLook(
        edge,
        lane: palette.grey,
        palette: palette,
        width: style.penWidth(for: weight)
      )
      scene.paths.append(
        Scene.Path(
          source: nil,
          target: nil,
          tag: "sample",
          points: [start, start.moved(x: 28, y: 0)],
          width: look.width,
          color: look.color,
          dash: look.dash,
          hasHalo: false,
          hasArrow: true,
          hasTailArrow: false,
          radius: 0,
          arrowSize: 0.42
        )
      )
    }
  }
}
