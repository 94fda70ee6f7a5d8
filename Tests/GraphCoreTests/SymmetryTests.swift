import ClewTestSupport
import GraphCore
import Testing

/// What must hold of every score, whatever it measures.
struct SymmetryTests {
  private static func scores(of graph: Graph) throws -> [String: [Double]] {
    [
      "betweenness": try graph.betweenness(unit: .pairs),
      "PageRank": try PageRank().scores(of: graph).scores,
      "SpringRank": try SpringRank(tolerance: 1e-12).scores(of: graph).scores,
      "levels": try TrophicLevels(tolerance: 1e-12).levels(of: graph).levels,
      "cores": graph.coreNumbers().map(Double.init),
      "clustering": graph.clustering().coefficients,
      "degrees": graph.degrees.map(Double.init),
    ]
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `relabelling permutes scores`(seed: UInt64) throws {
    let graph = try RandomGraph.small(seed: seed, isWeighted: true)
    let places = RandomGraph.places(for: graph, seed: seed)
    let moved = try Self.scores(of: graph.relabelled(places))
    for (name, scores) in try Self.scores(of: graph) {
      let back = try #require(moved[name])
      #expect(
        areClose(graph.nodes.map { back[places[$0.index].index] }, scores, within: 1e-7),
        "\(name)"
      )
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `graphs side by side keep their scores`(seed: UInt64) throws {
    let left = try RandomGraph.small(seed: seed, isWeighted: true)
    let right = try RandomGraph.small(seed: seed + 1000, isWeighted: true)
    let first = try Self.scores(of: left)
    let second = try Self.scores(of: right)
    // PageRank shares one whole among all nodes, so that it is the one score to change.
    for (name, both) in try Self.scores(of: left.beside(right)) where name != "PageRank" {
      let apart = try #require(first[name]) + #require(second[name])
      #expect(areClose(both, apart, within: 1e-7), "\(name)")
    }
  }
}
