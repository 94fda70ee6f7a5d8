import ClewTestSupport
import GraphCore
import Testing

struct TestSupportTests {
  @Test func `SplitMix64 gives the numbers of its reference implementation`() {
    // From S. Vigna's splitmix64.c, seed 1234567.
    var random = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test func `a shuffle keeps every value and repeats for the same seed`() {
    var (one, other) = (SplitMix64(seed: 3), SplitMix64(seed: 3))
    let shuffled = one.shuffled(Array(0..<100))
    #expect(shuffled == other.shuffled(Array(0..<100)))
    #expect(shuffled.sorted() == Array(0..<100))
    #expect(shuffled != Array(0..<100))
  }

  @Test func `the same seed draws the same graph`() throws {
    #expect(try RandomGraph.small(seed: 5) == RandomGraph.small(seed: 5))
    #expect(try RandomGraph.small(seed: 5) != RandomGraph.small(seed: 6))
  }

  @Test func `quoted cells may hold commas`() {
    let rows = CSVTable.rows(of: "id,name\r\n1,\"a, b\"\r\n2,\r\n")
    #expect(rows == [["id": "1", "name": "a, b"], ["id": "2", "name": ""]])
  }

  @Test func `elimination solves a small system`() {
    #expect(areClose(Oracle.solution(of: [[0, 2], [4, 1]], [6, 7]), [1, 3]))
    #expect(!areClose([1], [1, 2]))
    #expect(areClose([correlation([1, 2, 3], [6, 4, 2])], [-1]))
  }
}

/// The examples of the documentation.
struct DocumentationTests {
  @Test func `the examples of the graph page hold`() throws {
    let named = try EdgeListReader().graph(from: Array("a b 3\nb c".utf8))
    let ranks = try PageRank(damping: 0.85).scores(of: named.graph).scores
    #expect(ranks[2] == ranks.max())
    var builder = GraphBuilder(isDirected: false, selfLoops: .dropped)
    builder.addEdge(from: NodeID(0), to: NodeID(1))
    builder.addEdge(from: NodeID(1), to: NodeID(0), weight: 2)
    let edge = try #require(builder.build().edge(from: NodeID(0), to: NodeID(1)))
    #expect(edge.weight == 3)
    #expect(edge.multiplicity == 2)
  }
}
