import ClewTestSupport
import GraphCore
import Testing

/// Graphs large enough for several chunks, batches and buckets, and for a search to turn round.
struct LargeGraphTests {
  /// A graph in which few nodes have most of the edges, with components of all sizes.
  static func skewed(seed: UInt64, isDirected: Bool = false) throws -> Graph {
    var random = SplitMix64(seed: seed)
    var builder = GraphBuilder(nodeCount: 40_000, isDirected: isDirected, repeats: .merged)
    for _ in 0..<120_000 {
      let (a, b) = (random.next(below: 30_000), random.next(below: 30_000))
      builder.addEdge(from: NodeID(a * a / 30_000), to: NodeID(b % (1 + a / 3)))
    }
    return try builder.build()
  }

  /// A graph with short rows and no hubs, in which looking back before most nodes are near is in vain.
  static func even(seed: UInt64, isDirected: Bool) throws -> Graph {
    var random = SplitMix64(seed: seed)
    // No multiple of 64, so that the last word of a set has bits to spare.
    var builder = GraphBuilder(nodeCount: 30_011, isDirected: isDirected, repeats: .merged)
    for _ in 0..<100_000 {
      builder.addEdge(
        from: NodeID(random.next(below: 30_011)),
        to: NodeID(random.next(below: 29_000))
      )
    }
    return try builder.build()
  }

  @Test(arguments: [1, 2, 5])
  func `a graph is the same for any number of workers that build it`(workers: Int) throws {
    var random = SplitMix64(seed: 3)
    for isDirected in [true, false] {
      var builder = GraphBuilder(isDirected: isDirected)
      var sums: [[Int]: Int64] = [:]
      for _ in 0..<200_000 {
        let (a, b) = (random.next(below: 20_000), random.next(below: 300))
        let weight = Int64(1 + random.next(below: 5))
        builder.addEdge(from: NodeID(a), to: NodeID(b), weight: weight)
        sums[isDirected ? [a, b] : [min(a, b), max(a, b)], default: 0] += weight
      }
      let graph = try builder.build(workers: WorkerCount(workers))
      #expect(try graph == builder.build(workers: .one))
      #expect(graph.edgeCount == sums.count)
      #expect(graph.edges.allSatisfy { sums[[$0.source.index, $0.target.index]] == $0.weight })
    }
  }

