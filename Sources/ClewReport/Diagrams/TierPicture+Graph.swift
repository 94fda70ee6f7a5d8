internal import ClewChain
internal import ClewEvidence
internal import GraphDraw

extension TierPicture {
  func nodes(
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

  func edges(
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
    edges += inferred(analysis, placed)
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

  /// Supply of which no dealing is seen, with the number of targets that prove it.
  func inferred(_ analysis: ChainAnalysis, _ placed: Set<Int>) -> [TierDiagram.Edge] {
    analysis.gaps.filter { placed.contains($0.upper) && placed.contains($0.lower) }.map { gap in
      TierDiagram.Edge(
        from: analysis.parties[gap.upper].party.id,
        to: analysis.parties[gap.lower].party.id,
        weight: gap.targets,
        style: .inferred,
        label: "?\(gap.targets)"
      )
    }
  }
}
