import ClewTestSupport
import GraphCore
import Testing

struct DominatorTreeTests {
  @Test func `two ways round leave only the fork above`() throws {
    let graph = try Graph([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (5, 0)])
    let tree = try graph.dominatorTree(from: [NodeID(0)])
    #expect(tree.immediateDominators.map { $0?.index } == [nil, 0, 0, 0, 3, nil])
    #expect(tree.subtreeSizes == [5, 1, 1, 2, 1, 0])
    #expect(tree.dominates(NodeID(3), NodeID(4)))
    #expect(!tree.dominates(NodeID(1), NodeID(3)))
    #expect(!tree.reaches(NodeID(5)))
    #expect(!tree.dominates(NodeID(5), NodeID(5)))
    #expect(try tree.subtreeSums(of: [1, 2, 4, 8, 16, 32]) == [31, 2, 4, 24, 16, 0])
  }

  @Test func `a second root leaves nobody above`() throws {
    let graph = try Graph([(0, 2), (1, 2), (2, 3), (0, 1)])
    let tree = try graph.dominatorTree(from: [NodeID(1), NodeID(0), NodeID(1)])
    #expect(tree.immediateDominators.map { $0?.index } == [nil, nil, nil, 2])
    #expect(tree.immediateDominator(of: NodeID(3)) == NodeID(2))
    #expect(tree.subtreeSize(of: NodeID(2)) == 2)
  }

  @Test func `the example of Lengauer and Tarjan has the tree they print`() throws {
    // Figures 1 and 2 of the paper: R A B C D E F G H I J K L are 0 to 12.
    let edges = [
      (0, 1), (0, 2), (0, 3), (1, 4), (2, 1), (2, 4), (2, 5), (3, 6), (3, 7), (4, 12), (5, 8),
      (6, 9), (7, 9), (7, 10), (8, 5), (8, 11), (9, 11), (10, 9), (11, 9), (11, 0), (12, 8),
    ]
    let tree = try Graph(edges).dominatorTree(from: [NodeID(0)])
    #expect(
      tree.immediateDominators.map { $0?.index }
        == [nil, 0, 0, 0, 0, 0, 3, 3, 0, 0, 7, 0, 4]
    )
  }

  @Test func `roots that cannot be are refused`() throws {
    let path = try Graph.path(2)
    #expect(throws: GraphError.noStartNodes) { try path.dominatorTree(from: []) }
    #expect(throws: GraphError.noSuchNode(NodeID(2), nodeCount: 2)) {
      try path.dominatorTree(from: [NodeID(2)])
    }
    #expect(throws: GraphError.wrongValueCount(expected: 2, found: 0)) {
      try path.dominatorTree(from: [NodeID(0)]).subtreeSums(of: [])
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `dominators agree with taking away`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 5 != 0)
    let roots = graph.nodes.prefix(1 + Int(seed % 3)) + []
    let tree = try graph.dominatorTree(from: Array(roots))
    #expect(
      tree.immediateDominators == Oracle.immediateDominators(in: graph, from: Array(roots))
    )
    let reached = Oracle.distances(in: graph, from: Array(roots))
    for node in graph.nodes {
      #expect(tree.reaches(node) == (reached[node.index] != nil))
      let left = Oracle.distances(in: graph, from: Array(roots), without: node)
      let lost = graph.nodes.filter { reached[$0.index] != nil && left[$0.index] == nil }
      #expect(tree.subtreeSize(of: node) == lost.count)
      #expect(graph.nodes.filter { tree.dominates(node, $0) } == lost)
    }
  }
}
