import ClewTestSupport
import GraphCore
import Testing

struct NumberedGraphTests {
  private func read(
    _ text: String,
    by reader: EdgeListReader = EdgeListReader(),
    workers: WorkerCount = .active
  ) throws -> NumberedGraph? {
    try reader.numberedGraph(from: Array(text.utf8), workers: workers)
  }

  @Test(arguments: [
    "10 20\n20 30\n", "10\t20\r\n20\t30", "10,20\n20, 30\n", "# note\n\n 10  20 \n% note\n20 30",
    "10 20 1\n20 30 1", "10,20,\n20,30",
  ])
  func `numbers are read from every form`(text: String) throws {
    let named = try #require(try read(text))
    #expect(named.graph.nodes.map { named.numbers[$0] } == [10, 20, 30])
    #expect(try named.graph == Graph([(0, 1), (1, 2)]))
    #expect(named.numbers.node(for: 20) == NodeID(1))
    #expect(named.numbers.node(for: 11) == nil)
  }

  @Test func `phone numbers are numbers, in rising order, with their weights`() throws {
    let named = try #require(
      try read("13800000002 13800000001 5\n13800000001 400 2\n13800000002 13800000001 4")
    )
    #expect(named.graph.nodes.map { named.numbers[$0] } == [400, 13_800_000_001, 13_800_000_002])
    #expect(named.graph.edge(from: NodeID(2), to: NodeID(1))?.weight == 9)
    #expect(named.graph.edge(from: NodeID(1), to: NodeID(0))?.weight == 2)
    #expect(named.labelled().label(of: NodeID(2)) == "13800000002")
  }

  @Test(arguments: [
    "a b", "1 b", "1", "1 2x", "1 2 0", "1 2 -3", "1 2 3 4", "1,,2", "-1 2", "1.5 2", "07 8",
    "1234567890123456789 2", "source target\n1 2", "1 2 9223372036854775808", "\u{FEFF}1 2",
  ])
  func `anything else is left to the general reader`(text: String) throws {
    #expect(try read(text) == nil)
    #expect(try read("1 2\n" + text) == nil)
  }

  @Test func `options decide direction, loops, repeats and weights`() throws {
    let reader = EdgeListReader(
      isDirected: false,
      selfLoops: .dropped,
      readsWeights: false,
      repeats: .merged
    )
    let named = try #require(try read("5 6 x\n6 5 y\n7 7 z\n0 5", by: reader))
    #expect(named.graph.nodes.map { named.numbers[$0] } == [0, 5, 6, 7])
    #expect(try named.graph == Graph([(0, 1), (1, 2)], nodeCount: 4, isDirected: false))
    #expect(try read("")?.graph == Graph())
    let heavy = (0..<11).map { "\($0) \($0 + 1) 900000000000000000\n" }.joined()
    #expect(throws: GraphError.weightOverflow) { try read(heavy) }
  }

  @Test(arguments: 0..<20 as Range<UInt64>, [1, 1_000_003, 9_000_000_007] as [UInt64])
  func `both readers see the same graph`(seed: UInt64, spread: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: seed % 2 == 0)
    let lines = graph.edges.map {
      "\(UInt64($0.source.index) * spread) \(UInt64($0.target.index) * spread) \($0.weight)"
    }
    let text = Array(lines.joined(separator: "\n").utf8)
    let named = try #require(try EdgeListReader().numberedGraph(from: text))
    let general = try EdgeListReader(order: .firstSeen).graph(from: text)
    #expect(named.graph.edgeCount == general.graph.edgeCount)
    for edge in general.graph.edges {
      let ends = [edge.source, edge.target].compactMap { end in
        UInt64(general.label(of: end)).flatMap { named.numbers.node(for: $0) }
      }
      #expect(named.graph.edge(from: ends[0], to: ends[1])?.weight == edge.weight)
    }
  }

  @Test(arguments: [1, 2, 5])
  func `a text of several stretches is the same for any number of workers`(workers: Int) throws {
    var random = SplitMix64(seed: 1)
    var builder = GraphBuilder()
    var bytes: [UInt8] = []
    for _ in 0..<400_000 {
      let (a, b) = (random.next(below: 50_000), random.next(below: 50_000))
      builder.addEdge(from: NodeID(a), to: NodeID(b))
      bytes.append(contentsOf: "\(a) \(b)\n".utf8)
    }
    let named = try #require(
      try EdgeListReader().numberedGraph(from: bytes, workers: WorkerCount(workers))
    )
    let expected = try builder.build()
    let used = expected.filtered { expected.degree(of: $0) > 0 }
    #expect(named.graph == used.graph)
    #expect(named.graph.nodes.map { named.numbers[$0] } == used.originals.map { UInt64($0.index) })
  }
}
