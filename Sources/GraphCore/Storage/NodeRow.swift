/// The neighbours of a node, in rising order: a stretch of the graph's own storage.
public struct NodeRow: RandomAccessCollection, Sendable {
  private let nodes: Column<NodeID>
  private let first: Int
  /// The number of neighbours.
  public let count: Int

  init(_ nodes: Column<NodeID>, _ range: Range<Int>) {
    precondition(range.upperBound <= nodes.count, "a row ends outside the storage")
    self.nodes = nodes
    first = range.lowerBound
    count = range.count
  }

  /// The place of the first neighbour, 0.
  public var startIndex: Int { 0 }
  /// The place after the last neighbour.
  public var endIndex: Int { count }

  /// The neighbour at a place of the row.
  ///
  /// - Parameter place: From 0 to before ``count``.
  /// - Returns: The neighbour.
  public subscript(place: Int) -> NodeID {
    precondition(place >= 0 && place < count, "outside the row")
    return nodes[first + place]
  }
}

extension NodeRow: Equatable {
  /// Tells whether two rows hold the same nodes.
  ///
  /// - Parameters:
  ///   - left: One row.
  ///   - right: The other.
  /// - Returns: Whether they are equal node by node.
  public static func == (left: Self, right: Self) -> Bool {
    left.elementsEqual(right)
  }
}
