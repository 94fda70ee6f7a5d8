import ClewTestSupport
import GraphCore
import Testing

struct ClosenessTests {
  @Test func `the middle of a star is next to everybody`() throws {
    let star = try Graph([(0, 1), (0, 2), (0, 3), (0, 4)], isDirected: false)
    let result = try star.harmonicCloseness()
    // Others are next to one and two steps from three: (1 + 3 / 2) / 4.
    #expect(areClose(result.scores, [1, 0.625, 0.625, 0.625, 0.625]))
    #expect(result.errorBound == 0)
    #expect(try Graph(nodeCount: 1).harmonicCloseness().scores == [0])
    #expect(throws: GraphError.self) { try star.harmonicCloseness(confidence: 1) }
    #expect(throws: GraphError.self) { try star.harmonicCloseness(pivots: .sampled(0, seed: 1)) }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `closeness agrees with the distances of all pairs`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    for direction in EdgeDirection.allCases {
      #expect(
        areClose(
          try graph.harmonicCloseness(direction: direction).scores,
          Oracle.harmonicCloseness(of: graph, direction)
        )
      )
    }
  }

  @Test func `more nodes than lanes are counted in several rounds, alike for any workers`() throws {
    var random = SplitMix64(seed: 2)
    let graph = try RandomGraph.graph(nodeCount: 1300, edgeCount: 4000, using: &random)
    let exact = try graph.harmonicCloseness(workers: .one)
    #expect(try graph.harmonicCloseness(workers: 5) == exact)
    let node = NodeID(700)
    let steps = try graph.distances(from: [node])
    let expected = graph.nodes.reduce(0.0) { sum, other in
      steps[other].map { $0 == 0 ? sum : sum + 1 / Double($0) } ?? sum
    }
    #expect((exact.scores[700] - expected / 1299).magnitude < 1e-12)
    let estimate = try graph.harmonicCloseness(pivots: .sampled(600, seed: 4))
    #expect(estimate.errorBound > 0)
    #expect(areClose(estimate.scores, exact.scores, within: estimate.errorBound))
    #expect(try graph.harmonicCloseness(pivots: .sampled(1300, seed: 4)).scores == exact.scores)
  }
}

struct RouteLaneTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func `eight searches at once give the bits of one after another`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let graph = try RandomGraph.graph(
      nodeCount: 300,
      edgeCount: 150 + 150 * Int(seed),
      isDirected: seed % 2 == 0,
      using: &random
    )
    let expected = Oracle.brandes(of: graph)
    let scale = graph.isDirected ? 1.0 : 0.5
    #expect(try graph.betweenness(unit: .pairs) == expected.map { scale * $0 })
  }
}

struct BiconnectedComponentTests {
  @Test func `two triangles that share a node are two groups`() throws {
    let graph = try Graph([(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (4, 5)])
    let groups = graph.biconnectedComponents()
    #expect(groups.groups.map { $0.map(\.index) } == [[0, 1, 2], [2, 3, 4], [4, 5]])
    #expect(groups.largest?.map(\.index) == [0, 1, 2])
    #expect(Graph(nodeCount: 3).biconnectedComponents().count == 0)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `groups agree with joining edges that share a circle`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    #expect(graph.biconnectedComponents().groups == Oracle.biconnectedGroups(of: graph))
  }
}
