internal import GraphCore

/// Finds the line of every trader: what suppliers, orders across gaps, group chats and, where nothing
/// else speaks, equals and buyers say, weighed together in a fixed number of rounds.
///
/// Principals belong to the lines they lead. Tier by tier everybody else gets the line from which most of
/// his dealings came: dealings with suppliers from a higher tier, and ``gapWeight`` for each order that
/// reached its people across a gap (``OrderGaps``); payments to traders of whom no dealing is seen count
/// as dealings (``LinePayments``). A phone in the case shows all suppliers of its owner, so where it shows
/// one, neither orders across gaps nor his group chats count; of anybody else some suppliers may be unseen,
/// and each group that speaks for a line counts as ``groupWeight`` dealings. Of somebody who is very likely
/// a trader of another name (``Twins``), what both of them dealt counts for both. A customer whose phone is
/// in the case resells nothing, so that all who supply him count, on whatever tier they stand.
/// Whoever has no supplier above him is placed, with all whom he mainly supplies, by the groups and
/// gaps of all of them together; where these are silent, by those on his own tier who supply him.
/// Sources belong where they supply most, and so does, at last, who is still without a line.
///
/// The groups know a line once its people have one, so placing and listening alternate. From
/// the third round on, principals whose people share their groups lead one line. Nobody comes into a line
/// who does not trade, and where nothing speaks there is no line.
///
/// Everything is whole numbers; of equals the line that was dealt with first wins, then that of the lower
/// party.
///
/// - Complexity: O(*n* log *n* + *m* + *k*) for *n* traders, *m* links and *k* group memberships.
struct LineSearch: Sendable {
  /// The line of each node, as a place in ``principals``.
  private(set) var lines: [Int?]
  /// Who heads each line.
  private(set) var principals: [NodeID] = []
  /// The group chats of each node that speak for each line.
  private(set) var votes: [Int: [Int: Int64]] = [:]
  /// The orders that reach each node across a gap: from whom, and how many.
  let across: [NodeID: [(upper: NodeID, orders: Int64)]]
  /// Payments that tell of lines.
  let payments: LinePayments
  /// Who leads or heads a line.
  let isLeader: [Bool]

  private let graph: Graph
  private let roles: [Role]
  private let isSeized: [Bool]
  private var leaders: LineLeaders
  /// Everybody but principals and sources, from the top tier down.
  private let order: [NodeID]
  /// The suppliers who decide for each node: those on a higher tier, or all if it has no tier.
  private let above: [[Edge]]
  private let twins: Twins
  private let parties: [Int]
  /// When the first dealing of each link was, by parties.
  private let beginnings: [Direction: Int64]
  /// Who stands at the top of the tree of main suppliers in which a node is.
  private let root: [Int]

  private static let rounds = 5
  private static let firstJoining = 2
  private static let groupWeight: Int64 = 4
  private static let gapWeight: Int64 = 3

  init(
    _ market: Market,
    _ decisions: RoleDecisions,
    _ background: RoleEvidence.Background,
    _ payments: TraderPayments
  ) {
    graph = market.graph
    roles = decisions.roles
    isSeized = market.isSeized
    parties = market.parties
    beginnings = background.beginnings
    let twins = Twins(background.twins, market)
    self.twins = twins
    let leaders = LineLeaders(market, decisions.roles, twins)
    self.leaders = leaders
    lines = [Int?](repeating: nil, count: graph.nodeCount)
    let isLeader = graph.nodes.map { leaders.place(of: $0) != nil }
    self.isLeader = isLeader
    self.payments = LinePayments(payments, decisions.roles, decisions.tiers)
    across = Self.across(market, background.gaps)
    func tier(_ node: NodeID) -> Int { decisions.tiers[node.index] ?? .max }
    order = graph.nodes.filter {
      decisions.roles[$0.index] != .source && leaders.place(of: $0) == nil
    }
    .sorted { tier($0) != tier($1) ? tier($0) < tier($1) : $0 < $1 }
    above = market.graph.nodes.map { node in
      let edges = market.graph.inEdges(of: node)
      if decisions.roles[node.index] == .customer, market.isSeized[node.index] {
        return Array(edges)
      }
      let higher = edges.filter { tier($0.source) < tier(node) }
      let hasTier = decisions.tiers[node.index] != nil
      return higher.isEmpty && !hasTier ? Array(edges) : higher
    }
    let main = above.map(Self.main)
    root = Self.roots(order, main)
    let branches = LineBranches(order, main: main, isLeader: isLeader)
    let groups = LineGroups(background.groups, market, decisions.roles)
    descend(isLast: false)
    for round in 0..<Self.rounds {
      if round >= Self.firstJoining { join(groups.partners(lines, branches)) }
      votes = groups.votes(lines) { isLeader[$0.index] }
      descend(isLast: round == Self.rounds - 1)
    }
    number()
  }

