/// A connection between two nodes, with its weight.
public struct Edge: Hashable, Sendable {
  /// The node the edge leaves.
  public let source: NodeID
  /// The node the edge enters.
  public let target: NodeID
  /// The sum of the weights of all edges added between the two, in the caller's unit; at least 1.
  public let weight: Int64
  /// How many added edges were folded into this one; at least 1.
  public let multiplicity: Int

  /// Whether the edge leaves and enters the same node.
  public var isSelfLoop: Bool { source == target }

  /// Describes an edge.
  ///
  /// - Parameters:
  ///   - source: The node the edge leaves.
  ///   - target: The node the edge enters.
  ///   - weight: The weight in the caller's unit, at least 1.
  ///   - multiplicity: How many added edges it stands for, at least 1.
  public init(source: NodeID, target: NodeID, weight: Int64 = 1, multiplicity: Int = 1) {
    self.source = source
    self.target = target
    self.weight = weight
    self.multiplicity = multiplicity
  }
}

/// The edges at one node, in the order of the nodes at their other ends.
public struct EdgeRow: RandomAccessCollection, Sendable {
  let node: NodeID
  let adjacency: Adjacency
  let isOutgoing: Bool

  /// The place of the first edge of the row.
  public let startIndex: Int
  /// The place after the last edge of the row.
  public let endIndex: Int

  init(node: NodeID, adjacency: Adjacency, isOutgoing: Bool) {
    self.node = node
    self.adjacency = adjacency
    self.isOutgoing = isOutgoing
    let row = adjacency.row(of: node)
    startIndex = row.lowerBound
    endIndex = row.upperBound
  }

  /// The edge at a place of the row.
  ///
  /// - Parameter position: From ``startIndex`` to before ``endIndex``.
  /// - Returns: The edge, with its own direction whichever end the row belongs to.
  public subscript(position: Int) -> Edge {
    let other = adjacency.neighbors[position]
    return Edge(
      source: isOutgoing ? node : other,
      target: isOutgoing ? other : node,
      weight: adjacency.weight(at: position),
      multiplicity: adjacency.multiplicity(at: position)
    )
  }
}
