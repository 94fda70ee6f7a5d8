import ClewTestSupport
import GraphCore
import Testing

struct EdgeListReaderTests {
  private func edges(
    _ text: String,
    by reader: EdgeListReader = EdgeListReader()
  ) throws -> [String] {
    let named = try reader.graph(from: Array(text.utf8))
    return named.graph.edges.map {
      "\(named.label(of: $0.source))>\(named.label(of: $0.target)):\($0.weight)"
    }
  }

  @Test(arguments: [
    "a b 3\nb c\n", "a\tb\t3\nb\tc\t\n", "a,b,3\nb,c,\n", "a, b, 3\r\nb, c\r\n",
    "  a   b  3  \n\n  b\tc", "# note\na b 3\n% note\nb c", "\u{FEFF}a b 3\nb c",
    "source,target,weight\na,b,3\nb,c,1", "to from count\nb a 3\nc b 1",
    "source,weight,time,target\na,3,x,b\nb,,y,c", "\"a\",\"b\",3\n\"b\" ,c",
    "a b 1\na b 2\nb c",
  ])
  func `the same edges are read from every form`(text: String) throws {
    #expect(try edges(text) == ["a>b:3", "b>c:1"])
  }

  @Test(arguments: ["", "\n\n", "# nothing\n", "source target\n"])
  func `a text without edges is an empty graph`(text: String) throws {
    #expect(try EdgeListReader().graph(from: Array(text.utf8)).graph == Graph())
  }

  @Test(arguments: [
    ("a b\nc\n", 2, EdgeListProblem.missingColumn),
    ("# note\n\na,,3", 3, .emptyName),
    ("a b 1.5", 1, .unreadableWeight),
    ("a b\na b 0", 2, .unreadableWeight),
    ("a b -1", 1, .unreadableWeight),
    ("a b 9223372036854775808", 1, .unreadableWeight),
    ("a,\"b", 1, .unclosedQuote),
    ("\tb\t3", 1, .emptyName),
  ])
  func `a line that cannot be read is named`(
    text: String,
    line: Int,
    problem: EdgeListProblem
  ) throws {
    #expect(throws: GraphError.unreadableLine(line, problem)) { try edges(text) }
  }

  @Test func `bytes that are not text are refused`() throws {
    #expect(throws: GraphError.unreadableLine(1, .invalidText)) {
      try EdgeListReader().graph(from: [0x61, 0x20, 0xFF])
    }
  }

  @Test func `quoted names may hold commas and quotation marks`() throws {
    #expect(try edges("\"a,\"\"1\"\"\",b") == ["a,\"1\">b:1"])
  }

  @Test func `a header that is demanded must name both ends`() throws {
    let reader = EdgeListReader(header: .present)
    #expect(throws: GraphError.unreadableLine(1, .missingHeaderName)) {
      try edges("a b", by: reader)
    }
    #expect(try edges("source target", by: EdgeListReader(header: .absent)) == ["source>target:1"])
  }

  @Test func `options decide direction, loops, order and weights`() throws {
    let reader = EdgeListReader(
      isDirected: false,
      selfLoops: .dropped,
      order: .firstSeen,
      readsWeights: false
    )
    let named = try reader.graph(from: Array("b a x\na b y\na a z".utf8))
    #expect(!named.graph.isDirected)
    #expect(named.table.labels == ["b", "a"])
    #expect(named.graph.edgeCount == 1)
    #expect(named.graph.totalWeight == 2)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `writing a graph and reading it again is the identity`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let lines = graph.edges.map {
      "n\($0.source.index + 100) n\($0.target.index + 100) \($0.weight)"
    }
    let named = try EdgeListReader().graph(from: Array(lines.joined(separator: "\n").utf8))
    let used = graph.filtered { graph.degree(of: $0) > 0 }
    #expect(named.graph.edges.map(\.weight) == used.graph.edges.map(\.weight))
    #expect(named.table.labels == used.originals.map { "n\($0.index + 100)" })
  }
}
