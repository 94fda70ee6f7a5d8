/// Collects edges and turns them into a graph.
///
/// ```swift
/// var builder = GraphBuilder(isDirected: false, selfLoops: .dropped)
/// builder.addEdge(from: NodeID(0), to: NodeID(1))
/// builder.addEdge(from: NodeID(1), to: NodeID(0), weight: 2)
/// try builder.build().edge(from: NodeID(0), to: NodeID(1))  // weight 3, multiplicity 2
/// ```
///
/// Edges between the same two nodes become one, with the sum of their weights and their count.
public struct GraphBuilder: Sendable {
  /// What becomes of edges that leave and enter the same node.
  public enum SelfLoops: Hashable, Sendable {
    /// They stay.
    case kept
    /// They are left out; their nodes stay.
    case dropped
  }

  /// What becomes of edges between the same two nodes.
  public enum Repeats: Hashable, Sendable {
    /// They become one, with the sum of their weights and their count.
    case summed
    /// They become one of weight 1, and no weights are kept at all: 4 bytes an edge and direction.
    case merged
  }

  /// Whether an edge from one node to another differs from an edge back.
  public let isDirected: Bool
  /// What becomes of edges that leave and enter the same node.
  public let selfLoops: SelfLoops
  /// What becomes of edges between the same two nodes.
  public let repeats: Repeats
  /// The number of nodes so far: those asked for and all that an edge has named.
  public private(set) var nodeCount: Int

  private var arcs = ArcList()

  /// Starts without edges.
  ///
  /// - Parameters:
  ///   - nodeCount: How many nodes there are at least, 0 or more.
  ///   - isDirected: Whether direction counts.
  ///   - selfLoops: What becomes of self-loops.
  ///   - repeats: What becomes of edges between the same two nodes.
  public init(
    nodeCount: Int = 0,
    isDirected: Bool = true,
    selfLoops: SelfLoops = .kept,
    repeats: Repeats = .summed
  ) {
    self.nodeCount = nodeCount
    self.isDirected = isDirected
    self.selfLoops = selfLoops
    self.repeats = repeats
  }

  /// Makes room, so that adding edges does not move memory.
  ///
  /// - Parameter edgeCount: How many edges will be added.
  public mutating func reserveCapacity(edgeCount: Int) {
    arcs.sources.reserveCapacity(edgeCount)
    arcs.targets.reserveCapacity(edgeCount)
  }

  /// Adds a node without edges.
  ///
  /// - Returns: The id of the node.
  @discardableResult
  public mutating func addNode() -> NodeID {
    nodeCount += 1
    return NodeID(nodeCount - 1)
  }

  /// Adds an edge, and its nodes where they are new.
  ///
  /// - Parameters:
  ///   - source: The node the edge leaves.
  ///   - target: The node the edge enters.
  ///   - weight: Its weight in the caller's unit; ``build(workers:)`` refuses one below 1.
  /// - Complexity: O(1) amortised.
  public mutating func addEdge(from source: NodeID, to target: NodeID, weight: Int64 = 1) {
    nodeCount = max(nodeCount, max(source, target).index + 1)
    if selfLoops == .dropped, source == target, weight >= 1 { return }
    if weight != 1, arcs.weights == nil {
      arcs.weights = [Int64](repeating: 1, count: arcs.count)
      arcs.weights?.reserveCapacity(arcs.sources.capacity)
    }
    arcs.sources.append(source)
    arcs.targets.append(target)
    arcs.weights?.append(weight)
  }

  /// Gives each node another number; the caller promises each number below the count once.
  mutating func renumber(_ places: [NodeID]) {
    for arc in arcs.sources.indices {
      arcs.sources[arc] = places[arcs.sources[arc].index]
      arcs.targets[arc] = places[arcs.targets[arc].index]
    }
  }

  /// Sorts the edges into rows and folds those between the same nodes.
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The graph.
  /// - Throws: ``GraphError/nonPositiveWeight(source:target:)``, ``GraphError/weightOverflow``,
  ///   ``GraphError/tooManyNodes(_:)`` or ``GraphError/tooManyEdges(_:)``.
  /// - Complexity: O(*n* + *m*) time and space, by counting sorts.
  ///
  /// > Repeatable: The same graph for any order in which the edges were added.
  public func build(workers: WorkerCount = .active) throws(GraphError) -> Graph {
    try check()
    let rows = Adjacency(
      nodeCount: nodeCount,
      arcs: arcs,
      isMirrored: !isDirected,
      repeats: repeats,
      parallel: Parallel(workers: workers)
    )
    return Graph(isDirected: isDirected, outgoing: rows)
  }

  private func check() throws(GraphError) {
    guard nodeCount < Int(UInt32.max) else { throw .tooManyNodes(nodeCount) }
    let entries = isDirected ? arcs.count : 2 * arcs.count
    guard entries <= Int(UInt32.max) else { throw .tooManyEdges(entries) }
    guard let weights = arcs.weights else { return }
    var sum: Int64 = 0
    for arc in 0..<arcs.count {
      guard weights[arc] >= 1 else {
        throw .nonPositiveWeight(source: arcs.sources[arc], target: arcs.targets[arc])
      }
      let (total, overflow) = sum.addingReportingOverflow(weights[arc])
      guard !overflow else { throw .weightOverflow }
      sum = total
    }
  }
}
