import ClewTestSupport
import GraphCore
import Testing

/// Lightest routes by one worker and by several, in lengths of 32 and of 64 bits.
struct LongRouteTests {
  /// Relaxes edges as long as anything changes, with a plain queue.
  private func expected(_ graph: Graph, from starts: [NodeID]) -> [Int64?] {
    var found = [Int64?](repeating: nil, count: graph.nodeCount)
    for start in starts { found[start.index] = 0 }
    var queue = starts
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      guard let near = found[node.index] else { continue }
      for edge in graph.outEdges(of: node) {
        let end = edge.source == node ? edge.target : edge.source
        let length = near + edge.weight
        guard length < found[end.index] ?? .max else { continue }
        found[end.index] = length
        queue.append(end)
      }
    }
    return found
  }

  private func graph(largest: Int64, isDirected: Bool, seed: UInt64) throws -> Graph {
    var random = SplitMix64(seed: seed)
    var builder = GraphBuilder(nodeCount: 4_100, isDirected: isDirected)
    for _ in 0..<12_000 {
      let (a, b) = (random.next(below: 4_000), random.next(below: 4_000))
      let weight = 1 + Int64(random.next(below: Int(largest)))
      builder.addEdge(from: NodeID(a * a / 4_000), to: NodeID(b), weight: weight)
    }
    return try builder.build()
  }

  /// The sum of the weights is below or above 2³².
  @Test(arguments: [Int64(1), 200, 1 << 20, 1 << 40], [true, false])
  func `distances agree with a plain queue, however long`(
    largest: Int64,
    isDirected: Bool
  ) throws {
    let graph = try graph(largest: largest, isDirected: isDirected, seed: UInt64(largest))
    // One start of many edges, one that hangs on a single one or none.
    let leaf = try #require(graph.nodes.last { graph.outDegree(of: $0) == 1 })
    for starts in [[NodeID(0)], [leaf], [NodeID(1), leaf, NodeID(4_050)]] {
      let expected = expected(graph, from: starts)
      for workers in [WorkerCount.one, 2, 5] {
        let found = try graph.weightedDistances(from: starts, workers: workers)
        #expect(graph.nodes.allSatisfy { found[$0] == expected[$0.index] })
      }
      let ordered = graph.orderedByDegree()
      for workers in [WorkerCount.one, 2] {
        let found = try ordered.weightedDistances(from: starts, workers: workers)
        #expect(graph.nodes.allSatisfy { found[$0] == expected[$0.index] })
      }
    }
  }

  @Test(arguments: EdgeDirection.allCases)
  func `one worker finds what several find, whichever way`(direction: EdgeDirection) throws {
    let graph = try graph(largest: 9, isDirected: true, seed: 4)
    let one = try graph.weightedDistances(from: [NodeID(7)], direction: direction, workers: .one)
    #expect(
      try graph.weightedDistances(from: [NodeID(7)], direction: direction, workers: 2) == one
    )
    for delta in [Int64(1), 3, 64, 1_000_000] {
      #expect(
        try graph.weightedDistances(
          from: [NodeID(7)],
          direction: direction,
          delta: delta,
          workers: .one
        ) == one
      )
    }
  }

  @Test func `a chain of a million nodes is followed to its end`() throws {
    let (count, weight) = (1_000_000, Int64(1) << 13)
    var builder = GraphBuilder(nodeCount: count, isDirected: false)
    for node in 0..<count - 1 {
      builder.addEdge(from: NodeID(node), to: NodeID(node + 1), weight: weight)
    }
    let found = try builder.build().weightedDistances(from: [NodeID(0)], workers: .one)
    #expect(found[NodeID(count - 1)] == Int64(count - 1) * weight)
    #expect(found.reachedCount == count)
  }

  @Test func `a single node, a loop and two nodes have their distances`() throws {
    #expect(try Graph(nodeCount: 1).weightedDistances(from: [NodeID(0)])[NodeID(0)] == 0)
    let loop = try Graph([(0, 0), (1, 0)], isDirected: false)
    for start in 0...1 {
      let found = try loop.weightedDistances(from: [NodeID(start)], workers: .one)
      #expect(found[NodeID(1 - start)] == 1)
    }
  }

  /// A route that nearly reaches 2³² may be looked at over one edge more.
  @Test(arguments: [Int64(UInt32.max) / 2 - 1, Int64(UInt32.max) / 2, Int64(UInt32.max)])
  func `lengths about the largest of 32 bits are exact`(weight: Int64) throws {
    var builder = GraphBuilder(isDirected: false)
    builder.addEdge(from: NodeID(0), to: NodeID(1), weight: weight)
    builder.addEdge(from: NodeID(1), to: NodeID(2), weight: 1)
    builder.addEdge(from: NodeID(2), to: NodeID(3), weight: weight)
    let found = try builder.build().weightedDistances(from: [NodeID(0)], workers: .one)
    #expect((0...3).map { found[NodeID($0)] } == [0, weight, weight + 1, 2 * weight + 1])
  }
}
