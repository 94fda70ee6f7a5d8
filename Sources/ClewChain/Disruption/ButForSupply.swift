internal import GraphCore

/// Counts whom supply would not reach but for one party.
///
/// The dominator tree from a virtual root over everybody whose goods come from outside the picture:
/// what a node dominates could be reached only through it.
///
/// > Source: T. Lengauer, R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph",
/// > *ACM Trans. Program. Lang. Syst.* 1(1), 1979. [doi](https://doi.org/10.1145/357062.357071)
struct ButForSupply: Sendable {
  /// How many nodes each node dominates, itself not counted.
  let exclusiveDownstream: [Int]

  init(_ graph: Graph) {
    let roots = graph.nodes.filter { graph.inDegree(of: $0) == 0 && graph.outDegree(of: $0) > 0 }
    guard !roots.isEmpty, let tree = try? graph.dominatorTree(from: roots) else {
      exclusiveDownstream = [Int](repeating: 0, count: graph.nodeCount)
      return
    }
    exclusiveDownstream = graph.nodes.map { node in
      tree.reaches(node) ? max(0, tree.subtreeSize(of: node) - 1) : 0
    }
  }
}
