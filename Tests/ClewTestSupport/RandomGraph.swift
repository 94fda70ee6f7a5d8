public import GraphCore

/// Small random graphs for tests: thin ones, dense ones, with and without loops and repeats.
public enum RandomGraph {
  /// Draws a graph of up to 24 nodes.
  ///
  /// - Parameters:
  ///   - seed: Decides everything.
  ///   - isDirected: Whether direction counts.
  ///   - isWeighted: Whether weights run from 1 to 9; otherwise all are 1 but for repeats.
  ///   - hasSelfLoops: Whether edges may leave and enter the same node.
  /// - Returns: The graph.
  /// - Throws: Nothing, as the edges are within range.
  public static func small(
    seed: UInt64,
    isDirected: Bool = true,
    isWeighted: Bool = false,
    hasSelfLoops: Bool = true
  ) throws(GraphError) -> Graph {
    var random = SplitMix64(seed: seed)
    let nodeCount = 1 + random.next(below: 24)
    let density = 1 + random.next(below: 4)
    return try graph(
      nodeCount: nodeCount,
      edgeCount: random.next(below: density * nodeCount + 1),
      isDirected: isDirected,
      isWeighted: isWeighted,
      hasSelfLoops: hasSelfLoops,
      using: &random
    )
  }

  /// Draws a graph of a given size.
  ///
  /// - Parameters:
  ///   - nodeCount: How many nodes, 1 or more.
  ///   - edgeCount: How many edges are added; repeats are folded.
  ///   - isDirected: Whether direction counts.
  ///   - isWeighted: Whether weights run from 1 to 9.
  ///   - hasSelfLoops: Whether edges may leave and enter the same node.
  ///   - random: The source of chance.
  /// - Returns: The graph.
  /// - Throws: Nothing, as the edges are within range.
  public static func graph(
    nodeCount: Int,
    edgeCount: Int,
    isDirected: Bool = true,
    isWeighted: Bool = false,
    hasSelfLoops: Bool = true,
    using random: inout SplitMix64
  ) throws(GraphError) -> Graph {
    var builder = GraphBuilder(
      nodeCount: nodeCount,
      isDirected: isDirected,
      selfLoops: hasSelfLoops ? .kept : .dropped
    )
    for _ in 0..<edgeCount {
      let source = NodeID(random.next(below: nodeCount))
      let target = NodeID(random.next(below: nodeCount))
      let weight = isWeighted ? Int64(1 + random.next(below: 9)) : 1
      builder.addEdge(from: source, to: target, weight: weight)
    }
    return try builder.build()
  }

  /// Draws a new order for the nodes of a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - seed: Decides the order.
  /// - Returns: For each node its new place.
  public static func places(for graph: Graph, seed: UInt64) -> [NodeID] {
    var random = SplitMix64(seed: ~seed)
    return random.shuffled(Array(graph.nodes))
  }
}