  @Test func `merged repeats leave neither weights nor counts`() throws {
    var builder = GraphBuilder(repeats: .merged)
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: 3)
    builder.addEdge(from: NodeID(0), to: NodeID(1))
    let graph = try builder.build()
    #expect(try graph == Graph([(0, 1)]))
    #expect(!graph.isWeighted && !graph.hasFoldedEdges)
  }

  @Test(arguments: [true, false], EdgeDirection.allCases)
  func `a search that turns round finds the distances of one that does not`(
    isDirected: Bool,
    direction: EdgeDirection
  ) throws {
    try compare(Self.skewed(seed: 5, isDirected: isDirected), direction)
    try compare(Self.even(seed: 5, isDirected: isDirected), direction)
  }

  private func compare(_ graph: Graph, _ direction: EdgeDirection) throws {
    let start = NodeID(2)
    // Step by step, without any of the kernel's means.
    var expected = [Int?](repeating: nil, count: graph.nodeCount)
    expected[start.index] = 0
    var frontier = [start]
    var step = 0
    while !frontier.isEmpty {
      step += 1
      var next: [NodeID] = []
      for node in frontier {
        let rows =
          switch direction {
          case .forward: graph.outNeighbors(of: node)
          case .backward: graph.inNeighbors(of: node)
          case .either: graph.neighbors(of: node)
          }
        for neighbor in rows where expected[neighbor.index] == nil {
          expected[neighbor.index] = step
          next.append(neighbor)
        }
      }
      frontier = next
    }
    for workers in [1, 2, 5] {
      let found = try graph.distances(
        from: [start],
        direction: direction,
        workers: WorkerCount(workers)
      )
      #expect(graph.nodes.allSatisfy { found[$0] == expected[$0.index] })
      #expect(found.reachedCount == expected.count { $0 != nil })
      let near = try graph.distances(
        from: [start],
        direction: direction,
        limit: 2,
        workers: WorkerCount(workers)
      )
      #expect(
        graph.nodes.allSatisfy { near[$0] == expected[$0.index].flatMap { $0 <= 2 ? $0 : nil } }
      )
    }
  }

  @Test(arguments: [true, false])
  func `components are the same for any number of workers`(isDirected: Bool) throws {
    let graph = try Self.skewed(seed: 6, isDirected: isDirected)
    let one = graph.connectedComponents(workers: .one)
    #expect(graph.connectedComponents(workers: 2) == one)
    #expect(graph.connectedComponents(workers: 5) == one)
    #expect(graph.edges.allSatisfy { one[$0.source] == one[$0.target] })
    // Searches from the first nodes of all components reach every node once.
    var firsts: [Int: NodeID] = [:]
    for node in graph.nodes.reversed() { firsts[one[node]] = node }
    #expect(firsts.count == one.count)
    #expect(one.sizes.reduce(0, +) == graph.nodeCount)
    let largest = try #require(one.largest)
    let start = try #require(firsts[largest])
    let reached = try graph.distances(from: [start], direction: .either)
    #expect(
      reached.reached
        == one.members(of: largest).sorted {
          (reached[$0] ?? 0, $0) < (reached[$1] ?? 0, $1)
        }
    )
    let strong = graph.stronglyConnectedComponents(workers: .one)
    #expect(graph.stronglyConnectedComponents(workers: 5) == strong)
  }

  @Test func `strong components beyond the peeled nodes are those of two searches`() throws {
    let graph = try Self.skewed(seed: 8, isDirected: true)
    let strong = graph.stronglyConnectedComponents()
    for component in Set([0, strong.count / 2, strong.largest ?? 0]) {
      let start = try #require(strong.members(of: component).first)
      let there = try graph.distances(from: [start])
      let back = try graph.distances(from: [start], direction: .backward)
      #expect(
        strong.members(of: component)
          == graph.nodes.filter { there[$0] != nil && back[$0] != nil }
      )
    }
  }

  @Test func `triangles are counted alike by node and in all`() throws {
    let graph = try Self.skewed(seed: 9)
    let clustering = graph.clustering(workers: 5)
    #expect(clustering == graph.clustering(workers: .one))
    #expect(graph.triangleCount(workers: 5) == clustering.triangleCount)
    let ordered = graph.orderedByDegree()
    #expect(ordered.graph.triangleCount(workers: .one) == clustering.triangleCount)
    #expect(ordered.restored(ordered.graph.clustering().triangles) == clustering.triangles)
  }
}

struct DegreeOrderTests {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `answers put back are those of the graph itself`(seed: UInt64) throws {
    let graph = try RandomGraph.small(
      seed: seed,
      isDirected: seed % 2 == 0,
      isWeighted: seed % 3 == 0
    )
    let ordered = graph.orderedByDegree()
    ordered.graph.checkInvariants()
    for node in graph.nodes {
      #expect(ordered.original(of: ordered.place(of: node)) == node)
    }
    let degrees = ordered.graph.nodes.map {
      ordered.graph.outNeighbors(of: $0).count
        + (graph.isDirected ? ordered.graph.inNeighbors(of: $0).count : 0)
    }
    #expect(zip(degrees, degrees.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(ordered.restored(ordered.graph.coreNumbers()) == graph.coreNumbers())
    #expect(ordered.restored(ordered.graph.connectedComponents()) == graph.connectedComponents())
    let start = NodeID(graph.nodeCount / 2)
    let found = try ordered.graph.distances(from: [ordered.place(of: start)])
    #expect(try ordered.restored(found) == graph.distances(from: [start]))
    #expect(try ordered.distances(from: [start]) == graph.distances(from: [start]))
    for workers in [WorkerCount.one, 3] {
      let found = ordered.connectedComponents(Parallel(workers: workers))
      #expect(found == graph.connectedComponents())
    }
    #expect(ordered.connectedComponents() == graph.connectedComponents())
  }

