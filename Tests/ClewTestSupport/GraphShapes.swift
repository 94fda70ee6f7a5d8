public import GraphCore

extension Graph {
  /// Builds a graph from pairs of places, for examples.
  ///
  /// - Parameters:
  ///   - pairs: The source and the target of each edge.
  ///   - nodeCount: How many nodes there are at least.
  ///   - isDirected: Whether direction counts.
  /// - Throws: What the builder throws.
  public init(
    _ pairs: [(Int, Int)],
    nodeCount: Int = 0,
    isDirected: Bool = true
  ) throws(GraphError) {
    var builder = GraphBuilder(nodeCount: nodeCount, isDirected: isDirected)
    for (source, target) in pairs { builder.addEdge(from: NodeID(source), to: NodeID(target)) }
    self = try builder.build()
  }

  /// Builds a graph in which each node points at the next.
  ///
  /// - Parameters:
  ///   - nodeCount: How many nodes.
  ///   - isDirected: Whether direction counts.
  /// - Returns: The graph.
  /// - Throws: What the builder throws.
  public static func path(_ nodeCount: Int, isDirected: Bool = true) throws(GraphError) -> Graph {
    var builder = GraphBuilder(nodeCount: nodeCount, isDirected: isDirected)
    for node in 0..<max(0, nodeCount - 1) {
      builder.addEdge(from: NodeID(node), to: NodeID(node + 1))
    }
    return try builder.build()
  }

  /// Puts two graphs side by side, the nodes of the second after those of this one.
  ///
  /// - Parameter other: A graph as directed as this one.
  /// - Returns: The graph of both.
  /// - Throws: What the builder throws.
  public func beside(_ other: Graph) throws(GraphError) -> Graph {
    var builder = GraphBuilder(nodeCount: nodeCount + other.nodeCount, isDirected: isDirected)
    for edge in edges {
      builder.addEdge(from: edge.source, to: edge.target, weight: edge.weight)
    }
    for edge in other.edges {
      builder.addEdge(
        from: NodeID(edge.source.index + nodeCount),
        to: NodeID(edge.target.index + nodeCount),
        weight: edge.weight
      )
    }
    return try builder.build()
  }
}
