/// Writes a scene as DOT text with every position given, for the engine `nop2`.
///
/// All ids are generated: `p7` is node 7 of the scene and `e7_9` the edge from 7 to 9 (a third
/// number tells edges with the same ends apart). Nodes and edges carry `id` and `class`, which the
/// SVG keeps. Texts appear only as quoted labels; no attribute that names a file or a link is ever
/// written.
public struct DotWriter: Sendable {
  /// The font; it must have Chinese characters.
  public var fontName = "Noto Sans CJK SC"
  /// Pixels per inch of a bitmap; nil leaves the attribute out.
  public var dotsPerInch: Int?

  /// Makes a writer with the default font.
  public init() {}

  /// The scene as DOT.
  ///
  /// ```sh
  /// neato -n2 -Tsvg drawing.dot > drawing.svg
  /// ```
  ///
  /// - Parameter scene: The scene.
  /// - Returns: The text of a DOT file.
  public func dot(_ scene: Scene) -> String {
    var output = DotOutput(fontName: fontName, height: scene.height)
    let font = output.quoted(fontName)
    let size = "\(DotText.number(scene.width)),\(DotText.number(scene.height))"
    output.line("digraph picture {")
    output.line(
      "graph [bb=\"0,0,\(size)\", outputorder=edgesfirst, splines=line, pad=0, margin=0, "
        + "bgcolor=\"#ffffff\", fontname=\(font)"
        + (dotsPerInch.map { ", dpi=\(min(max($0, 20), 600))" } ?? "") + "];")
    output.line(
      "node [fontname=\(font), fixedsize=true, margin=0, label=\"\", penwidth=0.9, "
        + "style=filled, fillcolor=\"#ffffff\"];")
    output.line("edge [fontname=\(font), arrowsize=0.42];")
    output.areas(scene.panels, width: scene.width)
    let tails = Set(scene.paths.lazy.filter(\.hasHalo).compactMap(\.source))
    // Graphviz draws edges in the order of the nodes they leave: nodes with edges that lie above
    // the others come last.
    let boxes = scene.boxes.enumerated().sorted {
      let left = tails.contains($0.element.number) ? 1 : 0
      let right = tails.contains($1.element.number) ? 1 : 0
      return (left, $0.offset) < (right, $1.offset)
    }.map(\.element)
    for box in boxes where box.role == .node { output.box(box, id: "p\(box.number)") }
    for (number, box) in boxes.filter({ $0.role == .sample }).enumerated() {
      output.box(box, id: "k\(number + 1)")
    }
    for (number, label) in scene.labels.enumerated() { output.label(label, number: number + 1) }
    for (number, box) in boxes.filter({ $0.role == .pill }).enumerated() {
      output.box(box, id: "n\(number + 1)")
    }
    output.paths(scene.paths)
    output.line("}")
    return output.text
  }
}

/// The growing DOT text; turns the drawing upside down, as DOT counts from below.
struct DotOutput {
  private(set) var text = ""
  private let fontName: String
  private let height: Double

  init(fontName: String, height: Double) {
    self.fontName = fontName
    self.height = height
  }

  mutating func line(_ line: String) { text += line + "\n" }

  func quoted(_ name: String) -> String { DotText.label([name]) }

  private func place(_ point: Point) -> String {
    "\(DotText.number(point.x)),\(DotText.number(height - point.y))"
  }

  private func corners(_ rect: Rect) -> String {
    place(Point(x: rect.x, y: rect.maxY)) + "," + place(Point(x: rect.maxX, y: rect.y))
  }

  private func inches(_ points: Double) -> String {
    let text = DotText.number(points / 72 * 100)
    // Two more digits than points have, so that sizes in inches stay exact enough.
    guard let value = Double(text) else { return "0" }
    let thousandths = Int((value * 100).rounded())
    let whole = thousandths / 10000
    let rest = String(thousandths % 10000)
    return "\(whole)." + String(repeating: "0", count: 4 - rest.count) + rest
  }

  private func font(isBold: Bool) -> String {
    isBold ? ", fontname=\(quoted(fontName + " Bold"))" : ""
  }

  /// The sheet, so that the picture has its size whatever is on it, and the panels upon it.
  ///
  /// Graphviz sorts sibling clusters by memory address, so that one may hide another, in one run
  /// and not in the next. Only a cluster inside another is sure to be drawn after it: each panel
  /// therefore lies inside the one below it. Where they lie on the paper does not depend on that.
  mutating func areas(_ panels: [Scene.Panel], width: Double) {
    let rect = Rect(x: 0, y: 0, width: width, height: height)
    line(
      "subgraph cluster_0 { graph [class=\"sheet\", bb=\"\(corners(rect))\", style=filled, "
        + "fillcolor=\"#ffffff\", color=\"#ffffff\", penwidth=0, label=\"\"];")
    // The parser of DOT has an end too: beyond this many, the rest are siblings.
    let nested = panels.prefix(Self.deepestNesting)
    for (number, panel) in nested.enumerated() { line(cluster(panel, number: number + 1)) }
    for (number, panel) in panels.enumerated().dropFirst(nested.count) {
      line(cluster(panel, number: number + 1) + " }")
    }
    line(String(repeating: "}", count: nested.count + 1))
  }

  private static let deepestNesting = 400

