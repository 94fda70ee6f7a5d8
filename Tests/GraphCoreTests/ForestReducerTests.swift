import ClewTestSupport
import GraphCore
import Testing

@Suite struct `Reducing edges to components` {
  @Test func `the least number stands for the component`() throws {
    var reducer = ForestReducer()
    for (a, b): (Int64, Int64) in [(7, 3), (3, 9), (.max, .min), (5, 5), (9, 7), (-2, 0)] {
      try reducer.add(a, b)
    }
    let components = try reducer.components()
    #expect(components.nodes == [.min, -2, 0, 3, 5, 7, 9, .max])
    #expect(components.roots == [.min, -2, -2, 3, 5, 3, 3, .min])
  }

  @Test func `nothing gives nothing`() throws {
    var reducer = ForestReducer()
    let components = try reducer.components()
    #expect(components.nodes.isEmpty && components.roots.isEmpty)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `blocks, order and parts change nothing, and the oracle agrees`(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let count = 1 + generator.next(below: 200)
    let edges = (0..<generator.next(below: 400)).map { _ in
      (generator.next(below: count), generator.next(below: count))
    }
    // Numbers that fall as the nodes' ids rise, so that the least is the last.
    let number = { (node: Int) in Int64(1_000 - node) * 1_000_003 }

    var whole = ForestReducer()
    for (a, b) in edges { try whole.add(number(a), number(b)) }
    let expected = try whole.components(workers: WorkerCount(2))

    var small = ForestReducer(blockSize: 1 + generator.next(below: 9))
    for (a, b) in edges.shuffled(using: &generator) { try small.add(number(b), number(a)) }
    #expect(try small.components(workers: WorkerCount(1)) == expected)

    var merged = ForestReducer(blockSize: 3)
    let size = 1 + generator.next(below: 50)
    for start in stride(from: 0, to: edges.count, by: size) {
      var part = ForestReducer()
      for (a, b) in edges[start..<min(edges.count, start + size)] {
        try part.add(number(a), number(b))
      }
      let forest = try part.components()
      for (node, root) in zip(forest.nodes, forest.roots) { try merged.add(node, root) }
    }
    #expect(try merged.components() == expected)

    var builder = GraphBuilder(nodeCount: count, isDirected: false)
    for (a, b) in edges { builder.addEdge(from: NodeID(a), to: NodeID(b)) }
    let first = Oracle.firstInComponent(of: try builder.build())
    var least: [Int: Int64] = [:]
    let seen = Set(edges.flatMap { [$0.0, $0.1] })
    for node in seen { least[first[node]] = min(least[first[node]] ?? .max, number(node)) }
    let pairs = seen.map { (number($0), least[first[$0]] ?? 0) }.sorted { $0.0 < $1.0 }
    #expect(expected.nodes == pairs.map(\.0) && expected.roots == pairs.map(\.1))
  }
}
