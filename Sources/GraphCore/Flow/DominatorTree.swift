/// Which nodes every route from the roots to a node must pass through.
///
/// A node *dominates* another when the other cannot be reached without it. Each node's nearest
/// dominator is its parent in a tree; nodes that have none hang from a virtual root above the roots.
///
/// ```swift
/// let tree = try graph.dominatorTree(from: [NodeID(0), NodeID(1)])
/// tree.immediateDominator(of: NodeID(5))  // nil: more than one way leads there, or it is a root
/// tree.subtreeSize(of: NodeID(2))         // how many would be cut off with it, itself included
/// ```
public struct DominatorTree: Equatable, Sendable {
  /// The nodes that the roots reach, in the order of a depth-first search; dominators come first.
  public let reached: [NodeID]
  /// The nearest dominator of each node, in node order; nil for those under the virtual root alone
  /// and for those not reached.
  public let immediateDominators: [NodeID?]
  /// For each node, in node order, how many nodes it dominates, itself included; 0 where it is not
  /// reached.
  public let subtreeSizes: [Int]
  /// The place of each reached node in a walk of the tree that lists every subtree in one piece.
  private let place: [Int]

  /// Derives sizes and places from nearest dominators.
  fileprivate init(reached: [NodeID], immediateDominators: [NodeID?]) {
    self.reached = reached
    self.immediateDominators = immediateDominators
    var sizes = [Int](repeating: 0, count: immediateDominators.count)
    for node in reached.reversed() {
      sizes[node.index] += 1
      if let parent = immediateDominators[node.index] { sizes[parent.index] += sizes[node.index] }
    }
    // A subtree takes as many places as it has nodes; each parent deals its own out in turn.
    var place = [Int](repeating: -1, count: sizes.count)
    var free = place
    var freeAtTop = 0
    for node in reached {
      if let parent = immediateDominators[node.index] {
        place[node.index] = free[parent.index]
        free[parent.index] += sizes[node.index]
      } else {
        place[node.index] = freeAtTop
        freeAtTop += sizes[node.index]
      }
      free[node.index] = place[node.index] + 1
    }
    subtreeSizes = sizes
    self.place = place
  }

  /// The nearest node that every route to a node passes through.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The dominator; nil for a root, for a node with several independent routes, and for a
  ///   node that is not reached.
  public func immediateDominator(of node: NodeID) -> NodeID? {
    immediateDominators[node.index]
  }

  /// Tells whether some root reaches a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Whether a route leads there.
  public func reaches(_ node: NodeID) -> Bool {
    place[node.index] >= 0
  }

  /// Counts the nodes that could not be reached without a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The count, the node itself included; 0 where it is not reached.
  public func subtreeSize(of node: NodeID) -> Int {
    subtreeSizes[node.index]
  }

  /// Tells whether every route to a node passes through another.
  ///
  /// - Parameters:
  ///   - dominator: The node that may be unavoidable.
  ///   - node: The node to reach.
  /// - Returns: Whether it is; true for a reached node and itself, false where one is not reached.
  /// - Complexity: O(1).
  public func dominates(_ dominator: NodeID, _ node: NodeID) -> Bool {
    guard reaches(dominator), reaches(node) else { return false }
    let first = place[dominator.index]
    return (first..<first + subtreeSizes[dominator.index]).contains(place[node.index])
  }

  /// Adds up a value over the nodes that each node dominates, itself included.
  ///
  /// - Parameter values: One value for each node; their sum must fit 64 bits.
  /// - Returns: One sum for each node, in node order; 0 for nodes that are not reached.
  /// - Throws: ``GraphError/wrongValueCount(expected:found:)``.
  /// - Complexity: O(*n*).
  public func subtreeSums(of values: [Int64]) throws(GraphError) -> [Int64] {
    guard values.count == subtreeSizes.count else {
      throw .wrongValueCount(expected: subtreeSizes.count, found: values.count)
    }
    var sums = [Int64](repeating: 0, count: values.count)
    for node in reached.reversed() {
      sums[node.index] += values[node.index]
      if let parent = immediateDominators[node.index] { sums[parent.index] += sums[node.index] }
    }
    return sums
  }
}

extension Graph {
  /// Finds for each node what every route to it from the roots must pass through.
  ///
  /// - Parameter roots: One node or more, all hanging from a virtual root; repeats change nothing.
  /// - Returns: The dominator tree.
  /// - Throws: ``GraphError/noStartNodes`` or ``GraphError/noSuchNode(_:nodeCount:)``.
  /// - Complexity: O(*m* log *n*) time and O(*n* + *m*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; dominators do not depend on the order of the roots.
  ///
  /// > Source: T. Lengauer, R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph",
  /// > *ACM TOPLAS* 1(1), 1979. [doi](https://doi.org/10.1145/357062.357071)
  public func dominatorTree(from roots: [NodeID]) throws(GraphError) -> DominatorTree {
    guard !roots.isEmpty else { throw .noStartNodes }
    for root in roots where !contains(root) {
      throw .noSuchNode(root, nodeCount: nodeCount)
    }
    var search = LengauerTarjan(graph: self, roots: roots.sorted())
    let dominators = search.dominators()
    let reached = (1..<search.count).map { NodeID(rawValue: search.vertex[$0]) }
    var immediate = [NodeID?](repeating: nil, count: nodeCount)
    for number in 1..<search.count where dominators[number] != 0 {
      immediate[Int(search.vertex[number])] = NodeID(rawValue: search.vertex[dominators[number]])
    }
    return DominatorTree(reached: reached, immediateDominators: immediate)
  }
}