  private func cluster(_ panel: Scene.Panel, number: Int) -> String {
    var styles = ["filled"]
    if panel.isRounded { styles.append("rounded") }
    if panel.isDashed { styles.append("dashed") }
    return "subgraph cluster_\(number) { graph [class=\"\(panel.role.rawValue) n\(panel.index)\", "
      + "bb=\"\(corners(panel.rect))\", style=\"\(styles.joined(separator: ","))\", "
      + "fillcolor=\"\(panel.fill.hex)\", color=\"\(panel.stroke.hex)\", "
      + "penwidth=\(DotText.number(panel.penWidth)), label=\"\"];"
  }

  mutating func label(_ label: Scene.Label, number: Int) {
    let end =
      switch label.alignment {
      case .leading: "\\l"
      case .center: "\\n"
      case .trailing: "\\r"
      }
    line(
      "t\(number) [class=\"text\", shape=none, style=\"\", pos=\"\(place(label.rect.center))\", "
        + "width=\(inches(label.rect.width)), height=\(inches(label.rect.height)), "
        + "label=\(DotText.label(label.lines, end: end)), fontsize=\(DotText.number(label.size)), "
        + "fontcolor=\"\(label.color.hex)\"\(font(isBold: label.isBold))];")
  }

  mutating func box(_ box: Scene.Box, id: String) {
    let look = shape(box)
    let paint =
      "fillcolor=\"\(box.fill.hex)\", color=\"\(box.stroke.hex)\", "
      + "penwidth=\(DotText.number(box.penWidth))"
    var rect = box.rect
    if box.isStack {
      // The second outline peeps out at the upper right of the first.
      let shift = min(3, box.rect.height / 8)
      rect.width -= shift
      rect.height -= shift
      let behind = rect.moved(x: shift, y: 0)
      rect.y += shift
      line(
        "s\(id) [class=\"stack\", \(look), pos=\"\(place(behind.center))\", "
          + "width=\(inches(rect.width)), height=\(inches(rect.height)), \(paint)];")
    }
    if box.shape == .doubleBox {
      // Graphviz draws a second border outside the box and always four points away.
      line(
        "r\(id) [class=\"rim\", \(look), pos=\"\(place(rect.center))\", "
          + "width=\(inches(rect.width)), height=\(inches(rect.height)), \(paint)];")
      rect = rect.inset(by: rect.height * 0.085)
    }
    let tags = ([box.role.rawValue] + box.tags).joined(separator: " ")
    line(
      "\(id) [id=\"\(id)\", class=\"\(tags)\", \(look), pos=\"\(place(rect.center))\", "
        + "width=\(inches(rect.width)), height=\(inches(rect.height)), \(paint), "
        + "label=\(DotText.label(box.lines)), fontsize=\(DotText.number(box.size)), "
        + "fontcolor=\"\(box.textColor.hex)\"\(font(isBold: box.isBold))];")
  }

  private func shape(_ box: Scene.Box) -> String {
    switch box.shape {
    case .roundedBox: "shape=box, style=\"filled,rounded\""
    case .box, .doubleBox: "shape=box"
    case .ellipse: "shape=ellipse"
    case .diamond: "shape=diamond"
    }
  }

  mutating func paths(_ paths: [Scene.Path]) {
    struct Ends: Hashable {
      var source: Int
      var target: Int
    }
    var seen: [Ends: Int] = [:]
    for (number, path) in paths.enumerated() {
      let curve = Curve(path)
      guard curve.controls.count > 3, let start = path.points.first, let end = path.points.last
      else { continue }
      var name = "x\(number + 1)"
      var (tail, head) = ("a\(number + 1)", "b\(number + 1)")
      if let source = path.source, let target = path.target {
        let ends = Ends(source: source, target: target)
        seen[ends, default: 0] += 1
        let count = seen[ends, default: 1]
        name = "e\(source)_\(target)" + (count > 1 ? "_\(count)" : "")
        (tail, head) = ("p\(source)", "p\(target)")
      } else {
        if let source = path.source { tail = "p\(source)" } else { anchor(tail, at: start) }
        if let target = path.target { head = "p\(target)" } else { anchor(head, at: end) }
      }
      if path.hasHalo { halo(of: path, curve, name: "h\(name)", tail, head) }
      let arrows = path.hasTailArrow ? ", dir=both" : path.hasArrow ? "" : ", dir=none"
      let dash = path.dash == .solid ? "" : ", style=\(path.dash.rawValue)"
      line(
        "\(tail) -> \(head) [id=\"\(name)\", class=\"edge \(path.tag)\", "
          + "pos=\"\(position(curve))\", penwidth=\(DotText.number(path.width)), "
          + "color=\"\(path.color.hex)\"\(dash)\(arrows)"
          + (path.hasArrow ? ", arrowsize=\(DotText.number(path.arrowSize))" : "") + "];")
    }
  }

  private mutating func halo(
    of path: Scene.Path, _ curve: Curve, name: String, _ tail: String, _ head: String
  ) {
    var bare = curve
    bare.tip = nil
    bare.tailTip = nil
    line(
      "\(tail) -> \(head) [id=\"\(name)\", class=\"halo\", pos=\"\(position(bare))\", "
        + "penwidth=\(DotText.number(path.width + 2.4)), color=\"#ffffffd8\", dir=none];")
  }

  private mutating func anchor(_ id: String, at point: Point) {
    line(
      "\(id) [class=\"anchor\", shape=point, style=invis, pos=\"\(place(point))\", width=0.01, "
        + "height=0.01];")
  }

  private func position(_ curve: Curve) -> String {
    let tail = curve.tailTip.map { "s,\(place($0)) " } ?? ""
    let tip = curve.tip.map { "e,\(place($0)) " } ?? ""
    return tail + tip + curve.controls.map(place).joined(separator: " ")
  }
}
