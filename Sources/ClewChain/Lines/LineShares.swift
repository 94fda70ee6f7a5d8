internal import GraphCore

/// Gives each node its line and its share in every line.
///
/// A principal belongs to the line it leads. Everybody else belongs to the line of those who supply most
/// of what it gets, in dealings; its shares are the shares of those suppliers' lines. A share of 0.8
/// says that four fifths of a party's dealings were with members of that line, which a court can follow
/// and count, unlike a score. A source takes from those it supplies. Suppliers from a higher tier decide
/// the line; exchange between equals counts in the shares only.
///
/// Where an agent's suppliers are unseen, orders that reach them across the gap (``OrderGaps``) say from
/// whom he gets, and count like dealings; after these his group chats (``GroupVotes``). Groups also
/// decide between suppliers of different lines of whom none is clearly the main one. They never
/// bring anybody into a line who does not trade.
///
/// Everything is whole numbers, tier by tier, so that every engine gets the same bits.
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

  /// One whole.
  static let whole: Int64 = 1_000_000_000

  private var lines: [Int?]
  /// Whether a gap or a group, no supplier, gave the line.
  private(set) var isInferred: [Bool]

  init(
    _ market: Market,
    _ decisions: RoleDecisions,
    _ leaders: LineLeaders,
    _ background: RoleEvidence.Background
  ) {
    let graph = market.graph
    shares = [[Share]](repeating: [], count: graph.nodeCount)
    lines = [Int?](repeating: nil, count: graph.nodeCount)
    isInferred = [Bool](repeating: false, count: graph.nodeCount)
    let gaps = Self.gaps(market, background.gaps)
    follow(graph, decisions, leaders, gaps, GroupVotes())
    // Whose side a group is on is known once its members have lines.
    let votes = GroupVotes(background.groups, market, lines)
    follow(graph, decisions, leaders, gaps, votes)
    for node in graph.nodes {
      if let line = leaders.lineOf[node] {
        shares[node.index] = [Share(line: line, billionths: Self.whole)]
      } else if decisions.roles[node.index] == .source || graph.inDegree(of: node) == 0 {
        shares[node.index] = mix(parts(below: node, graph))
      } else {
        shares[node.index] = mix(
          graph.inEdges(of: node).map { (lines[$0.source.index], $0.weight) }
        )
      }
      if shares[node.index].isEmpty, let line = lines[node.index] {
        shares[node.index] = [Share(line: line, billionths: Self.whole)]
      }
    }
  }

  /// Who got orders of a node across a gap, and how many.
  private static func gaps(_ market: Market, _ gaps: OrderGaps) -> [NodeID: [(NodeID, Int64)]] {
    var found: [NodeID: [(NodeID, Int64)]] = [:]
    for path in gaps.paths.keys.sorted() {
      guard let upper = market.node(of: path.upper), let lower = market.node(of: path.lower) else {
        continue
      }
      found[lower, default: []].append((upper, Int64(gaps.paths[path] ?? 0)))
    }
    return found
  }

  /// Walks down from the leaders, then up to the sources.
  private mutating func follow(
    _ graph: Graph,
    _ decisions: RoleDecisions,
    _ leaders: LineLeaders,
    _ gaps: [NodeID: [(NodeID, Int64)]],
    _ votes: GroupVotes
  ) {
    for node in graph.nodes { lines[node.index] = leaders.lineOf[node] }
    func tier(_ node: NodeID) -> Int { decisions.tiers[node.index] ?? .max }
    let below = graph.nodes.filter {
      decisions.roles[$0.index] != .source && leaders.lineOf[$0] == nil
    }
    .sorted { tier($0) != tier($1) ? tier($0) < tier($1) : $0 < $1 }
    for node in below { place(node, graph, decisions.tiers, gaps, votes) }
    for node in graph.nodes where decisions.roles[node.index] == .source || lines[node.index] == nil
    {
      guard leaders.lineOf[node] == nil else { continue }
      let line = largest(parts(below: node, graph))
      if line != nil { lines[node.index] = line }
    }
    // Who is supplied by somebody whose line only his other buyers showed.
    for node in below where lines[node.index] == nil {
      place(node, graph, decisions.tiers, gaps, votes)
    }
  }

  /// Gives a node the line of its suppliers, or else the one that gaps or groups speak for.
  private mutating func place(
    _ node: NodeID,
    _ graph: Graph,
    _ tiers: [Int?],
    _ gaps: [NodeID: [(NodeID, Int64)]],
    _ votes: GroupVotes
  ) {
    let tier = tiers[node.index] ?? .max
    let above = graph.inEdges(of: node).filter { (tiers[$0.source.index] ?? .max) < tier }
    let deciding = above.isEmpty ? Array(graph.inEdges(of: node)) : above
    let supplied = deciding.map { (line: lines[$0.source.index], weight: $0.weight) }
    isInferred[node.index] = false
    if let line = largest(supplied, favoured: votes.line(of: node)) {
      lines[node.index] = line
    } else {
      isInferred[node.index] = true
      let across = (gaps[node] ?? []).map { (line: lines[$0.0.index], weight: $0.1) }
      lines[node.index] = largest(across) ?? votes.line(of: node)
    }
  }

  private func parts(below node: NodeID, _ graph: Graph) -> [(line: Int?, weight: Int64)] {
    graph.outEdges(of: node).map { (lines[$0.target.index], $0.weight) }
  }

  private func sums(_ parts: [(line: Int?, weight: Int64)]) -> [(line: Int, weight: Int64)] {
    var sums: [Int: Int64] = [:]
    for (line, weight) in parts {
      if let line { sums[line, default: 0] += min(weight, Self.whole) }
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The line with most dealings, the first of equals; a favoured one needs half as many.
  private func largest(
    _ parts: [(line: Int?, weight: Int64)],
    favoured: Int? = nil
  ) -> Int? {
    var best: (line: Int, weight: Int64)?
    for part in sums(parts) {
      let weight = part.line == favoured ? 2 * part.weight : part.weight
      if weight > (best?.weight ?? 0) { best = (part.line, weight) }
    }
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
