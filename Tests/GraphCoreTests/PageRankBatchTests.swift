import ClewTestSupport
import GraphCore
import Testing

struct PageRankBatchTests {
  @Test(arguments: 0..<10 as Range<UInt64>)
  func `walks side by side score as walks one by one`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let graph = try RandomGraph.graph(
      nodeCount: 60,
      edgeCount: 150,
      isDirected: seed % 2 == 0,
      isWeighted: seed % 3 == 0,
      using: &random
    )
    // More than eight, and one of them from several nodes.
    var starts = (0..<9).map { [NodeID($0 * 5)] }
    starts.append([NodeID(1), NodeID(1), NodeID(2)])
    let rank = PageRank(workers: 2)
    let batch = try rank.scores(of: graph, fromEach: starts)
    #expect(batch.count == 10)
    for (walk, start) in zip(batch, starts) {
      #expect(walk.hasConverged)
      #expect(areClose(walk.scores, try rank.scores(of: graph, from: start).scores))
    }
    #expect(try PageRank(workers: .one).scores(of: graph, fromEach: starts) == batch)
    let rough = try PageRank(tolerance: 1e-5, precision: .single).scores(
      of: graph,
      fromEach: starts
    )
    for (walk, exact) in zip(rough, batch) {
      #expect(areClose(walk.scores, exact.scores, within: 1e-4))
    }
  }

  @Test func `a walk needs a start in the graph`() throws {
    let graph = try Graph.path(3)
    #expect(try PageRank().scores(of: graph, fromEach: []).isEmpty)
    #expect(throws: GraphError.noStartNodes) {
      try PageRank().scores(of: graph, fromEach: [[NodeID(0)], []])
    }
    #expect(throws: GraphError.noSuchNode(NodeID(3), nodeCount: 3)) {
      try PageRank().scores(of: graph, fromEach: [[NodeID(3)]])
    }
  }
}

struct BetweennessEstimateTests {
  @Test func `the bound is Hoeffding's, and holds`() throws {
    var random = SplitMix64(seed: 3)
    let graph = try RandomGraph.graph(
      nodeCount: 100,
      edgeCount: 300,
      isDirected: false,
      using: &random
    )
    let exact = try graph.betweenness()
    let estimate = try graph.betweennessEstimate(pivotCount: 50, seed: 1)
    // 100 / 99 · √(ln(2 · 100 / 0.05) / (2 · 50))
    #expect((estimate.errorBound - 0.290903).magnitude < 1e-5)
    #expect(areClose(estimate.scores, exact, within: estimate.errorBound))
    let all = try graph.betweennessEstimate(pivotCount: 200, seed: 1)
    #expect(all.errorBound == 0)
    #expect(all.pivotCount == 100)
    #expect(areClose(all.scores, exact))
    #expect(throws: GraphError.optionOutOfRange(option: "pivots", expected: "1 or more")) {
      try graph.betweennessEstimate(pivotCount: 0, seed: 1)
    }
  }
}

struct ManySearchTests {
  @Test(arguments: [EdgeDirection.forward, .backward, .either])
  func `searches side by side find what searches one by one do`(direction: EdgeDirection) throws {
    var random = SplitMix64(seed: 12)
    let graph = try RandomGraph.graph(nodeCount: 150, edgeCount: 260, using: &random)
    // More than 64, one of them twice.
    let starts = graph.nodes.prefix(70) + [NodeID(3)]
    for limit in [Int.max, 2, 0] {
      let tables = try graph.distances(
        fromEach: Array(starts),
        direction: direction,
        limit: limit,
        workers: 3
      )
      #expect(tables.count == 71)
      for (table, start) in zip(tables, starts) {
        #expect(
          try table == graph.distances(from: [start], direction: direction, limit: limit)
        )
      }
    }
    #expect(try graph.distances(fromEach: []).isEmpty)
    #expect(throws: GraphError.noSuchNode(NodeID(150), nodeCount: 150)) {
      try graph.distances(fromEach: [NodeID(150)])
    }
  }
}