  @Test(arguments: [1, 4], [true, false])
  func `large graphs put their answers back too`(workers: Int, isDirected: Bool) throws {
    let workers = WorkerCount(workers)
    let graph = try LargeGraphTests.skewed(seed: 11, isDirected: isDirected)
    let ordered = graph.orderedByDegree(workers: workers)
    for start in [NodeID(0), NodeID(graph.nodeCount / 2)] {
      for direction in EdgeDirection.allCases {
        #expect(
          try ordered.distances(from: [start], direction: direction, workers: workers)
            == graph.distances(from: [start], direction: direction)
        )
      }
    }
    #expect(ordered.connectedComponents(Parallel(workers: workers)) == graph.connectedComponents())
  }

  /// Searches keep steps in a byte as long as that holds them.
  @Test(arguments: [1, 2], [0, 1, 252, 253, 254, 255, 256, 400, Int.max])
  func `routes longer than a byte tells are put back too`(workers: Int, limit: Int) throws {
    var builder = GraphBuilder(nodeCount: 1_100, isDirected: false)
    for node in 0..<600 { builder.addEdge(from: NodeID(node), to: NodeID(node + 1)) }
    for node in 601..<1_000 { builder.addEdge(from: NodeID(300), to: NodeID(node)) }
    let ordered = try builder.build().orderedByDegree()
    let found = try ordered.distances(
      from: [NodeID(0)],
      limit: limit,
      workers: WorkerCount(workers)
    )
    for node in 0..<1_100 {
      let steps = node <= 600 ? node : node < 1_000 ? 301 : nil
      #expect(found[NodeID(node)] == steps.flatMap { $0 <= limit ? $0 : nil })
    }
  }

  /// Every third node is alone, and no component has more than a few nodes, or all but one have.
  @Test(arguments: [1, 3], [2, 5, 20_000])
  func `components of any size are numbered by their first nodes`(
    workers: Int,
    size: Int
  ) throws {
    var builder = GraphBuilder(nodeCount: 60_000, isDirected: false)
    let linked = (0..<60_000).filter { $0 % 3 != 1 }
    for (place, node) in linked.enumerated() where place % size != 0 {
      builder.addEdge(from: NodeID(node), to: NodeID(linked[place - 1]))
    }
    let graph = try builder.build()
    let parallel = Parallel(workers: WorkerCount(workers))
    let found = graph.orderedByDegree().connectedComponents(parallel)
    var (labels, sizes) = ([UInt32](), [Int]())
    var last: UInt32 = 0
    for node in 0..<60_000 {
      let place = node / 3 * 2 + (node % 3 == 2 ? 1 : 0)
      if node % 3 == 1 || place % size == 0 {
        sizes.append(0)
        if node % 3 != 1 { last = UInt32(sizes.count - 1) }
      }
      labels.append(node % 3 == 1 ? UInt32(sizes.count - 1) : last)
      sizes[Int(labels[node])] += 1
    }
    #expect(found.labels == labels)
    #expect(found.sizes == sizes)
  }

  @Test func `only skewed graphs are said to be`() throws {
    #expect(try LargeGraphTests.skewed(seed: 1).hasSkewedDegrees)
    var random = SplitMix64(seed: 1)
    #expect(
      try !RandomGraph.graph(nodeCount: 40_000, edgeCount: 200_000, using: &random)
        .hasSkewedDegrees
    )
    #expect(!Graph(nodeCount: 50_000).hasSkewedDegrees)
  }
}
