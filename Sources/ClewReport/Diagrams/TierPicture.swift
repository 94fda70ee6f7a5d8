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
    diagram.legend = legend(analysis, hasFolds: !folds.groups.isEmpty)
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

  // MARK: - Texts

  private func subtitle(_ analysis: ChainAnalysis, _ shown: Set<Int>) -> String {
    let links = analysis.links.filter { shown.contains($0.supplier) && shown.contains($0.buyer) }
    let crossing = links.count(where: \.isCrossLine)
    let items = links.reduce(Int64(0)) { $0.addingClamped($1.link.itemTotal) }
    return language == .zh
      ? "涉交易 \(shown.count) 人 · 供货关系 \(links.count) 条 · 跨线关系 \(crossing) 条 · 交付 \(PlainText.grouped(items)) 条"
      : "\(shown.count) who trade · \(links.count) supply links · \(crossing) cross-links · "
        + "\(PlainText.grouped(items)) items delivered"
  }

  private func footer(_ analysis: ChainAnalysis, unplaced: Int) -> String {
    let versions = analysis.modelVersion
    let rest =
      unplaced == 0
      ? ""
      : language == .zh ? "；另有 \(unplaced) 人层级未定，未绘出" : "; \(unplaced) undetermined, not drawn"
    return language == .zh
      ? "本图由证据推断生成，每条关系的证据编号见报告\(rest) · \(versions)"
      : "Inferred from evidence; the records behind each arrow are in the report\(rest) · \(versions)"
  }

  private func tierLabel(
    _ tier: Int,
    _ depth: Int,
    _ analysis: ChainAnalysis,
    _ placed: Set<Int>,
    count: Int
  ) -> [String] {
    let roles = Set(
      placed.filter { analysis.parties[$0].tier == tier }.map { analysis.parties[$0].role }
    )
    let onlyCustomers = roles == [.customer]
    let zh = onlyCustomers ? "客户" : Wording.tier(tier, .zh)
    let en = onlyCustomers ? "Customers" : Wording.tier(tier, .en)
    let mixed = roles.contains(.customer) && !onlyCustomers
    let more = mixed ? (language == .zh ? "（含客户）" : "and customers") : ""
    return [language == .zh ? "第\(tier)层 · \(count) 人" : "Tier \(tier) · \(count)", zh, en]
      + (more.isEmpty ? [] : [more])
  }

  private func legend(_ analysis: ChainAnalysis, hasFolds: Bool) -> [LegendEntry] {
    func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
    var entries = [
      LegendEntry(
        .node(.doubleBox, tint: 0.55, isEmphasized: false, isStack: false),
        text: text("查询员（源头）", "source")
      ),
      LegendEntry(
        .node(.roundedBox, tint: 0.38, isEmphasized: true, isStack: false),
        text: text("一级代理商（专线庄家）", "first-level agent, principal")
      ),
      LegendEntry(
        .node(.roundedBox, tint: 0.22, isEmphasized: false, isStack: false),
        text: text("二级代理商", "second-level agent")
      ),
      LegendEntry(
        .node(.box, tint: 0.12, isEmphasized: false, isStack: false),
        text: text("下游代理商", "sub-agent")
      ),
      LegendEntry(
        .node(.ellipse, tint: 0, isEmphasized: false, isStack: false),
        text: text("客户", "customer")
      ),
    ]
    if hasFolds {
      entries.append(
        LegendEntry(
          .node(.ellipse, tint: 0, isEmphasized: false, isStack: true),
          text: text("多名客户（合并）", "several customers")
        )
      )
    }
    entries += [
      LegendEntry(
        .edge(.within, weight: 40),
        text: text("供货（线宽＝交易次数）", "supply, width by dealings")
      ),
      LegendEntry(.edge(.across, weight: 20), text: text("跨线供货", "cross-link")),
      LegendEntry(.edge(.peer, weight: 12), text: text("同层互供", "between equals")),
      LegendEntry(.edge(.secondary, weight: 6), text: text("本线次要供货", "secondary supply")),
    ]
    return entries
  }

  // MARK: - Nodes and edges

  private func nodes(
    _ analysis: ChainAnalysis,
    _ placed: Set<Int>,
    _ folds: Fold
  ) -> [TierDiagram.Node] {
    var nodes: [TierDiagram.Node] = []
    for place in placed.sorted() where !folds.isFolded(place) {
      let party = analysis.parties[place]
      let (shape, tint) = Self.look(party.role)
      nodes.append(
        TierDiagram.Node(
          id: party.party.id,
          lane: party.line.map { analysis.lines[$0].id },
          tier: party.tier ?? 0,
          lines: [party.name, volume(place, analysis)],
          shape: shape,
          isEmphasized: party.role == .firstLevelAgent,
          tint: tint
        )
      )
    }
    for group in folds.groups {
      let count = group.members.count
      let first = analysis.parties[group.members[0]]
      nodes.append(
        TierDiagram.Node(
          id: group.id,
          lane: first.line.map { analysis.lines[$0].id },
          tier: first.tier ?? 0,
          lines: [
            language == .zh ? "客户 \(count) 人" : "\(count) customers",
            language == .zh ? "购 \(group.dealings) 次" : "\(group.dealings) bought",
          ],
          shape: .ellipse,
          tint: 0,
          foldedCount: count
        )
      )
    }
    return nodes
  }

  private func volume(_ place: Int, _ analysis: ChainAnalysis) -> String {
    let received = analysis.links.reduce(0) { $1.buyer == place ? $0 + $1.link.dealings : $0 }
    let given = analysis.links.reduce(0) { $1.supplier == place ? $0 + $1.link.dealings : $0 }
    switch (received, given, language) {
    case (0, _, .zh): return "供 \(given) 次"
    case (0, _, .en): return "out \(given)"
    case (_, 0, .zh): return "购 \(received) 次"
    case (_, 0, .en): return "in \(received)"
    case (_, _, .zh): return "收\(received) 出\(given)"
    case (_, _, .en): return "in \(received) out \(given)"
    }
  }

  private static func look(_ role: Role) -> (NodeShape, tint: Double) {
    switch role {
    case .source: (.doubleBox, 0.55)
    case .firstLevelAgent: (.roundedBox, 0.38)
    case .secondLevelAgent: (.roundedBox, 0.22)
    case .subAgent: (.box, 0.12)
    case .customer: (.ellipse, 0)
    case .outsider, .undetermined: (.diamond, 0)
    }
  }

  private func edges(
    _ analysis: ChainAnalysis,
    _ placed: Set<Int>,
    _ folds: Fold
  ) -> [TierDiagram.Edge] {
    var main: [Int: (supplier: Int, dealings: Int)] = [:]
    for link in analysis.links where placed.contains(link.supplier) && placed.contains(link.buyer) {
      let isSameLine = analysis.parties[link.supplier].line == analysis.parties[link.buyer].line
      let isAbove =
        (analysis.parties[link.supplier].tier ?? 0) < (analysis.parties[link.buyer].tier ?? 0)
      guard isSameLine, isAbove else { continue }
      if link.link.dealings > (main[link.buyer]?.dealings ?? 0) {
        main[link.buyer] = (link.supplier, link.link.dealings)
      }
    }
    var edges: [TierDiagram.Edge] = []
    for link in analysis.links where placed.contains(link.supplier) && placed.contains(link.buyer) {
      guard !folds.isFolded(link.buyer) else { continue }
      let (supplier, buyer) = (analysis.parties[link.supplier], analysis.parties[link.buyer])
      let isSource = supplier.role == .source && !link.isCrossLine
      let style: EdgeStyle
      if link.isCrossLine {
        style = .across
      } else if supplier.tier == buyer.tier {
        style = .peer
      } else if main[link.buyer]?.supplier == link.supplier || isSource {
        style = .within
      } else {
        style = .secondary
      }
      edges.append(
        TierDiagram.Edge(
          from: supplier.party.id,
          to: buyer.party.id,
          weight: link.link.dealings,
          style: style,
          label: link.isCrossLine ? "\(link.link.dealings)" : nil
        )
      )
    }
    for group in folds.groups {
      edges.append(
        TierDiagram.Edge(
          from: analysis.parties[group.supplier].party.id,
          to: group.id,
          weight: group.dealings
        )
      )
    }
    return edges
  }
}