  private mutating func join(_ pairs: [LineLeaders.Pair]) {
    for pair in pairs { leaders.join(pair) }
    let heads = leaders.heads()
    lines = lines.map { line in line.map { heads[$0] } }
  }

  private mutating func number() {
    let (first, numbers) = leaders.numbered()
    principals = first
    lines = lines.map { line in line.map { numbers[$0] } }
    votes = votes.mapValues { counts in
      Dictionary(counts.map { (numbers[$0.key], $0.value) }, uniquingKeysWith: +)
    }
  }

  /// Who got orders of a node across a gap, and how many.
  private static func across(
    _ market: Market,
    _ gaps: OrderGaps
  ) -> [NodeID: [(upper: NodeID, orders: Int64)]] {
    var found: [NodeID: [(upper: NodeID, orders: Int64)]] = [:]
    for path in gaps.paths.keys.sorted() {
      guard let upper = market.node(of: path.upper), let lower = market.node(of: path.lower) else {
        continue
      }
      found[lower, default: []].append((upper, Int64(gaps.paths[path] ?? 0)))
    }
    return found
  }

  /// Who supplies most of the links; the first of equals.
  private static func main(_ links: [Edge]) -> NodeID? {
    links.max { $0.weight != $1.weight ? $0.weight < $1.weight : $0.source > $1.source }?.source
  }

  /// Follows main suppliers upwards; a circle ends where it is entered.
  private static func roots(_ order: [NodeID], _ main: [NodeID?]) -> [Int] {
    var root = [Int](main.indices)
    var isDone = [Bool](repeating: false, count: main.count)
    for node in order {
      if let supplier = main[node.index], isDone[supplier.index] {
        root[node.index] = root[supplier.index]
      }
      isDone[node.index] = true
    }
    return root
  }

  /// Places everybody, from the leaders down.
  private mutating func descend(isLast: Bool) {
    let pooled = pool()
    let heads = leaders.heads()
    for node in graph.nodes { lines[node.index] = leaders.place(of: node).map { heads[$0] } }
    for asksEquals in [false, true] {
      for node in order where lines[node.index] == nil {
        lines[node.index] = line(of: node, asksEquals: asksEquals, pooled)
      }
      for node in graph.nodes where !isLeader[node.index] {
        let isSource = roles[node.index] == .source
        guard isSource || (isLast && lines[node.index] == nil) else { continue }
        // Whom somebody supplies says least of where he belongs, and so comes last.
        let both = [node] + twins[node]
        var below = dealings(both.flatMap { graph.outEdges(of: $0) }) { $0.target }
        if isSource { below.merge(paid(both), uniquingKeysWith: +) }
        if let line = Self.largest(below) { lines[node.index] = line }
      }
    }
  }

