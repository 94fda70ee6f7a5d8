internal import GraphCore

/// Who can pass goods on to whom, as far as the links show.
///
/// Goods enter at the *origins*: those whom nobody else is seen to supply, and everybody in a circle
/// that nobody outside of it supplies. They leave at the *final buyers*, who supply nobody seen. A link
/// that runs against one at least ``Market/contradiction`` times as strong carries nothing, as in the
/// roles.
///
/// Who was no origin does not become one when his suppliers are arrested: that somebody finds new
/// suppliers is not in the evidence.
struct SupplyNetwork: Sendable {
  /// One link as the network sees it.
  struct Link: Sendable, Hashable {
    let supplier: Int
    let buyer: Int
    var dealings: Int64
    /// Records delivered, at most ``itemLimit``.
    var items: Int64
    var isFirm = true
    /// A number for the draws that depends on the two parties only.
    var key: UInt64 = 0
  }

  /// The party of each node, ascending.
  let parties: [Int]
  /// Dealings from supplier to buyer.
  let graph: Graph
  /// Where goods enter, ascending.
  let origins: [NodeID]
  /// Whether a node buys and supplies nobody.
  let isFinal: [Bool]
  /// The links to final buyers with the records that went over them: where goods leave, they are
  /// counted once.
  let finalLinks: [FinalLink]

  /// A link over which goods leave the network.
  struct FinalLink: Sendable {
    let supplier: NodeID
    let buyer: NodeID
    let items: Int64
  }

  /// No link counts for more records than this, so that sums fit.
  static let itemLimit: Int64 = 100_000_000_000

  init(_ links: [Link]) {
    let parties = Set(links.flatMap { [$0.supplier, $0.buyer] }).sorted()
    var nodeOf: [Int: Int] = [:]
    for (node, party) in parties.enumerated() { nodeOf[party] = node }
    var dealings: [Direction: Int64] = [:]
    for link in links { dealings[Direction(link.supplier, link.buyer)] = link.dealings }
    var builder = GraphBuilder(nodeCount: parties.count, isDirected: true, selfLoops: .dropped)
    var kept: [(supplier: Int, buyer: Int, items: Int64)] = []
    for link in links {
      guard let supplier = nodeOf[link.supplier], let buyer = nodeOf[link.buyer] else { continue }
      let reverse = dealings[Direction(link.buyer, link.supplier)] ?? 0
      guard reverse / Market.contradiction < link.dealings else { continue }
      builder.addEdge(from: NodeID(supplier), to: NodeID(buyer), weight: max(1, link.dealings))
      kept.append((supplier, buyer, min(max(0, link.items), Self.itemLimit)))
    }
    // The builder refuses only nodes out of range and weights that overflow; neither can be here.
    let graph = (try? builder.build()) ?? Graph(nodeCount: parties.count)
    let isFinal = graph.nodes.map { graph.inDegree(of: $0) > 0 && graph.outDegree(of: $0) == 0 }
    self.parties = parties
    self.graph = graph
    self.isFinal = isFinal
    finalLinks = kept.filter { isFinal[$0.buyer] }.map {
      FinalLink(supplier: NodeID($0.supplier), buyer: NodeID($0.buyer), items: $0.items)
    }
    origins = Self.origins(of: graph)
  }

  /// The links of a case.
  static func links(of analysis: ChainAnalysis) -> [Link] {
    analysis.links.map { finding in
      Link(
        supplier: finding.supplier,
        buyer: finding.buyer,
        dealings: Int64(finding.link.dealings),
        items: finding.link.itemTotal,
        isFirm: finding.link.grade <= .b,
        key: key(finding.id)
      )
    }
  }

  /// FNV-1a of an id.
  private static func key(_ id: String) -> UInt64 {
    id.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func origins(of graph: Graph) -> [NodeID] {
    let circles = graph.stronglyConnectedComponents()
    let circle = circles.labels.map(Int.init)
    var isSupplied = [Bool](repeating: false, count: circles.count)
    for edge in graph.edges where circle[edge.source.index] != circle[edge.target.index] {
      isSupplied[circle[edge.target.index]] = true
    }
    return graph.nodes.filter { graph.outDegree(of: $0) > 0 && !isSupplied[circle[$0.index]] }
  }

  /// Whom supply reaches while some are gone: found by walking down from the origins that are left.
  ///
  /// - Complexity: O(*n* + *m*).
  func reached(without removed: [Bool]) -> [Bool] {
    var isReached = [Bool](repeating: false, count: parties.count)
    var stack = origins.filter { !removed[$0.index] }
    for origin in stack { isReached[origin.index] = true }
    while let node = stack.popLast() {
      for buyer in graph.outNeighbors(of: node)
      where !isReached[buyer.index] && !removed[buyer.index] {
        isReached[buyer.index] = true
        stack.append(buyer)
      }
    }
    return isReached
  }

  /// What is supplied while some are gone.
  ///
  /// - Complexity: O(*n* + *m*).
  func left(without removed: [Bool]) -> SupplyLeft {
    let isReached = reached(without: removed)
    var left = SupplyLeft(persons: 0, customers: 0, records: 0)
    for node in graph.nodes where isReached[node.index] {
      left.persons += 1
      if isFinal[node.index] { left.customers += 1 }
    }
    for link in finalLinks where isReached[link.supplier.index] && isReached[link.buyer.index] {
      left.records += link.items
    }
    return left
  }

  /// The network's graph without some nodes; the numbers of the others stay.
  func graph(without removed: [Bool]) -> Graph {
    var builder = GraphBuilder(nodeCount: parties.count, isDirected: true)
    for edge in graph.edges where !removed[edge.source.index] && !removed[edge.target.index] {
      builder.addEdge(from: edge.source, to: edge.target, weight: edge.weight)
    }
    return (try? builder.build()) ?? Graph(nodeCount: parties.count)
  }
}

/// How much is still supplied.
public struct SupplyLeft: Sendable, Hashable {
  /// Persons whom supply reaches, the origins included.
  public var persons: Int
  /// Of them, those who buy and supply nobody seen.
  public var customers: Int
  /// Records that went to such buyers from suppliers whom supply still reaches.
  public var records: Int64
}
