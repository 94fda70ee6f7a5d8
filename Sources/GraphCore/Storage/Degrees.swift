extension Graph {
  /// The number of edges that leave a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The count; a self-loop counts once.
  /// - Complexity: O(1).
  public func outDegree(of node: NodeID) -> Int {
    outgoing.row(of: node).count
  }

  /// The number of edges that enter a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The count; a self-loop counts once.
  /// - Complexity: O(1).
  public func inDegree(of node: NodeID) -> Int {
    incoming.row(of: node).count
  }

  /// The number of edge ends at a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Edges out and in together, or the edges of an undirected graph; a self-loop has two
  ///   ends.
  /// - Complexity: O(1), and O(log of the degree) in an undirected graph.
  public func degree(of node: NodeID) -> Int {
    guard !isDirected else { return outDegree(of: node) + inDegree(of: node) }
    return outDegree(of: node) + (hasSelfLoops && hasEdge(from: node, to: node) ? 1 : 0)
  }

  /// The sum of the weights of the edges that leave a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The sum in the caller's unit; exact.
  /// - Complexity: O(degree of the node).
  public func outWeight(of node: NodeID) -> Int64 {
    outgoing.weightSum(of: node.index)
  }

  /// The sum of the weights of the edges that enter a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The sum in the caller's unit; exact.
  /// - Complexity: O(degree of the node).
  public func inWeight(of node: NodeID) -> Int64 {
    incoming.weightSum(of: node.index)
  }

  /// The number of edges that leave each node, in node order.
  public var outDegrees: [Int] { nodes.map { outDegree(of: $0) } }
  /// The number of edges that enter each node, in node order.
  public var inDegrees: [Int] { nodes.map { inDegree(of: $0) } }
  /// The number of edge ends at each node, in node order; a self-loop has two.
  public var degrees: [Int] { nodes.map { degree(of: $0) } }
  /// The sum of the weights that leave each node, in node order and the caller's unit.
  public var outWeights: [Int64] { nodes.map { outWeight(of: $0) } }
  /// The sum of the weights that enter each node, in node order and the caller's unit.
  public var inWeights: [Int64] { nodes.map { inWeight(of: $0) } }
}

extension Adjacency {
  /// The builder has bounded the sum over all edges, so that the sum of a row cannot overflow.
  func weightSum(of index: Int) -> Int64 {
    let row = row(at: index)
    guard let weights else { return Int64(row.count) }
    var sum: Int64 = 0
    for position in row { sum += weights[position] }
    return sum
  }
}