  /// What groups and gaps say of all whom somebody mainly supplies together, by the one at the top.
  private func pool() -> [Int: [Int: Sum]] {
    var pooled: [Int: [Int: Sum]] = [:]
    for node in order {
      var said = (votes[node.index] ?? [:]).mapValues { Sum($0 * Self.groupWeight) }
      said.merge(ordersAcross(node), uniquingKeysWith: +)
      if !said.isEmpty { pooled[root[node.index], default: [:]].merge(said, uniquingKeysWith: +) }
    }
    return pooled
  }

  /// What suppliers, gaps and groups make of a node.
  private func line(
    of node: NodeID,
    asksEquals: Bool,
    _ pooled: [Int: [Int: Sum]]
  ) -> Int? {
    for twin in twins[node] where isLeader[twin.index] {
      if let line = lines[twin.index] { return line }
    }
    let both = [node] + twins[node]
    let suppliers = both.flatMap {
      asksEquals ? Array(graph.inEdges(of: $0)) : above[$0.index]
    }
    let payments = paid(both)
    if suppliers.count == 1, payments.isEmpty, across[node] == nil,
      isSeized[node.index] || votes[node.index] == nil, let only = suppliers.first,
      let line = lines[only.source.index]
    {
      return line
    }
    var sums = dealings(suppliers) { $0.source }
    sums.merge(payments, uniquingKeysWith: +)
    if sums.isEmpty, root[node.index] == node.index {
      return Self.largest(pooled[root[node.index]] ?? [:])
    }
    if isSeized[node.index], !sums.isEmpty { return Self.largest(sums) }
    let heard = votes[node.index] ?? [:]
    sums.merge(ordersAcross(node), uniquingKeysWith: +)
    sums.merge(heard.mapValues { Sum($0 * Self.groupWeight) }, uniquingKeysWith: +)
    return Self.largest(sums.isEmpty ? pooled[root[node.index]] ?? [:] : sums)
  }

  /// The payments of some nodes to people of each line or, of sources, from them.
  private func paid(_ nodes: [NodeID]) -> [Int: Sum] {
    var sums: [Int: Sum] = [:]
    for (other, count) in nodes.flatMap({ payments[$0] }) {
      if let line = lines[other.index] {
        sums[line, default: Sum(0)] += Sum(min(count, LineShares.whole))
      }
    }
    return sums
  }

  /// The orders of a node that reached people of each line across a gap, weighed.
  private func ordersAcross(_ node: NodeID) -> [Int: Sum] {
    var sums: [Int: Sum] = [:]
    for (upper, orders) in across[node] ?? [] {
      if let line = lines[upper.index] {
        sums[line, default: Sum(0)] += Sum(min(orders, LineShares.whole) * Self.gapWeight)
      }
    }
    return sums
  }

  /// The dealings of some links by the line of their other end.
  private func dealings(_ edges: some Sequence<Edge>, _ end: (Edge) -> NodeID) -> [Int: Sum] {
    var sums: [Int: Sum] = [:]
    for edge in edges {
      if let line = lines[end(edge).index] {
        let link = Direction(parties[edge.source.index], parties[edge.target.index])
        sums[line, default: Sum(0)] += Sum(
          min(edge.weight, LineShares.whole),
          since: beginnings[link] ?? .max
        )
      }
    }
    return sums
  }

  /// What speaks for a line.
  private struct Sum {
    var weight: Int64
    /// When the first of it happened; `Int64.max` when unknown.
    var since: Int64

    init(_ weight: Int64, since: Int64 = .max) {
      self.weight = weight
      self.since = since
    }

    static func + (left: Sum, right: Sum) -> Sum {
      Sum(left.weight + right.weight, since: min(left.since, right.since))
    }

    static func += (left: inout Sum, right: Sum) { left = left + right }
  }

  /// The line with most; of equals that which was dealt with first, then the first.
  private static func largest(_ sums: [Int: Sum]) -> Int? {
    sums.filter { $0.value.weight > 0 }.max { left, right in
      let (one, other) = (left.value, right.value)
      if one.weight != other.weight { return one.weight < other.weight }
      return one.since != other.since ? one.since > other.since : left.key > right.key
    }?.key
  }
}
