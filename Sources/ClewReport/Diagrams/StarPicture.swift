public import ClewChain
internal import ClewEvidence
public import GraphDraw

/// Draws one party with everybody who supplies it above and everybody whom it supplies below.
public struct StarPicture {
  /// The language of the labels.
  public var language = Language.zh
  /// The name of the case, for the title.
  public var caseName: String
  /// The date to print; empty for none.
  public var date = ""
  /// The paper.
  public var page = PageFormat.a3

  /// Makes a picture for a case.
  public init(caseName: String) { self.caseName = caseName }

  /// The picture around one party, as a diagram without positions.
  public func diagram(of analysis: ChainAnalysis, around place: Int) -> StarDiagram {
    let party = analysis.parties[place]
    let above = analysis.links.filter { $0.buyer == place }
    let below = analysis.links.filter { $0.supplier == place }
    func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    let received = above.reduce(0) { $0 + $1.link.dealings }
    let given = below.reduce(0) { $0 + $1.link.dealings }
    let itemsIn = PlainText.grouped(Self.items(above))
    let itemsOut = PlainText.grouped(Self.items(below))
    var diagram = StarDiagram(
      title: "\(caseName) " + text("上下家关系图", "upstream and downstream"),
      hubID: party.party.id,
      hubLines: [
        party.name, Wording.role(party.role, language),
        text(
          "上家 \(above.count) 人 · 进货 \(received) 次 \(itemsIn) 条",
          "\(above.count) upstream · \(received) dealings, \(itemsIn) items in"
        ),
        text(
          "下家 \(below.count) 人 · 出货 \(given) 次 \(itemsOut) 条",
          "\(below.count) downstream · \(given) dealings, \(itemsOut) items out"
        ),
      ]
    )
    diagram.subtitle = [
      text(
        "每格为一人，数字为交易次数，从左到右、从上到下递减；色深与线宽为交易次数",
        "One box a person, with the number of dealings, falling from left to right and top to bottom"
      )
    ]
    diagram.dateText = Wording.dates(of: analysis, made: date, language)
    diagram.footer = analysis.modelVersion
    diagram.upstream.heading = text("上家（供货方）\(above.count) 人", "Upstream: \(above.count)")
    diagram.downstream.heading = text("下家（购买方）\(below.count) 人", "Downstream: \(below.count)")
    diagram.upstream.spokes = above.map { spoke($0, analysis.parties[$0.supplier]) }
    diagram.downstream.spokes = below.map { spoke($0, analysis.parties[$0.buyer]) }
    return diagram
  }

  /// The picture with all positions.
  public func scene(of analysis: ChainAnalysis, around place: Int) throws -> Scene {
    try StarLayout(page: page).scene(of: diagram(of: analysis, around: place))
  }

  private static func items(_ links: [LinkFinding]) -> Int64 {
    links.reduce(0) { $0.addingClamped($1.link.itemTotal) }
  }

  private func spoke(_ link: LinkFinding, _ other: PartyFinding) -> StarDiagram.Spoke {
    StarDiagram.Spoke(
      id: other.party.id,
      name: other.name,
      value: language == .zh ? "\(link.link.dealings)次" : "\(link.link.dealings)",
      weight: link.link.dealings
    )
  }
}

/// Which picture shows a case best when nobody says.
public enum PictureChoice {
  /// A star when one party alone stands between a crowd of suppliers and a crowd of buyers.
  public static func center(of analysis: ChainAnalysis) -> Int? {
    let traders = analysis.traders
    guard let hub = analysis.hubs(limit: 1).first, traders.count > 40 else { return nil }
    let party = analysis.parties[hub]
    let isCrowded = party.upstream >= 20 && party.downstream >= 20
    return isCrowded && (party.upstream + party.downstream) * 2 >= traders.count ? hub : nil
  }
}
