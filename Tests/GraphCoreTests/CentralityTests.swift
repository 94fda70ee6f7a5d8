import ClewTestSupport
import GraphCore
import Testing

struct BetweennessTests {
  @Test func `the middle of three lies on the only route`() throws {
    #expect(try Graph.path(3, isDirected: false).betweenness() == [0, 1, 0])
    #expect(try Graph.path(3).betweenness() == [0, 0.5, 0])
    #expect(try Graph.path(3, isDirected: false).betweenness(unit: .pairs) == [0, 1, 0])
  }

  @Test(arguments: 0..<3) func `fewer than three nodes have nobody between`(count: Int) throws {
    #expect(
      try Graph.path(count).betweenness() == [Double](repeating: 0, count: count)
    )
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `betweenness agrees with counting all routes`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isDirected: seed % 2 == 0)
    let expected = Oracle.betweenness(of: graph).map { graph.isDirected ? $0 : $0 / 2 }
    #expect(areClose(try graph.betweenness(unit: .pairs), expected))
    #expect(areClose(try graph.reversed().betweenness(unit: .pairs), expected))
    let n = graph.nodeCount
    let all = try graph.betweenness(pivots: .sampled(n, seed: seed), unit: .pairs)
    #expect(areClose(all, expected))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `betweenness has the same bits for any number of workers`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let graph = try RandomGraph.graph(nodeCount: 80, edgeCount: 240, using: &random)
    let one = try graph.betweenness(workers: .one)
    #expect(try graph.betweenness(workers: 3) == one)
    let sampled = try graph.betweenness(pivots: .sampled(9, seed: seed), workers: 1)
    #expect(try graph.betweenness(pivots: .sampled(9, seed: seed), workers: 4) == sampled)
  }

  /// More routes than 53 bits tell, so that the order of additions shows; hundreds of nodes in each step, many
  /// of them in several, so that workers meet.
  @Test func `routes beyond all numbers have the same bits for any number of workers`() throws {
    var random = SplitMix64(seed: 5)
    let (layers, width) = (24, 200)
    var builder = GraphBuilder(isDirected: true)
    for layer in 1..<layers {
      for _ in 0..<width * 8 {
        let (a, b) = (random.next(below: width), random.next(below: width))
        let from = max(0, layer - 1 - random.next(below: 8) / 7)
        builder.addEdge(from: NodeID(from * width + a), to: NodeID(layer * width + b))
      }
    }
    let graph = try builder.build()
    let starts = (0..<8).map { NodeID($0) }
    let one = try graph.betweenness(pivots: .nodes(starts), unit: .pairs, workers: .one)
    for _ in 0..<5 {
      let several = try graph.betweenness(pivots: .nodes(starts), unit: .pairs, workers: 3)
      #expect(several == one)
    }
    #expect(one.allSatisfy { $0.isFinite })
  }

  @Test func `more pivots come closer to the exact answer`() throws {
    var random = SplitMix64(seed: 7)
    let graph = try RandomGraph.graph(nodeCount: 200, edgeCount: 800, using: &random)
    let exact = try graph.betweenness()
    let agreement = try [5, 50, 190].map { count in
      correlation(exact, try graph.betweenness(pivots: .sampled(count, seed: 1)))
    }
    #expect(agreement[0] < agreement[1] && agreement[1] < agreement[2])
    #expect(agreement[2] > 0.99)
    #expect(throws: GraphError.optionOutOfRange(option: "pivots", expected: "1 or more")) {
      try graph.betweenness(pivots: .sampled(0, seed: 1))
    }
  }
}

struct PageRankTests {
  @Test func `a pair that points at each other shares alike`() throws {
    let result = try PageRank().scores(of: Graph([(0, 1), (1, 0)]))
    #expect(areClose(result.scores, [0.5, 0.5]))
    #expect(result.hasConverged)
    #expect(try PageRank().scores(of: Graph()).scores.isEmpty)
    #expect(try FixedPointPageRank().scores(of: Graph()).scores.isEmpty)
  }

