import ClewTestSupport
import GraphCore
import Testing

struct SpringRankTests {
  @Test func `a path falls by one rank a step`() throws {
    let result = try SpringRank().scores(of: .path(3))
    #expect(result.scores == [1, 0, -1])
    #expect(result.hasConverged)
    #expect(try SpringRank().scores(of: Graph()).scores.isEmpty)
    #expect(try SpringRank().scores(of: Graph([(0, 0)])).scores == [0])
    #expect(throws: GraphError.self) { try SpringRank(alpha: -1).scores(of: Graph()) }
  }

  @Test func `an undirected graph ranks nobody`() throws {
    #expect(try SpringRank().scores(of: .path(3, isDirected: false)).scores == [0, 0, 0])
  }

  @Test(arguments: 0..<50 as Range<UInt64>, [0, 0.1, 2])
  func `scores agree with elimination`(seed: UInt64, alpha: Double) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: seed % 2 == 0)
    let result = try SpringRank(alpha: alpha, tolerance: 1e-12).scores(of: graph)
    #expect(areClose(result.scores, Oracle.springRank(of: graph, alpha: alpha), within: 1e-7))
    let reversed = try SpringRank(alpha: alpha, tolerance: 1e-12).scores(of: graph.reversed())
    #expect(areClose(reversed.scores, result.scores.map { -$0 }, within: 1e-7))
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func `ranks have the same bits for any number of workers`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let graph = try RandomGraph.graph(nodeCount: 5000, edgeCount: 9000, using: &random)
    let one = try SpringRank(alpha: 0.1, maximumRounds: 8, workers: .one).scores(of: graph)
    #expect(try SpringRank(alpha: 0.1, maximumRounds: 8, workers: 3).scores(of: graph) == one)
    let levels = try TrophicLevels(maximumRounds: 8, workers: .one).levels(of: graph)
    #expect(try TrophicLevels(maximumRounds: 8, workers: 3).levels(of: graph) == levels)
  }
}

struct TrophicLevelsTests {
  @Test func `a tree climbs one level an edge, exactly`() throws {
    let graph = try Graph([(0, 1), (0, 2), (2, 3), (4, 3), (5, 6)])
    let result = try TrophicLevels().levels(of: graph)
    #expect(result.levels == [0, 1, 1, 2, 1, 0, 1])
    #expect(result.incoherence == 0)
    #expect(result.hasConverged)
  }

  @Test func `a cycle has no levels at all`() throws {
    let result = try TrophicLevels().levels(of: Graph([(0, 1), (1, 2), (2, 0)]))
    #expect(areClose(result.levels, [0, 0, 0]))
    #expect(areClose([result.incoherence ?? -1], [1]))
  }

  @Test func `without edges there is nothing to explain`() throws {
    #expect(try TrophicLevels().levels(of: Graph()).incoherence == nil)
    #expect(try TrophicLevels().levels(of: Graph([(0, 0)])).incoherence == nil)
    #expect(try TrophicLevels().levels(of: .path(2, isDirected: false)).incoherence == 1)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `levels are ranks turned round`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let levels = try TrophicLevels(tolerance: 1e-12).levels(of: graph)
    let ranks = Oracle.springRank(of: graph, alpha: 0)
    for edge in graph.edges {
      let climb = levels.levels[edge.target.index] - levels.levels[edge.source.index]
      let fall = ranks[edge.source.index] - ranks[edge.target.index]
      #expect((climb - fall).magnitude < 1e-7)
    }
    if let incoherence = levels.incoherence {
      #expect(incoherence >= 0 && incoherence <= 1 + 1e-9)
    }
  }
}
