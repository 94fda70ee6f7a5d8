/// Names a node by its place in the graph, from 0 to one less than the number of nodes.
///
/// ```swift
/// let first = NodeID(0)
/// graph.outNeighbors(of: first).map(\.index)
/// ```
///
/// It is 32 bits wide, so that a row of neighbours takes half the memory of a row of integers.
public struct NodeID: Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The place of the node, as it is stored.
  public let rawValue: UInt32

  /// The place of the node, as an array index.
  public var index: Int { Int(rawValue) }

  /// Names the node at a place.
  ///
  /// - Parameter index: From 0 to 4,294,967,294; anything else is a programming error.
  public init(_ index: Int) {
    rawValue = UInt32(index)
  }

  /// Names the node at a place that is 32 bits wide already.
  ///
  /// - Parameter rawValue: The place of the node.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Tells whether one node stands before another.
  ///
  /// - Parameters:
  ///   - left: The node that may stand first.
  ///   - right: The node that may stand after it.
  /// - Returns: Whether the place of `left` is the smaller.
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension NodeID: Strideable {
  /// Counts the places from this node to another.
  ///
  /// - Parameter other: The node to count to.
  /// - Returns: The number of places, negative where `other` stands before this node.
  public func distance(to other: Self) -> Int {
    other.index - index
  }

  /// Finds the node a number of places further on.
  ///
  /// - Parameter places: How far to go, negative to go back.
  /// - Returns: The node there.
  public func advanced(by places: Int) -> Self {
    Self(index + places)
  }
}

extension NodeID: CustomStringConvertible {
  /// The place of the node in digits.
  public var description: String { String(rawValue) }
}
