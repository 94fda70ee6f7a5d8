internal import GraphCore

/// Gives each node its tier: sources 0, principals 1, everybody else below.
///
/// Breadth-first from the principals down the links that matter (at least ``share`` of the buyer's
/// strongest link); then down all links. A customer is one below its main supplier. A node that no
/// principal reaches has no tier: a guess would be worth nothing in court.
struct TierAssignment: Sendable {
  /// The tier of each node; `nil` where nothing places it.
  private(set) var tiers: [Int?]

  /// A link carries a tier when it has at least this share, in hundredths, of the strongest.
  private static let share: Int64 = 30

  init(_ market: Market, _ roles: RoleAssignment) {
    let graph = market.graph
    tiers = [Int?](repeating: nil, count: graph.nodeCount)
    for node in graph.nodes {
      switch roles.positions[node.index] {
      case .source: tiers[node.index] = 0
      case .principal: tiers[node.index] = 1
      default: break
      }
    }
    let strongest = graph.nodes.map { node in
      graph.inEdges(of: node).map(\.weight).max() ?? 0
    }
    descend(graph, roles) { $0.weight * 100 >= Self.share * strongest[$0.target.index] }
    descend(graph, roles) { _ in true }
    for node in graph.nodes where roles.positions[node.index] == .customer {
      tiers[node.index] = mainSupplierTier(node, graph).map { $0 + 1 }
    }
  }

  /// Breadth-first from everything placed, through agents only, in order of tier.
  private mutating func descend(
    _ graph: Graph,
    _ roles: RoleAssignment,
    along carries: (Edge) -> Bool
  ) {
    var level = 1
    var frontier = graph.nodes.filter { tiers[$0.index] == 1 }
    var waiting: [Int: [NodeID]] = [:]
    for node in graph.nodes {
      if let tier = tiers[node.index], tier > 1 { waiting[tier, default: []].append(node) }
    }
    while !frontier.isEmpty || waiting.keys.contains(where: { $0 > level }) {
      var next = waiting[level + 1] ?? []
      for node in frontier {
        for edge in graph.outEdges(of: node)
        where tiers[edge.target.index] == nil && roles.positions[edge.target.index] == .agent
          && carries(edge)
        {
          tiers[edge.target.index] = level + 1
          next.append(edge.target)
        }
      }
      frontier = next
      level += 1
    }
  }

  private func mainSupplierTier(_ node: NodeID, _ graph: Graph) -> Int? {
    var best: (weight: Int64, tier: Int)?
    for edge in graph.inEdges(of: node) {
      guard let tier = tiers[edge.source.index] else { continue }
      if let current = best {
        let isBetter =
          edge.weight != current.weight
          ? edge.weight > current.weight : tier < current.tier
        guard isBetter else { continue }
      }
      best = (edge.weight, tier)
    }
    return best?.tier
  }
}
