public import GraphCore

/// A first look at a large network of supply: parts, tiers, lines, hubs, and what rests on whom.
///
/// It knows edges alone, no records and no roles, so that it is a map for deciding where to look, never
/// a finding about a person.
///
/// > Repeatable: The same for any number of workers.
public struct GraphOutline: Sendable {
  /// What hangs on one head.
  public struct Line: Sendable, Equatable {
    /// The node that the line begins with.
    public let head: NodeID
    /// The nodes whose walks back lead to this head more than to any other, itself included.
    public let members: Int
    /// The nodes that no head reaches without this one.
    public let butFor: Int
  }

  /// A busy node.
  public struct Hub: Sendable, Equatable {
    /// The node.
    public let node: NodeID
    /// The weight of its edges to others.
    public let out: Int64
    /// The weight of the edges to it.
    public let into: Int64
    /// Its tier, 1 for a head; nil where no head reaches it.
    public let tier: Int?
    /// The place of its line among ``GraphOutline/lines``.
    public let line: Int?
    /// The nodes that no head reaches without it.
    public let butFor: Int
  }

  /// The nodes of each connected component, and of each in which all reach each other.
  public let components: Components
  /// Groups within which every node reaches every other.
  public let strongComponents: Components
  /// The share of edges with an edge back; nil where no edge joins two nodes.
  public let reciprocity: Double?
  /// How many nodes lie at each tier: the heads first, then by steps from the nearest head.
  public let tiers: [Int]
  /// The nodes that no head reaches.
  public let unreached: Int
  /// The lines, in the order of their heads.
  public let lines: [Line]
  /// The nodes with the largest weight of edges to others, largest first.
  public let hubs: [Hub]

  /// Whether so many links run both ways that the network is one of talk, not of supply.
  ///
  /// Calls, mail and advice are answered: in five networks of such talk 45 to 88 of a hundred links run both
  /// ways. Goods run down: in the networks of supply of the data sets none to 6 of a hundred do.
  public var looksLikeTalk: Bool { reciprocity.map { $0 >= Self.talk } == true }

  private static let talk = 0.25

  /// Looks at a graph.
  ///
  /// - Parameters:
  ///   - graph: A directed graph, edges from supplier to buyer.
  ///   - heads: The nodes that lines begin with; where there are none, those that hand on most more than
  ///     they receive.
  ///   - lineCount: How many lines there are where no heads are named.
  ///   - hubCount: How many hubs are listed.
  ///   - workers: How many processors may help.
  /// - Throws: `GraphError` where a head is not in the graph, or there is no node at all.
  public init(
    of graph: Graph,
    heads: [NodeID] = [],
    lineCount: Int = 9,
    hubCount: Int = 10,
    workers: WorkerCount = .active
  ) throws(GraphError) {
    let out = graph.outWeights
    let into = graph.inWeights
    let heads = heads.isEmpty ? Self.heads(out, into, count: lineCount) : heads
    components = graph.connectedComponents(workers: workers)
    strongComponents = graph.stronglyConnectedComponents(workers: workers)
    reciprocity = graph.reciprocity()
    let distances = try graph.distances(from: heads, workers: workers)
    var tiers = [Int](repeating: 0, count: distances.furthest + 1)
    for node in graph.nodes { if let steps = distances[node] { tiers[steps] += 1 } }
    self.tiers = tiers
    unreached = graph.nodeCount - tiers.reduce(0, +)
    let lineOf = try Self.nearest(heads, in: graph, workers)
    var members = [Int](repeating: 0, count: heads.count)
    for line in lineOf where line >= 0 { members[Int(line)] += 1 }
    let tree = try graph.dominatorTree(from: heads)
    lines = heads.indices.map { line in
      Line(
        head: heads[line],
        members: members[line],
        butFor: tree.subtreeSize(of: heads[line]) - 1
      )
    }
    hubs = Self.largest(out, count: hubCount).map { node in
      let line = Int(lineOf[node.index])
      return Hub(
        node: node,
        out: out[node.index],
        into: into[node.index],
        tier: distances[node].map { $0 + 1 },
        line: line < 0 ? nil : line,
        butFor: max(0, tree.subtreeSize(of: node) - 1)
      )
    }
  }

  /// The nodes that hand on most more than they receive, or where all receive as much, that hand on most.
  private static func heads(_ out: [Int64], _ into: [Int64], count: Int) -> [NodeID] {
    // Each sum is bounded by the weight of the whole graph.
    let heads = largest(zip(out, into).map { $0 - $1 }, count: count)
    return heads.isEmpty ? largest(out, count: count) : heads
  }

  /// The nodes of the largest values, largest first, of equals the first; none for 0 or less.
  private static func largest(_ values: [Int64], count: Int) -> [NodeID] {
    var best: [(value: Int64, node: NodeID)] = []
    for (place, value) in values.enumerated() where value > 0 {
      if best.count >= count, let least = best.last, value <= least.value { continue }
      let after = best.firstIndex { $0.value < value } ?? best.count
      best.insert((value, NodeID(place)), at: after)
      if best.count > count { best.removeLast() }
    }
    return best.map(\.node)
  }

  /// For each node the line on which a walk from the heads is most likely found there, -1 for none.
  ///
  /// A walk follows edges by weight and goes back to its own head with probability 0.15.
  private static func nearest(
    _ heads: [NodeID],
    in graph: Graph,
    _ workers: WorkerCount
  ) throws(GraphError) -> [Int8] {
    let rank = PageRank(
      tolerance: 1e-6,
      maximumRounds: 30,
      precision: .single,
      workers: workers
    )
    var lineOf = [Int8](repeating: -1, count: graph.nodeCount)
    var most = [Double](repeating: 0, count: graph.nodeCount)
    for first in stride(from: 0, to: heads.count, by: 8) {
      let batch = heads[first..<min(first + 8, heads.count)]
      let walks = try rank.scores(of: graph, fromEach: batch.map { [$0] })
      for (place, walk) in walks.enumerated() {
        for node in most.indices where walk.scores[node] > most[node] {
          (most[node], lineOf[node]) = (walk.scores[node], Int8(first + place))
        }
      }
    }
    return lineOf
  }

  /// The most lines that can be told apart.
  public static let mostLines = 100
}
