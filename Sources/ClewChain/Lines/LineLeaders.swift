internal import GraphCore

/// Who leads which line: each principal his own, unless two are found to lead one together.
///
/// Partners serve the same second-level agents; principals who only trade with each other do not. Two
/// principals lead one line when they share at least ``leastShared`` buyers who resell and these are at
/// least half of the buyers who resell that either of them has. Others are joined when their people sit
/// in the same group chats (``LineGroups/partners(_:)``).
///
/// While lines are looked for, a line is the place of a principal in ``principals``; ``numbered()``
/// gives those that remain numbers without gaps.
struct LineLeaders: Sendable {
  /// All principals, ascending.
  let principals: [NodeID]
  private let place: [NodeID: Int]
  /// What each principal sold, in dealings.
  private let sales: [Int64]
  /// The line to which each line was joined; itself where none.
  private var joined: [Int]

  private static let leastShared = 2

  init(_ market: Market, _ roles: [Role], _ twins: Twins) {
    let graph = market.graph
    principals = graph.nodes.filter { roles[$0.index] == .firstLevelAgent }
    var place: [NodeID: Int] = [:]
    for (number, principal) in principals.enumerated() { place[principal] = number }
    self.place = place
    sales = principals.map { graph.outEdges(of: $0).reduce(0) { $0.addingClamped($1.weight) } }
    joined = Array(principals.indices)
    joinThoseWhoShareAgents(graph, roles)
    for (number, principal) in principals.enumerated() {
      for twin in twins[principal] {
        if let other = place[twin], number < other { join(Pair(number, other)) }
      }
    }
  }

  private mutating func joinThoseWhoShareAgents(_ graph: Graph, _ roles: [Role]) {
    var agents = [Int](repeating: 0, count: principals.count)
    var suppliersOf: [NodeID: [Int]] = [:]
    for (number, principal) in principals.enumerated() {
      for buyer in graph.outNeighbors(of: principal)
      where roles[buyer.index] == .secondLevelAgent || roles[buyer.index] == .subAgent {
        agents[number] += 1
        suppliersOf[buyer, default: []].append(number)
      }
    }
    var shared: [Pair: Int] = [:]
    for suppliers in suppliersOf.values {
      // Whom a hundred principals supply tells of no partnership.
      let few = suppliers.prefix(RelayIndex.legLimit)
      for (number, one) in few.enumerated() {
        for other in few.dropFirst(number + 1) { shared[Pair(one, other), default: 0] += 1 }
      }
    }
    for pair in shared.keys.sorted() {
      let count = shared[pair] ?? 0
      if count >= Self.leastShared, 2 * count >= max(agents[pair.one], agents[pair.other]) {
        join(pair)
      }
    }
  }

  /// Two lines.
  struct Pair: Hashable, Comparable {
    let one: Int
    let other: Int

    init(_ one: Int, _ other: Int) {
      self.one = one
      self.other = other
    }

    static func < (left: Pair, right: Pair) -> Bool {
      left.one != right.one ? left.one < right.one : left.other < right.other
    }
  }

  /// Joins two lines; the leader who sold more, the first of equals, heads both.
  mutating func join(_ pair: Pair) {
    let (one, other) = (head(of: pair.one), head(of: pair.other))
    guard one != other else { return }
    let (first, second) = one < other ? (one, other) : (other, one)
    let isSecond = sales[second] > sales[first]
    joined[isSecond ? first : second] = isSecond ? second : first
  }

  /// The line that a line has become part of.
  mutating func head(of line: Int) -> Int {
    var line = line
    while joined[line] != line {
      joined[line] = joined[joined[line]]
      line = joined[line]
    }
    return line
  }

  /// The line of every principal, by its place in ``principals``.
  mutating func heads() -> [Int] { principals.indices.map { head(of: $0) } }

  /// The place of a principal.
  func place(of node: NodeID) -> Int? { place[node] }

  /// The principal who heads each line, ascending, and the number of the line of every place.
  mutating func numbered() -> (first: [NodeID], numbers: [Int]) {
    let heads = heads()
    var number: [Int: Int] = [:]
    var first: [NodeID] = []
    for line in principals.indices where heads[line] == line {
      number[line] = first.count
      first.append(principals[line])
    }
    return (first, heads.map { number[$0] ?? 0 })
  }
}
