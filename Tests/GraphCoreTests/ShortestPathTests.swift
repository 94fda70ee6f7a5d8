import ClewTestSupport
import GraphCore
import Testing

struct ShortestPathTests {
  @Test func `the lighter of two routes counts`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 10)
    builder.addEdge(from: NodeID(0), to: NodeID(2), weight: 3)
    builder.addEdge(from: NodeID(2), to: NodeID(1), weight: 4)
    let graph = try builder.build()
    let found = try graph.weightedDistances(from: [NodeID(0)])
    #expect(graph.nodes.map { found[$0] } == [0, 7, 3])
    let back = try graph.weightedDistances(from: [NodeID(1)], direction: .backward)
    #expect(graph.nodes.map { back[$0] } == [7, 0, 4])
    #expect(try graph.weightedDistances(from: [NodeID(2)])[NodeID(0)] == nil)
    #expect(try graph.weightedDistances(from: [NodeID(2)]).reachedCount == 2)
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `distances agree with relaxing every edge until nothing changes`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 2 == 0,
      isWeighted: seed % 3 > 0
    )
    let starts = [NodeID(0), NodeID(graph.nodeCount / 2)]
    var expected = [Int64?](repeating: nil, count: graph.nodeCount)
    for start in starts { expected[start.index] = 0 }
    for _ in graph.nodes {
      for edge in graph.nodes.flatMap({ Array(graph.outEdges(of: $0)) }) {
        guard let near = expected[edge.source.index] else { continue }
        expected[edge.target.index] = min(expected[edge.target.index] ?? .max, near + edge.weight)
      }
    }
    for (delta, workers) in [(nil, 1), (1, 2), (5, 5), (1000, 2)] as [(Int64?, Int)] {
      let found = try graph.weightedDistances(
        from: starts,
        delta: delta,
        workers: WorkerCount(workers)
      )
      #expect(graph.nodes.map { found[$0] } == expected)
    }
  }

  @Test func `weights of any size take no more than the buckets there are`() throws {
    var builder = GraphBuilder()
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 1 << 60)
    builder.addEdge(from: NodeID(1), to: NodeID(2), weight: 1)
    let graph = try builder.build()
    #expect(try graph.weightedDistances(from: [NodeID(0)], delta: 1)[NodeID(2)] == 1 << 60 + 1)
    #expect(throws: GraphError.noStartNodes) { try graph.weightedDistances(from: []) }
    #expect(throws: GraphError.self) { try graph.weightedDistances(from: [NodeID(0)], delta: 0) }
  }
}

struct TemporalReachTests {
  private static func edge(_ source: Int, _ target: Int, _ time: Int64) -> TimedEdge {
    TimedEdge(source: NodeID(source), target: NodeID(target), time: time)
  }

  @Test func `what came in March did not pass on in February`() throws {
    let reach = try TemporalReach(
      nodeCount: 4,
      edges: [Self.edge(1, 2, 2), Self.edge(0, 1, 3), Self.edge(1, 3, 4)]
    )
    #expect(try reach.earliestArrivals(from: [NodeID(0)], startingAt: 0) == [0, 3, nil, 4])
    #expect(try reach.earliestArrivals(from: [NodeID(0)], startingAt: 4) == [4, nil, nil, nil])
    #expect(
      try reach.earliestArrivals(from: [NodeID(0)], startingAt: 0, endingAt: 3)
        == [0, 3, nil, nil]
    )
    #expect(
      try reach.earliestArrivals(from: [NodeID(0)], startingAt: 0, waiting: 2)
        == [0, 3, nil, nil]
    )
  }

  @Test func `contacts of one time are passed through only where no wait is asked for`() throws {
    let reach = try TemporalReach(
      nodeCount: 4,
      edges: [Self.edge(2, 3, 5), Self.edge(1, 2, 5), Self.edge(0, 1, 5)]
    )
    #expect(try reach.earliestArrivals(from: [NodeID(0)], waiting: 0) == [.min, 5, 5, 5])
    #expect(try reach.earliestArrivals(from: [NodeID(0)], waiting: 1) == [.min, 5, nil, nil])
    #expect(throws: GraphError.noStartNodes) { try reach.earliestArrivals(from: []) }
    #expect(throws: GraphError.self) {
      try TemporalReach(nodeCount: 1, edges: [Self.edge(0, 1, 1)])
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `arrivals agree with following every contact again and again`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = 2 + random.next(below: 12)
    let edges = (0..<random.next(below: 40)).map { _ in
      Self.edge(
        random.next(below: count),
        random.next(below: count),
        Int64(random.next(below: 15))
      )
    }
    let wait = Int64(random.next(below: 3))
    var expected = [Int64?](repeating: nil, count: count)
    expected[0] = 2
    for _ in edges.indices {
      for edge in edges where edge.time >= 2 {
        guard let arrival = expected[edge.source.index],
          arrival + (edge.source.index == 0 ? 0 : wait) <= edge.time
        else { continue }
        expected[edge.target.index] = min(expected[edge.target.index] ?? .max, edge.time)
      }
    }
    let reach = try TemporalReach(nodeCount: count, edges: random.shuffled(edges))
    #expect(
      try reach.earliestArrivals(from: [NodeID(0)], startingAt: 2, waiting: wait) == expected
    )
  }
}

struct MinimumCutTests {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `no division of the nodes is lighter`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = 2 + random.next(below: 8)
    let graph = try RandomGraph.graph(
      nodeCount: count,
      edgeCount: random.next(below: 4 * count),
      isDirected: seed % 2 == 0,
      isWeighted: true,
      using: &random
    )
    let (source, target) = (NodeID(0), NodeID(count - 1))
    var least = Int64.max
    for sides in 0..<1 << count where sides & 1 == 1 && sides >> (count - 1) & 1 == 0 {
      func isLeft(_ node: NodeID) -> Bool { sides >> node.index & 1 == 1 }
      least = min(
        least,
        graph.edges.reduce(0) { sum, edge in
          let isCut =
            isLeft(edge.source) && !isLeft(edge.target)
            || !graph.isDirected && isLeft(edge.target) && !isLeft(edge.source)
          return isCut ? sum + edge.weight : sum
        }
      )
    }
    let cut = try graph.minimumCut(from: source, to: target)
    #expect(cut.weight == least)
    #expect(cut.edges.reduce(0) { $0 + $1.weight } == least)
    #expect(cut.isOnSourceSide[0] && !cut.isOnSourceSide[count - 1])
    let rest = graph.filtered { !cut.edges.contains($0) }
    #expect(try rest.distances(from: [source])[target] == nil)
  }

  @Test func `a node cannot be parted from itself`() throws {
    let path = try Graph.path(3)
    #expect(throws: GraphError.self) { try path.minimumCut(from: NodeID(1), to: NodeID(1)) }
    #expect(throws: GraphError.self) { try path.minimumCut(from: NodeID(0), to: NodeID(7)) }
    #expect(try path.minimumCut(from: NodeID(2), to: NodeID(0)).weight == 0)
  }
}
