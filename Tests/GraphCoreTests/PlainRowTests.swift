import ClewTestSupport
import GraphCore
import Testing

/// Rows sorted by the graph core against rows sorted by sets, one arc after another.
struct PlainRowTests {
  /// Pairs with a few hubs, gaps between the numbers, self-loops and repeats.
  private func pairs(count: Int, below limit: Int, seed: UInt64) -> [(Int, Int)] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { arc in
      let source = arc % 5 == 0 ? 3 * random.next(below: 4) : 3 * random.next(below: limit / 3)
      let target = arc % 97 == 0 ? source : 3 * random.next(below: limit / 3)
      return arc % 7 == 0 ? (target, source) : (source, target)
    }
  }

  private func expectRows(of graph: Graph, toBe pairs: [(Int, Int)], named: (Int) -> NodeID) {
    var rows: [Int: Set<NodeID>] = [:]
    for (source, target) in pairs {
      rows[source, default: []].insert(named(target))
      if !graph.isDirected { rows[target, default: []].insert(named(source)) }
    }
    #expect(
      rows.values.reduce(0) { $0 + $1.count }
        == graph.nodes.reduce(0) { $0 + graph.outDegree(of: $1) }
    )
    for (node, row) in rows {
      #expect(Array(graph.outNeighbors(of: named(node))) == row.sorted())
    }
    #expect(graph.selfLoopCount == Set(pairs.filter { $0.0 == $0.1 }.map(\.0)).count)
    for node in graph.nodes where graph.isDirected {
      for source in graph.inNeighbors(of: node) {
        #expect(graph.hasEdge(from: source, to: node))
      }
    }
    #expect(
      !graph.isDirected
        || graph.nodes.reduce(0) { $0 + graph.inDegree(of: $1) } == graph.edgeCount
    )
  }

  @Test(arguments: [1, 2, 5], [true, false])
  func `a text in any order becomes rising rows without repeats`(
    workers: Int,
    isDirected: Bool
  ) throws {
    let pairs = pairs(count: 120_000, below: 30_000, seed: 7)
    let text = Array(pairs.map { "\($0.0) \($0.1)\n" }.joined().utf8)
    let reader = EdgeListReader(isDirected: isDirected, repeats: .merged)
    let read = try #require(try reader.numberedGraph(from: text, workers: WorkerCount(workers)))
    let used = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()
    #expect(read.graph.nodes.map { Int(read.numbers[$0]) } == used)
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, NodeID($0)) })
    expectRows(of: read.graph, toBe: pairs) { places[$0] ?? NodeID(0) }
  }

  @Test(
    arguments: [(40, true), (40, false), (30_000, true), (30_000, false), (4_300_000, true)]
  )
  func `loose edges between few and between millions of nodes become rising rows`(
    nodeCount: Int,
    isDirected: Bool
  ) throws {
    let pairs = pairs(count: 20_000, below: nodeCount, seed: 11)
    var builder = GraphBuilder(nodeCount: nodeCount, isDirected: isDirected, repeats: .merged)
    for (source, target) in pairs { builder.addEdge(from: NodeID(source), to: NodeID(target)) }
    expectRows(of: try builder.build(workers: WorkerCount(2)), toBe: pairs) { NodeID($0) }
  }

  @Test(arguments: [true, false])
  func `nodes in another order keep their rows`(isDirected: Bool) throws {
    let pairs = pairs(count: 20_000, below: 3_000, seed: 13)
    var builder = GraphBuilder(nodeCount: 3_000, isDirected: isDirected, repeats: .merged)
    for (source, target) in pairs { builder.addEdge(from: NodeID(source), to: NodeID(target)) }
    let places = (0..<3_000).map { NodeID($0 * 1_001 % 3_000) }
    let graph = try builder.build().relabelled(places)
    expectRows(of: graph, toBe: pairs) { places[$0] }
  }

  @Test func `numbers far above those seen first are read all the same`() throws {
    // The largest stands in one line of many, where a sample misses it.
    var lines = (0..<300_000).map { "\($0 % 1_000) \(($0 * 7) % 1_000)" }
    lines[1_234] = "5 900000"
    let read = try #require(
      try EdgeListReader(repeats: .merged).numberedGraph(
        from: Array(lines.joined(separator: "\n").utf8)
      )
    )
    #expect(read.graph.nodeCount == 1_001)
    let last = try #require(read.numbers.node(for: 900_000))
    #expect(read.graph.hasEdge(from: try #require(read.numbers.node(for: 5)), to: last))
  }
}
