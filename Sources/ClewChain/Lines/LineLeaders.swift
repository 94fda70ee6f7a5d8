internal import GraphCore

/// Who leads which line: each principal his own, unless two supply the same agents.
///
/// Partners serve the same second-level agents; principals who only trade with each other do not. Two
/// principals lead one line when they share at least ``leastShared`` buyers who resell and these are at
/// least half of the buyers who resell that the smaller of them has.
struct LineLeaders: Sendable {
  /// The principal with the lowest party of each line.
  private(set) var first: [NodeID] = []
  /// The line of every principal.
  private(set) var lineOf: [NodeID: Int] = [:]

  private static let leastShared = 2

  init(_ market: Market, _ roles: [Role]) {
    let graph = market.graph
    let principals = graph.nodes.filter { roles[$0.index] == .firstLevelAgent }
    var leads: [NodeID: Set<NodeID>] = [:]
    var suppliersOf: [NodeID: [NodeID]] = [:]
    for principal in principals {
      for buyer in graph.outNeighbors(of: principal)
      where roles[buyer.index] == .secondLevelAgent || roles[buyer.index] == .subAgent {
        leads[principal, default: []].insert(buyer)
        suppliersOf[buyer, default: []].append(principal)
      }
    }
    var shared: [NodeID: [NodeID: Int]] = [:]
    for buyer in suppliersOf.keys.sorted() {
      // Whom a hundred principals supply tells of no partnership.
      let suppliers = (suppliersOf[buyer] ?? []).prefix(RelayIndex.legLimit)
      for (place, one) in suppliers.enumerated() {
        for other in suppliers.dropFirst(place + 1) {
          shared[other, default: [:]][one, default: 0] += 1
        }
      }
    }
    for principal in principals {
      let mine = leads[principal]?.count ?? 0
      let partner = (shared[principal] ?? [:]).sorted { $0.key < $1.key }.first { other, count in
        count >= Self.leastShared && 2 * count >= min(mine, leads[other]?.count ?? 0)
      }
      if let line = partner.flatMap({ lineOf[$0.key] }) {
        lineOf[principal] = line
      } else {
        lineOf[principal] = first.count
        first.append(principal)
      }
    }
  }
}
