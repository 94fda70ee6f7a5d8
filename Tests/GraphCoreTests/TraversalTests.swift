import ClewTestSupport
import GraphCore
import Testing

struct BreadthFirstSearchTests {
  @Test func `distances count edges from the nearest start`() throws {
    let path = try Graph.path(5)
    let distances = try path.distances(from: [NodeID(1), NodeID(4)])
    #expect(path.nodes.map { distances[$0] } == [nil, 0, 1, 2, 0])
    #expect(distances.reached.map(\.index) == [1, 4, 2, 3])
    #expect(distances.furthest == 2)
  }

  @Test func `a search goes backward or either way`() throws {
    let path = try Graph.path(4)
    let backward = try path.distances(from: [NodeID(2)], direction: .backward)
    #expect(path.nodes.map { backward[$0] } == [2, 1, 0, nil])
    let either = try path.distances(from: [NodeID(2)], direction: .either)
    #expect(path.nodes.map { either[$0] } == [2, 1, 0, 1])
  }

  @Test func `a limit ends the search`() throws {
    let path = try Graph.path(4)
    let near = try path.distances(from: [NodeID(0)], limit: 1)
    #expect(path.nodes.map { near[$0] } == [0, 1, nil, nil])
  }

  @Test func `a start that is no node is refused`() throws {
    let path = try Graph.path(2)
    #expect(throws: GraphError.noStartNodes) { try path.distances(from: []) }
    #expect(throws: GraphError.noSuchNode(NodeID(2), nodeCount: 2)) {
      try path.distances(from: [NodeID(2)])
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `distances agree with relaxation`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 3 != 0)
    let starts = [NodeID(0), NodeID(graph.nodeCount / 2)]
    for direction in EdgeDirection.allCases {
      let read =
        switch direction {
        case .forward: graph
        case .backward: graph.reversed()
        case .either: graph.undirected()
        }
      let distances = try graph.distances(from: starts, direction: direction)
      #expect(graph.nodes.map { distances[$0] } == Oracle.distances(in: read, from: starts))
    }
  }
}
