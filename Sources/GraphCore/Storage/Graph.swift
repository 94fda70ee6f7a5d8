/// A set of nodes and the weighted edges between them, made once and never changed.
///
/// ```swift
/// var builder = GraphBuilder(isDirected: true)
/// builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
/// let graph = try builder.build()
/// graph.outNeighbors(of: NodeID(0))  // [1]
/// ```
///
/// Both directions are kept as compressed sparse rows with 32-bit ids and offsets, so that a node's
/// successors and its predecessors are each one slice. An undirected graph keeps one symmetric set
/// of rows for both. Weights are integers, so that their sums are exact; a caller with fractions
/// chooses the fixed point.
///
/// > Accepts: Up to 4,294,967,294 nodes and 4,294,967,295 entries (an undirected edge has two).
public struct Graph: Equatable, Sendable {
  /// Whether an edge from one node to another differs from an edge back.
  public let isDirected: Bool
  /// The number of edges; an undirected edge counts once, and so does a self-loop.
  public let edgeCount: Int
  /// The number of edges that leave and enter the same node.
  public let selfLoopCount: Int
  /// The sum of the weights of all edges, in the caller's unit.
  public let totalWeight: Int64
  /// The largest weight of an edge, 1 where there are none.
  let largestWeight: Int64

  let outgoing: Adjacency
  /// The same value as `outgoing` where the graph is undirected.
  let incoming: Adjacency

  /// Makes a graph of rows that are known to be in order.
  init(isDirected: Bool, outgoing: Adjacency, incoming: Adjacency) {
    self.isDirected = isDirected
    self.outgoing = outgoing
    self.incoming = incoming
    let parallel = Parallel(workers: .active)
    let weights = outgoing.weights
    // Wrapping cannot hide anything: the builder has bounded the sum over all edges, and for
    // undirected ones, which come twice here, the halved difference below is exact again.
    let rowWeights = weights.map { weights in
      parallel.parts(count: weights.count, chunkSize: 1 << 16) { range in
        var (sum, largest) = (Int64(0), Int64(1))
        for place in range {
          sum &+= weights[place]
          largest = max(largest, weights[place])
        }
        return (sum, largest)
      }
    }
    let rowWeight = rowWeights.map { $0.reduce(Int64(0)) { $0 &+ $1.0 } }
    largestWeight = rowWeights.map { $0.reduce(Int64(1)) { max($0, $1.1) } } ?? 1
    let loopCounts = parallel.parts(count: outgoing.nodeCount, chunkSize: 1 << 14) { nodes in
      var (loops, weight) = (0, Int64(0))
      for node in nodes {
        guard let place = outgoing.position(of: NodeID(node), in: NodeID(node)) else { continue }
        loops += 1
        weight &+= outgoing.weight(at: place)
      }
      return (loops, weight)
    }
    let loops = loopCounts.reduce(0) { $0 + $1.0 }
    let loopWeight = loopCounts.reduce(Int64(0)) { $0 &+ $1.1 }
    let entryWeight = rowWeight ?? Int64(outgoing.neighbors.count)
    selfLoopCount = loops
    edgeCount = isDirected ? outgoing.neighbors.count : (outgoing.neighbors.count + loops) / 2
    totalWeight =
      isDirected
      ? entryWeight
      : Int64(bitPattern: UInt64(bitPattern: entryWeight &- loopWeight) / 2) + loopWeight
    assert(hasInvariants, "a graph was built with rows out of order")
  }

  /// Makes a graph without weights of rows that are known to be in order.
  init(isDirected: Bool, plain outgoing: Adjacency, incoming: Adjacency, selfLoopCount: Int) {
    self.isDirected = isDirected
    self.outgoing = outgoing
    self.incoming = incoming
    self.selfLoopCount = selfLoopCount
    let entries = outgoing.neighbors.count
    edgeCount = isDirected ? entries : (entries + selfLoopCount) / 2
    totalWeight = Int64(edgeCount)
    largestWeight = 1
    assert(hasInvariants, "a graph was built with rows out of order")
  }

  /// Makes a graph of outgoing rows that are known to be in order, and symmetric if undirected.
  init(isDirected: Bool, outgoing: Adjacency) {
    self.init(
      isDirected: isDirected,
      outgoing: outgoing,
      incoming: isDirected ? Adjacency(transposing: outgoing) : outgoing
    )
  }

