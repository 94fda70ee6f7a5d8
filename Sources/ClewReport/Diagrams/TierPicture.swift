public import ClewChain
internal import ClewEvidence
public import GraphDraw

/// Draws the lines of a case tier by tier, with the cross-links between them.
public struct TierPicture {
  /// The language of the labels.
  public var language = Language.zh
  /// The name of the case, for the title.
  public var caseName: String
  /// The day on which the picture is made; empty for none, so that the same case gives the same bytes.
  public var date = ""
  /// Draws one line only, with the links that cross into it.
  public var line: Int?
  /// From how many customers of one agent they become one counted node.
  public var foldsFrom = 4
  /// The paper.
  public var page = PageFormat.a3

  /// Makes a picture for a case.
  public init(caseName: String) { self.caseName = caseName }

  /// The picture as a diagram without positions.
  public func diagram(of analysis: ChainAnalysis) -> TierDiagram {
    let title =
      language == .zh ? "\(caseName) 专线层级结构图" : "\(caseName): lines by tier"
    var diagram = TierDiagram(title: title)
    let shown = Set(analysis.traders.filter { includes($0, analysis) })
    let placed = shown.filter { analysis.parties[$0].tier != nil }
    let folds = Fold(analysis, among: placed, from: foldsFrom)
    diagram.subtitle = [subtitle(analysis, shown)]
    diagram.dateText = Wording.dates(of: analysis, made: date, language)
    diagram.footer = footer(analysis, unplaced: shown.count - placed.count)
    diagram.sharedHeader = [language == .zh ? "无专线归属" : "No line"]
    let depth = placed.compactMap { analysis.parties[$0].tier }.max() ?? 0
    diagram.tiers = (0...depth).map { tier in
      let count = placed.count { analysis.parties[$0].tier == tier }
      return TierDiagram.Tier(label: tierLabel(tier, depth, analysis, placed, count: count))
    }
    for (place, line) in analysis.lines.enumerated()
    where placed.contains(where: { analysis.parties[$0].line == place }) {
      let unit = language == .zh ? "\(line.members) 人" : "\(line.members) members"
      diagram.lanes.append(
        TierDiagram.Lane(
          id: line.id,
          header: ["\(line.id) \(line.name)", unit],
          colorIndex: place
        )
      )
    }
    diagram.nodes = nodes(analysis, placed, folds)
    diagram.edges = edges(analysis, placed, folds)
    diagram.legend = legend(
      analysis,
      hasFolds: !folds.groups.isEmpty,
      hasInferred: !inferred(analysis, placed).isEmpty,
      hasUndetermined: placed.contains { analysis.parties[$0].role == .undetermined }
    )
    return diagram
  }

  /// The picture with all positions.
  public func scene(of analysis: ChainAnalysis) throws -> Scene {
    try TierLayout(page: page).scene(of: diagram(of: analysis))
  }

  private func includes(_ place: Int, _ analysis: ChainAnalysis) -> Bool {
    guard let line else { return true }
    if analysis.parties[place].line == line { return true }
    return analysis.crossLinks.contains { link in
      (link.supplier == place && analysis.parties[link.buyer].line == line)
        || (link.buyer == place && analysis.parties[link.supplier].line == line)
    }
  }
}
