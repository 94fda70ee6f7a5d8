internal import GraphCore

/// The supply links of a case as a graph of the parties that trade.
///
/// Edges run from supplier to buyer and weigh the number of dealings. A link that runs against a
/// link at least ``contradiction`` times as strong is left out here (it stays in the findings as a
/// contradiction): a source that once received rows does not become a customer.
struct Market: Sendable {
  /// The party of each node, ascending.
  let parties: [Int]
  /// Dealings from supplier to buyer.
  let graph: Graph
  /// The categories that each node supplies, one bit each.
  let supplied: [UInt32]
  /// The categories that each node buys, one bit each.
  let bought: [UInt32]
  /// Whether the case holds the node's own device or account.
  let isSeized: [Bool]

  /// How many times stronger the other direction must be to overrule a link.
  static let contradiction: Int64 = 4

  /// One weighted link, as the role rules see it.
  struct Link: Sendable {
    let supplier: Int
    let buyer: Int
    var dealings: Int64
    let categories: UInt32
  }

  init(links: [Link], seized: Set<Int>) {
    let parties = Set(links.flatMap { [$0.supplier, $0.buyer] }).sorted()
    var nodeOf: [Int: Int] = [:]
    for (node, party) in parties.enumerated() { nodeOf[party] = node }
    var dealings: [Direction: Int64] = [:]
    for link in links { dealings[Direction(link.supplier, link.buyer)] = link.dealings }
    var builder = GraphBuilder(nodeCount: parties.count, isDirected: true, selfLoops: .dropped)
    var supplied = [UInt32](repeating: 0, count: parties.count)
    var bought = supplied
    for link in links {
      guard let supplier = nodeOf[link.supplier], let buyer = nodeOf[link.buyer] else { continue }
      let reverse = dealings[Direction(link.buyer, link.supplier)] ?? 0
      guard reverse < Self.contradiction * link.dealings else { continue }
      builder.addEdge(
        from: NodeID(supplier),
        to: NodeID(buyer),
        weight: max(1, link.dealings)
      )
      supplied[supplier] |= link.categories
      bought[buyer] |= link.categories
    }
    self.parties = parties
    self.supplied = supplied
    self.bought = bought
    isSeized = parties.map(seized.contains)
    // The builder refuses only nodes out of range and weights that overflow; neither can be here.
    graph = (try? builder.build()) ?? Graph(nodeCount: parties.count)
  }

  /// How many steps of supply run on below each node, at most `limit`.
  ///
  /// - Complexity: O(`limit` (*n* + *m*)).
  func stepsBelow(limit: Int) -> [Int] {
    var steps = [Int](repeating: 0, count: graph.nodeCount)
    for round in 1...max(1, limit) {
      for node in graph.nodes
      where graph.outNeighbors(of: node).contains(where: { steps[$0.index] >= round - 1 }) {
        steps[node.index] = round
      }
    }
    return steps
  }

  /// The node of a party.
  func node(of party: Int) -> NodeID? {
    let place = parties.partitioningIndex { $0 >= party }
    return place < parties.count && parties[place] == party ? NodeID(place) : nil
  }
}

extension Market.Link {
  /// A found link with so many dealings, of the categories of which it delivered something.
  init(_ link: SupplyLink, dealings: Int64) {
    var categories: UInt32 = 0
    for (place, count) in link.items.dropLast().enumerated() where count > 0 {
      categories |= 1 << UInt32(place)
    }
    self.init(
      supplier: link.supplier,
      buyer: link.buyer,
      dealings: dealings,
      categories: categories
    )
  }
}
