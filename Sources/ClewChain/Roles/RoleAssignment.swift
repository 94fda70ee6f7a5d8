internal import GraphCore

/// Finds sources, principals and customers among the parties that trade (DESIGN §5).
///
/// 1. A party that supplies and is not supplied is a *source*, unless it supplies many kinds to
///    many buyers while its own phone is unseen: then its suppliers are what is unseen, and it is a
///    principal.
/// 2. A party that is supplied and supplies is an agent. It is a *principal* when sources supply it
///    at least as much as agents do, exchange between equals not counted.
/// 3. A party that is supplied only is a *customer*.
/// 4. Agents who supply each other in a circle that nobody supplies stand at the top together: each
///    that supplies many kinds to many buyers is a principal, the others are left undetermined.
///
/// Which level the other agents have is the tiers' business (``TierAssignment``).
struct RoleAssignment: Sendable {
  /// What is known of a node before tiers are.
  enum Position: Sendable, Hashable {
    case source, principal, agent, customer, thin
  }

  /// The position of each node.
  private(set) var positions: [Position]
  /// The rule that gave it.
  private(set) var rules: [RoleRule]

  /// A root with this many categories and ``broadBuyers`` buyers has suppliers whom nobody sees.
  static let broadCategories = 3
  /// How many buyers make a root broad.
  static let broadBuyers = 4

  init(_ market: Market) {
    let graph = market.graph
    positions = [Position](repeating: .customer, count: graph.nodeCount)
    rules = [RoleRule](repeating: .buysOnly, count: graph.nodeCount)
    for node in graph.nodes {
      let buys = graph.inDegree(of: node) > 0
      let sells = graph.outDegree(of: node) > 0
      guard sells else { continue }
      if buys {
        set(node, .agent, .resellsBelowPrincipal)
      } else {
        placeRoot(node, market)
      }
    }
    for node in graph.nodes where positions[node.index] == .agent {
      if isPrincipal(node, graph) { principals.append(node) }
    }
    for node in principals { set(node, .principal, .suppliedBySources) }
    placeTopCircles(market)
  }

  /// Rule 4: strongly connected agents without a supplier outside.
  private mutating func placeTopCircles(_ market: Market) {
    let graph = market.graph
    let components = graph.stronglyConnectedComponents()
    let circle = components.labels.map(Int.init)
    var isSupplied = [Bool](repeating: false, count: components.count)
    for edge in graph.edges where circle[edge.source.index] != circle[edge.target.index] {
      isSupplied[circle[edge.target.index]] = true
    }
    for node in graph.nodes where positions[node.index] == .agent {
      let mine = circle[node.index]
      guard components.sizes[mine] > 1, !isSupplied[mine] else { continue }
      let kinds = market.supplied[node.index].nonzeroBitCount
      if kinds >= Self.broadCategories, graph.outDegree(of: node) >= Self.broadBuyers {
        set(node, .principal, .broadWithoutSuppliers)
      }
    }
  }

  private var principals: [NodeID] = []

  private mutating func set(_ node: NodeID, _ position: Position, _ rule: RoleRule) {
    positions[node.index] = position
    rules[node.index] = rule
  }

  private mutating func placeRoot(_ node: NodeID, _ market: Market) {
    let graph = market.graph
    let buyers = graph.outNeighbors(of: node)
    let reselling = buyers.count { graph.outDegree(of: $0) > 0 }
    let kinds = market.supplied[node.index].nonzeroBitCount
    let isSeized = market.isSeized[node.index]
    if !isSeized, kinds >= Self.broadCategories, buyers.count >= Self.broadBuyers {
      set(node, .principal, .broadWithoutSuppliers)
    } else if reselling > 0 || isSeized || kinds <= 1 {
      set(node, .source, .suppliesOnly)
    } else {
      set(node, .thin, .thinSupplier)
    }
  }

  private func isPrincipal(_ node: NodeID, _ graph: Graph) -> Bool {
    var fromSources: Int64 = 0
    var fromAgents: Int64 = 0
    var largest: Int64 = 0
    var largestIsSource = false
    for edge in graph.inEdges(of: node) {
      let isSource = positions[edge.source.index] == .source
      let back = graph.edge(from: node, to: edge.source)?.weight ?? 0
      if isSource {
        fromSources += edge.weight
      } else {
        fromAgents += max(0, edge.weight - back)
      }
      if edge.weight > largest || (edge.weight == largest && isSource) {
        largest = edge.weight
        largestIsSource = isSource
      }
    }
    guard fromSources > 0 else { return false }
    return fromSources >= fromAgents || (largestIsSource && fromSources * 2 >= fromAgents)
  }

  /// The principals in node order.
  var principalNodes: [NodeID] {
    positions.indices.filter { positions[$0] == .principal }.map(NodeID.init)
  }
}