  @Test func `without edges the scores are the starts`() throws {
    let graph = Graph(nodeCount: 4)
    #expect(areClose(try PageRank().scores(of: graph).scores, [0.25, 0.25, 0.25, 0.25]))
    let fixed = try FixedPointPageRank().scores(of: graph, from: [NodeID(2)])
    #expect(fixed.scores == [0, 0, FixedPointPageRank.scale, 0])
    #expect(fixed.isSettled)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `scores agree with rounds on the full matrix`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 3 != 0,
      isWeighted: seed % 2 == 0
    )
    let n = graph.nodeCount
    let even = [Double](repeating: 1 / Double(n), count: n)
    let expected = Oracle.pageRank(of: graph, damping: 0.85, starts: even)
    let result = try PageRank().scores(of: graph)
    #expect(result.hasConverged)
    #expect(areClose(result.scores, expected))
    var one = [Double](repeating: 0, count: n)
    one[n / 2] = 1
    let personal = try PageRank(damping: 0.7).scores(of: graph, from: [NodeID(n / 2)])
    #expect(areClose(personal.scores, Oracle.pageRank(of: graph, damping: 0.7, starts: one)))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `whole numbers agree with fractions`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 3 != 0,
      isWeighted: seed % 2 == 0
    )
    let starts = [NodeID(0), NodeID(graph.nodeCount / 2), NodeID(0)]
    let expected = try PageRank().scores(of: graph, from: starts).scores
    let fixed = try FixedPointPageRank(maximumRounds: 200).scores(of: graph, from: starts)
    let shares = fixed.scores.map { Double($0) / Double(FixedPointPageRank.scale) }
    #expect(areClose(shares, expected))
    let total = fixed.scores.reduce(0, +)
    #expect(total <= FixedPointPageRank.scale)
    #expect(total > FixedPointPageRank.scale - Int64(starts.count))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `relabelling moves whole-number scores without changing one`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let places = RandomGraph.places(for: graph, seed: seed)
    let scores = try FixedPointPageRank().scores(of: graph).scores
    let moved = try FixedPointPageRank().scores(of: graph.relabelled(places)).scores
    #expect(graph.nodes.map { moved[places[$0.index].index] } == scores)
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func `scores have the same bits for any number of workers`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let graph = try RandomGraph.graph(
      nodeCount: 9000,
      edgeCount: 20000,
      isWeighted: true,
      using: &random
    )
    let one = try PageRank(maximumRounds: 5, workers: .one).scores(of: graph)
    #expect(!one.hasConverged)
    #expect(try PageRank(maximumRounds: 5, workers: 4).scores(of: graph) == one)
    let fixed = try FixedPointPageRank(maximumRounds: 5, workers: .one).scores(of: graph)
    #expect(try FixedPointPageRank(maximumRounds: 5, workers: 4).scores(of: graph) == fixed)
    let hits = try HITS(maximumRounds: 5, workers: .one).scores(of: graph)
    #expect(try HITS(maximumRounds: 5, workers: 4).scores(of: graph) == hits)
  }

  @Test func `large weights keep whole-number scores exact`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3 << 58)
    builder.addEdge(from: NodeID(0), to: NodeID(2), weight: 1 << 58)
    let large = try FixedPointPageRank().scores(of: builder.build())
    var small = GraphBuilder()
    small.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
    small.addEdge(from: NodeID(0), to: NodeID(2), weight: 1)
    #expect(try FixedPointPageRank().scores(of: small.build()) == large)
  }

  @Test func `starts that cannot be are refused`() throws {
    let path = try Graph.path(2)
    #expect(throws: GraphError.noStartNodes) { try PageRank().scores(of: path, from: []) }
    #expect(throws: GraphError.noSuchNode(NodeID(5), nodeCount: 2)) {
      try PageRank().scores(of: path, from: [NodeID(5)])
    }
    #expect(throws: GraphError.wrongValueCount(expected: 2, found: 1)) {
      try PageRank().scores(of: path, starts: [1])
    }
    #expect(throws: GraphError.self) { try PageRank().scores(of: path, starts: [1, -1]) }
    #expect(throws: GraphError.self) { try PageRank(damping: 1).scores(of: path) }
    #expect(throws: GraphError.self) { try PageRank(maximumRounds: 0).scores(of: path) }
    #expect(throws: GraphError.noStartNodes) {
      try FixedPointPageRank().scores(of: path, from: [])
    }
    #expect(throws: GraphError.weightOverflow) {
      try FixedPointPageRank().scores(of: path, starts: [.max, 1])
    }
    #expect(throws: GraphError.self) {
      try FixedPointPageRank(dampingMillionths: 1_000_000).scores(of: path)
    }
  }
}

struct HITSTests {
  @Test func `a star has one hub and equal authorities`() throws {
    let result = try HITS().scores(of: Graph([(0, 1), (0, 2), (0, 3)]))
    #expect(areClose(result.hubs, [1, 0, 0, 0]))
    #expect(areClose(result.authorities, [0, 1.0 / 3, 1.0 / 3, 1.0 / 3]))
    #expect(result.hasConverged)
  }

  @Test func `without edges all scores are nothing`() throws {
    let result = try HITS().scores(of: Graph(nodeCount: 2))
    #expect(result.hubs == [0, 0])
    #expect(try HITS().scores(of: Graph()).hubs.isEmpty)
    #expect(throws: GraphError.self) { try HITS(maximumRounds: 0).scores(of: Graph()) }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `hubs and authorities feed each other and swap on reversal`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let result = try HITS(maximumRounds: 20_000).scores(of: graph)
    guard result.hasConverged, graph.edgeCount > 0 else { return }
    let weights = Oracle.matrix(of: graph)
    let fed = weights.map { row in zip(row, result.authorities).reduce(0) { $0 + $1.0 * $1.1 } }
    let total = fed.reduce(0, +)
    #expect(areClose(fed.map { $0 / total }, result.hubs, within: 1e-6))
    let hub = result.hubs.reduce(0, +)
    #expect((hub - 1).magnitude < 1e-9)
  }
}