  /// A graph with nodes and no edges.
  ///
  /// - Parameters:
  ///   - nodeCount: How many nodes, 0 or more.
  ///   - isDirected: Whether it counts as directed.
  public init(nodeCount: Int = 0, isDirected: Bool = true) {
    let empty = Adjacency(
      offsets: Column([UInt32](repeating: 0, count: nodeCount + 1)),
      neighbors: Column([])
    )
    self.init(isDirected: isDirected, outgoing: empty, incoming: empty)
  }

  /// The number of nodes.
  public var nodeCount: Int { outgoing.nodeCount }
  /// Whether there is no node.
  public var isEmpty: Bool { nodeCount == 0 }
  /// Whether some edge weighs other than 1.
  public var isWeighted: Bool { outgoing.weights != nil }
  /// Whether some edge stands for several that were added.
  public var hasFoldedEdges: Bool { outgoing.multiplicities != nil }
  /// Whether some edge leaves and enters the same node.
  public var hasSelfLoops: Bool { selfLoopCount > 0 }
  /// All nodes in order.
  public var nodes: Range<NodeID> { NodeID(0)..<NodeID(nodeCount) }

  /// Tells whether a node belongs to the graph.
  ///
  /// - Parameter node: Any node id.
  /// - Returns: Whether its place is below ``nodeCount``.
  public func contains(_ node: NodeID) -> Bool {
    node.index < nodeCount
  }
}

extension Graph {
  /// The nodes that edges from a node lead to.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Each once, in rising order; a slice of the graph's own storage.
  /// - Complexity: O(1).
  public func outNeighbors(of node: NodeID) -> NodeRow {
    NodeRow(outgoing.neighbors, outgoing.row(of: node))
  }

  /// The nodes from which edges lead to a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Each once, in rising order; a slice of the graph's own storage.
  /// - Complexity: O(1).
  public func inNeighbors(of node: NodeID) -> NodeRow {
    NodeRow(incoming.neighbors, incoming.row(of: node))
  }

  /// The nodes that share an edge with a node, whatever its direction.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Each once, in rising order.
  /// - Complexity: O(1) in an undirected graph, otherwise the degree of the node.
  public func neighbors(of node: NodeID) -> NodeRow {
    guard isDirected else { return outNeighbors(of: node) }
    let (left, right) = (outNeighbors(of: node), inNeighbors(of: node))
    var (a, b) = (0, 0)
    var merged: [NodeID] = []
    merged.reserveCapacity(left.count + right.count)
    while a < left.count || b < right.count {
      let isLeft = b == right.count || a < left.count && left[a] <= right[b]
      let next = isLeft ? left[a] : right[b]
      if isLeft { a += 1 } else { b += 1 }
      if merged.last != next { merged.append(next) }
    }
    return NodeRow(Column(merged), merged.indices)
  }

  /// The edges that leave a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The edges in the order of their targets.
  public func outEdges(of node: NodeID) -> EdgeRow {
    EdgeRow(node: node, adjacency: outgoing, isOutgoing: true)
  }

  /// The edges that enter a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The edges in the order of their sources.
  public func inEdges(of node: NodeID) -> EdgeRow {
    EdgeRow(node: node, adjacency: incoming, isOutgoing: false)
  }

  /// All edges by source, then target; an undirected edge comes once, its smaller node as source.
  public var edges: some Sequence<Edge> {
    nodes.lazy.flatMap { node in
      outEdges(of: node).lazy.filter { isDirected || $0.source <= $0.target }
    }
  }

  /// Finds the edge between two nodes.
  ///
  /// - Parameters:
  ///   - source: The node it leaves.
  ///   - target: The node it enters.
  /// - Returns: The edge with its weight, or nil where there is none.
  /// - Complexity: O(log of the source's degree).
  public func edge(from source: NodeID, to target: NodeID) -> Edge? {
    guard contains(source), let place = outgoing.position(of: target, in: source) else {
      return nil
    }
    return Edge(
      source: source,
      target: target,
      weight: outgoing.weight(at: place),
      multiplicity: outgoing.multiplicity(at: place)
    )
  }

  /// Tells whether there is an edge between two nodes.
  ///
  /// - Parameters:
  ///   - source: The node it leaves.
  ///   - target: The node it enters.
  /// - Returns: Whether there is one.
  /// - Complexity: O(log of the source's degree).
  public func hasEdge(from source: NodeID, to target: NodeID) -> Bool {
    contains(source) && outgoing.position(of: target, in: source) != nil
  }
}
