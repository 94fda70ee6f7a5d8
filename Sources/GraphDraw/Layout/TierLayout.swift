/// Lays a tier diagram out on a sheet: tiers as aligned rows, lanes as boxes side by side.
///
/// Each node stands below its main parent, the source of its heaviest edge from above in its own
/// lane. Lanes are ordered so that strongly joined ones are neighbours, and wrapped into as many
/// rows of lanes as let the sheet hold the largest text; every row repeats the tiers. Lines run
/// only between tiers and between columns, never through a node. The same diagram gives the same
/// scene, in whatever order its nodes, edges and lanes come.
///
/// - Complexity: About O(*n* *c* + *m* *t*) for *n* nodes, *m* edges, *c* columns of the widest
///   lane and *t* parallel lines in the fullest strip.
public struct TierLayout: Sendable {
  /// The sheet.
  public var page: PageFormat
  /// The measures before the drawing is fitted to the sheet.
  public var style = DiagramStyle()
  /// The widest a row of lanes should be before fitting, in points; nil lets the sheet decide.
  public var maxLaneRowWidth: Double?
  /// Whether lanes stand by their cross edges, or as their colour index says.
  public var ordersLanesByCrossEdges = true
  /// How much a small drawing may be enlarged.
  public var largestScale = 1.35
  /// How many plans are laid out in full to choose the one with the largest text.
  var trials: Int?

  /// Makes a layout for a sheet.
  public init(page: PageFormat = .a3) { self.page = page }

  /// The layout of a diagram.
  ///
  /// - Parameter diagram: The diagram.
  /// - Returns: A scene of exactly the size of the sheet.
  /// - Throws: ``DrawError`` when ids are doubled or missing.
  public func scene(of diagram: TierDiagram) throws(DrawError) -> Scene {
    let model = try TierModel(diagram)
    let order = ordersLanesByCrossEdges ? LaneOrder(model).order() : Array(0..<model.laneCount)
    var place = Array(repeating: 0, count: model.laneCount)
    for (position, lane) in order.enumerated() { place[lane] = position }
    let forest = Forest(model, lanePlace: place)
    let lines = model.nodes.map(\.lines.count).max() ?? 1
    var style = style.fitted(to: diagram.tiers)
    let nodeHeight = style.nodeHeight(lines: lines)
    let measures = Measures(
      style: style, page: page, maxLaneRowWidth: maxLaneRowWidth, nodeHeight: nodeHeight)
    let plans = LanePlan.candidates(
      counts: forest.rows.map { $0.map(\.count) }, order: order,
      crossings: model.edges.count { !model.isTrunk($0) }, measures: measures)
    func scene(_ floor: Floor, _ style: DiagramStyle) -> Scene {
      let plot = Plot(
        floor, style: style, nodeHeight: nodeHeight, headerHeight: headerHeight(diagram))
      return TierScene(diagram: diagram, plot: plot).scene()
    }
    let tried = trials ?? (model.nodes.count <= 300 ? 8 : model.nodes.count <= 800 ? 3 : 1)
    var best: (scene: Scene, scale: Double, floor: Floor)?
    for plan in plans.prefix(tried) {
      let floor = Floor(model, forest: forest, plan: plan, style: style)
      let scene = scene(floor, style)
      let scale = min(page.width / scene.width, page.height / scene.height)
      if scale > (best?.scale ?? 0) * 1.001 { best = (scene, scale, floor) }
    }
    guard var best else { return Scene(width: page.width, height: page.height) }
    // Height that the sheet has to spare goes between the tiers, where the lines are.
    let spare = (page.height - 36) / min(best.scale, largestScale) - best.scene.height
    let strips = Double(best.floor.plan.rows.count * max(1, model.tierCount - 1))
    style.channelSlack = max(0, min(20, spare / strips - 1))
    if style.channelSlack > 1 { best.scene = scene(best.floor, style) }
    return best.scene.fitted(to: page, largestScale: largestScale)
  }

  /// The layout on the smallest of several sheets that lets every text be read.
  ///
  /// - Parameters:
  ///   - diagram: The diagram.
  ///   - pages: The sheets, the smallest first; the last is taken where none will do.
  ///   - smallestText: The font size in points below which text cannot be read.
  /// - Returns: A scene of exactly the size of the chosen sheet.
  /// - Throws: ``DrawError`` when ids are doubled or missing.
  public func legibleScene(
    of diagram: TierDiagram, on pages: [PageFormat] = [.a3, .a2, .a1, .a0],
    smallestText: Double = 7
  ) throws(DrawError) -> Scene {
    var layout = self
    for page in pages.dropLast() {
      layout.page = page
      let scene = try layout.scene(of: diagram)
      if scene.smallestText >= smallestText { return scene }
    }
    layout.page = pages.last ?? page
    return try layout.scene(of: diagram)
  }

  private func headerHeight(_ diagram: TierDiagram) -> Double {
    let lines = (diagram.lanes.map(\.header.count) + [diagram.sharedHeader.count]).max() ?? 0
    return Double(min(lines, DiagramStyle.mostLines)) * style.headerSize * 1.25 + 4
  }
}
