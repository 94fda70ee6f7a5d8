/// A graph whose nodes are known outside by numbers.
public struct NumberedGraph: Equatable, Sendable {
  /// The nodes and edges; ids run as the numbers do.
  public let graph: Graph
  /// The number of each node.
  public let numbers: NodeNumbers

  init(graph: Graph, numbers: NodeNumbers) {
    self.graph = graph
    self.numbers = numbers
  }

  /// The same graph with the numbers as names.
  ///
  /// - Returns: The graph with a table of names.
  /// - Complexity: O(*n*), and tens of bytes a node.
  public func labelled() -> LabelledGraph {
    let table = NodeTable(distinct: graph.nodes.map { String(numbers[$0]) })
    guard let labelled = try? LabelledGraph(graph: graph, table: table) else {
      preconditionFailure("there is one number for each node")
    }
    return labelled
  }
}

/// Which number belongs to which node, both ways: eight bytes a node, and none where the numbers run
/// from 0 without a gap.
public struct NodeNumbers: Equatable, Sendable {
  /// The number of nodes.
  public let count: Int
  /// The numbers in rising order, or nil where each node is its own number.
  private let rising: Column<UInt64>?

  init(identity count: Int) {
    self.count = count
    rising = nil
  }

  init(rising: Column<UInt64>) {
    count = rising.count
    self.rising = rising
  }

  /// The number of a node.
  ///
  /// - Parameter node: A node below ``count``.
  /// - Returns: Its number.
  public subscript(node: NodeID) -> UInt64 {
    rising?[node.index] ?? UInt64(node.rawValue)
  }

  /// Finds the node of a number.
  ///
  /// - Parameter number: Any number.
  /// - Returns: The node, or nil where no node has the number.
  /// - Complexity: O(log *n*).
  public func node(for number: UInt64) -> NodeID? {
    guard let rising else { return number < UInt64(count) ? NodeID(Int(number)) : nil }
    let place = rising.firstPlace { $0 >= number }
    return place < count && rising[place] == number ? NodeID(place) : nil
  }
}

extension Column {
  /// The first place whose value passes a test that, once passed, all later ones pass; by halving.
  func firstPlace(where passes: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if passes(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
