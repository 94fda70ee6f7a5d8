internal import GraphCore

/// The line of each node (``LineSearch``), its share in every line, and why.
///
/// A principal belongs to the line it leads. The shares of everybody else are those of its suppliers'
/// lines in its dealings; a source takes from those it supplies. A share of 0.8 says that four
/// fifths of a party's dealings were with members of that line, which a court can follow and
/// count, unlike a score.
///
/// Everything is whole numbers, so that every engine gets the same bits.
struct LineShares: Sendable {
  /// One line's share of a node.
  struct Share: Sendable, Hashable {
    /// The place of the line among the leaders.
    let line: Int
    /// The share in billionths.
    let billionths: Int64
  }

  /// The shares of each node, ascending by line; empty where no line reaches.
  private(set) var shares: [[Share]]
  /// Whether a gap, a group or its buyers, no supplier, gave the line.
  private(set) var isInferred: [Bool]
  /// What speaks for the line of each node.
  private(set) var bases: [LineBasis?]

  /// One whole.
  static let whole: Int64 = 1_000_000_000

  private let lines: [Int?]

  init(_ market: Market, _ roles: [Role], _ search: LineSearch) {
    let graph = market.graph
    lines = search.lines
    shares = []
    isInferred = []
    bases = []
    for node in graph.nodes {
      let isBelow =
        !search.isLeader[node.index] && roles[node.index] != .source && graph.inDegree(of: node) > 0
      let parts =
        isBelow
        ? graph.inEdges(of: node).map { (line: search.lines[$0.source.index], weight: $0.weight) }
        : graph.outEdges(of: node).map { (line: search.lines[$0.target.index], weight: $0.weight) }
      let line = search.lines[node.index]
      let sums = Self.sums(parts)
      var mine = Self.mix(sums)
      if let line, mine.isEmpty || search.isLeader[node.index] {
        mine = [Share(line: line, billionths: Self.whole)]
      }
      shares.append(mine)
      let isSupplied = isBelow && sums.contains { $0.line == line }
      let isPlaced = search.isLeader[node.index] || roles[node.index] == .source || isSupplied
      isInferred.append(line != nil && !isPlaced)
      bases.append(line.map { Self.basis(node, $0, parts, isBelow: isBelow, search) })
    }
  }

  private static func basis(
    _ node: NodeID,
    _ line: Int,
    _ parts: [(line: Int?, weight: Int64)],
    isBelow: Bool,
    _ search: LineSearch
  ) -> LineBasis {
    func sum(_ parts: [(line: Int?, weight: Int64)]) -> Int64 {
      parts.reduce(0) { $0.addingClamped($1.weight) }
    }
    return LineBasis(
      isLeader: search.isLeader[node.index],
      isBuyer: isBelow,
      dealings: sum(parts.filter { $0.line == line }),
      allDealings: sum(parts),
      ordersAcrossGaps: (search.across[node] ?? []).reduce(0) { total, path in
        search.lines[path.upper.index] == line ? total.addingClamped(path.orders) : total
      },
      payments: search.payments[node].reduce(0) { total, paid in
        search.lines[paid.other.index] == line ? total.addingClamped(paid.count) : total
      },
      groups: search.votes[node.index]?[line] ?? 0
    )
  }

  private static func sums(
    _ parts: [(line: Int?, weight: Int64)]
  ) -> [(line: Int, weight: Int64)] {
    var sums: [Int: Int64] = [:]
    for (line, weight) in parts {
      if let line { sums[line, default: 0] += min(weight, whole) }
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func mix(_ sums: [(line: Int, weight: Int64)]) -> [Share] {
    let total = sums.reduce(Int64(0)) { $0 + $1.weight }
    return sums.map { line, weight in
      let (high, low) = weight.multipliedFullWidth(by: whole)
      return Share(line: line, billionths: total.dividingFullWidth((high, low)).quotient)
    }
  }

  /// The line of a node.
  func line(of node: NodeID) -> Int? { lines[node.index] }
}
