internal import GraphCore

/// Gives each node its share in every line.
///
/// A principal belongs to its own line. Every other buyer takes from each supplier in proportion to
/// the dealings: a share of 0.8 says that four fifths of what the party was supplied with came down
/// that line, which a court can follow, unlike a score. A source takes from those it supplies.
/// Exchange between principals carries no membership.
///
/// This solves the linear system of an absorbing walk up the supply links (the walk that
/// personalised PageRank damps) by rounds in fixed point, so that every engine gets the same bits.
struct LineShares: Sendable {
  /// One line's share of a node.
  struct Share: Sendable, Hashable {
    /// The place of the line among the principals.
    let line: Int
    /// The share in billionths.
    let billionths: Int64
  }

  /// The shares of each node, ascending by line; empty where no line reaches.
  private(set) var shares: [[Share]]

  /// One whole.
  static let whole: Int64 = 1_000_000_000
  /// Shares below this are dropped, so that a long chain of tiny links costs nothing.
  private static let least: Int64 = 1_000_000
  /// Enough for chains of this depth; cycles converge long before.
  private static let rounds = 64

  init(_ market: Market, _ roles: RoleAssignment, principals: [NodeID]) {
    let graph = market.graph
    shares = [[Share]](repeating: [], count: graph.nodeCount)
    for (line, node) in principals.enumerated() {
      shares[node.index] = [Share(line: line, billionths: Self.whole)]
    }
    let buyers = graph.nodes.filter { node in
      roles.positions[node.index] == .agent || roles.positions[node.index] == .customer
    }
    for _ in 0..<Self.rounds {
      let before = shares
      for node in buyers {
        shares[node.index] = Self.mix(
          graph.inEdges(of: node).map { (before[$0.source.index], $0.weight) })
      }
      if shares == before { break }
    }
    for node in graph.nodes
    where roles.positions[node.index] == .source || roles.positions[node.index] == .thin {
      shares[node.index] = Self.mix(
        graph.outEdges(of: node).map { (shares[$0.target.index], $0.weight) })
    }
  }

  /// The mean of some shares, weighted; those who belong to no line do not count.
  private static func mix(_ parts: [(shares: [Share], weight: Int64)]) -> [Share] {
    let known = parts.filter { !$0.shares.isEmpty }
    let total = known.reduce(Int64(0)) { $0 + min($1.weight, 1_000_000) }
    guard total > 0 else { return [] }
    var sums: [Int: Int64] = [:]
    for (shares, weight) in known {
      for share in shares {
        sums[share.line, default: 0] += share.billionths / total * min(weight, 1_000_000)
      }
    }
    return sums.filter { $0.value >= least }.sorted { $0.key < $1.key }
      .map { Share(line: $0.key, billionths: $0.value) }
  }

  /// The line with the largest share, the first of equals.
  func line(of node: NodeID) -> Int? {
    var best: Share?
    for share in shares[node.index] where share.billionths > (best?.billionths ?? 0) { best = share }
    return best?.line
  }
}
