/// How many edges lie between the start of a search and each node.
public struct Distances: Equatable, Sendable {
  /// The steps to each node, or -1 where it was not reached.
  let steps: [Int32]

  /// The number of edges on a shortest route to a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The number, 0 for a start node, or nil where no route leads there.
  public subscript(node: NodeID) -> Int? {
    let steps = steps[node.index]
    return steps < 0 ? nil : Int(steps)
  }

  /// The nodes that were reached, nearest first; within a distance by id.
  ///
  /// - Complexity: O(*n*).
  public var reached: [NodeID] {
    var starts = [Int](repeating: 0, count: furthest + 2)
    for step in steps where step >= 0 { starts[Int(step) + 1] += 1 }
    for step in 0...furthest { starts[step + 1] += starts[step] }
    var nodes = [NodeID](repeating: NodeID(rawValue: 0), count: starts[furthest + 1])
    for (node, step) in steps.enumerated() where step >= 0 {
      nodes[starts[Int(step)]] = NodeID(node)
      starts[Int(step)] += 1
    }
    return nodes
  }

  /// The number of nodes that were reached.
  ///
  /// - Complexity: O(*n*).
  public var reachedCount: Int { steps.count { $0 >= 0 } }

  /// The largest distance of a node that was reached.
  ///
  /// - Complexity: O(*n*).
  public var furthest: Int { max(0, Int(steps.max() ?? 0)) }
}
