internal import GraphCore

/// Gives each node its line and its share in every line.
///
/// A principal belongs to its own line. Everybody else belongs to the line of those who supply most of
/// what it gets, in dealings; its shares are the shares of those suppliers' lines. A share of 0.8 says
/// that four fifths of a party's dealings were with members of that line, which a court can follow and
/// count, unlike a score. A source takes from those it supplies. Suppliers from a higher tier decide
/// the line; exchange between equals counts in the shares only.
///
/// Everything is whole numbers, tier by tier, so that every engine gets the same bits.
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

  private var lines: [Int?]

  init(_ market: Market, _ roles: RoleAssignment, tiers: [Int?], principals: [NodeID]) {
    let graph = market.graph
    shares = [[Share]](repeating: [], count: graph.nodeCount)
    lines = [Int?](repeating: nil, count: graph.nodeCount)
    for (line, node) in principals.enumerated() {
      lines[node.index] = line
      shares[node.index] = [Share(line: line, billionths: Self.whole)]
    }
    func tier(_ node: NodeID) -> Int { tiers[node.index] ?? .max }
    let buyers = graph.nodes.filter { node in
      roles.positions[node.index] == .agent || roles.positions[node.index] == .customer
    }.sorted { tier($0) != tier($1) ? tier($0) < tier($1) : $0 < $1 }
    for node in buyers {
      let above = graph.inEdges(of: node).filter { tier($0.source) < tier(node) }
      let deciding = above.isEmpty ? Array(graph.inEdges(of: node)) : above
      lines[node.index] = largest(deciding.map { (lines[$0.source.index], $0.weight) })
    }
    for node in buyers {
      shares[node.index] = mix(graph.inEdges(of: node).map { (lines[$0.source.index], $0.weight) })
    }
    for node in graph.nodes
    where roles.positions[node.index] == .source || roles.positions[node.index] == .thin {
      let served = graph.outEdges(of: node).map { (lines[$0.target.index], $0.weight) }
      shares[node.index] = mix(served)
      lines[node.index] = largest(served)
    }
  }

  private func sums(_ parts: [(line: Int?, weight: Int64)]) -> [(line: Int, weight: Int64)] {
    var sums: [Int: Int64] = [:]
    for (line, weight) in parts {
      if let line { sums[line, default: 0] += min(weight, Self.whole) }
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The line with most dealings, the first of equals.
  private func largest(_ parts: [(line: Int?, weight: Int64)]) -> Int? {
    var best: (line: Int, weight: Int64)?
    for part in sums(parts) where part.weight > (best?.weight ?? 0) { best = part }
    return best?.line
  }

  private func mix(_ parts: [(line: Int?, weight: Int64)]) -> [Share] {
    let sums = sums(parts)
    let total = sums.reduce(Int64(0)) { $0 + $1.weight }
    return sums.map { line, weight in
      let (high, low) = weight.multipliedFullWidth(by: Self.whole)
      return Share(line: line, billionths: total.dividingFullWidth((high, low)).quotient)
    }
  }

  /// The line of a node.
  func line(of node: NodeID) -> Int? { lines[node.index] }
}