/// The customers of one agent that are drawn as one counted node.
///
/// Only customers with a single supplier of their own line are folded, so that no link disappears
/// from the picture.
struct Fold {
  struct Group {
    let id: String
    let supplier: Int
    let members: [Int]
    let dealings: Int
  }

  let groups: [Group]
  private let folded: Set<Int>

  init(_ analysis: ChainAnalysis, among placed: Set<Int>, from least: Int) {
    var suppliers: [Int: [LinkFinding]] = [:]
    for link in analysis.links { suppliers[link.buyer, default: []].append(link) }
    var bySupplier: [Int: [Int]] = [:]
    let supplying = Set(analysis.links.map(\.supplier))
    for place in placed.sorted()
    where analysis.parties[place].role == .customer && !supplying.contains(place) {
      guard let links = suppliers[place], links.count == 1, !links[0].isCrossLine,
        placed.contains(links[0].supplier)
      else { continue }
      bySupplier[links[0].supplier, default: []].append(place)
    }
    var groups: [Group] = []
    for (supplier, members) in bySupplier.sorted(by: { $0.key < $1.key })
    where members.count >= least {
      let dealings = members.reduce(0) { $0 + (suppliers[$1]?[0].link.dealings ?? 0) }
      groups.append(
        Group(
          id: "fold-" + analysis.parties[supplier].party.id,
          supplier: supplier,
          members: members,
          dealings: dealings
        )
      )
    }
    self.groups = groups
    folded = Set(groups.flatMap(\.members))
  }

  func isFolded(_ place: Int) -> Bool { folded.contains(place) }
}
