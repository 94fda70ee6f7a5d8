import ClewEvidence
import GraphCore
import Testing

@testable import ClewChain

struct MetricsTests {
  @Test func `concentration is what the formulas give by hand`() throws {
    // 1, 2, 3, 4: Gini (−3·1 − 1·2 + 1·3 + 3·4) / (4·10) = 0.25; HHI (1 + 4 + 9 + 16) / 100 = 0.3.
    let four = try #require(ChainMetrics.Concentration([4, 1, 3, 2]))
    #expect(four.count == 4)
    #expect(abs(four.gini - 0.25) < 1e-12 && abs(four.hhi - 0.3) < 1e-12)
    let equal = try #require(ChainMetrics.Concentration([5, 5]))
    #expect(equal.gini == 0 && equal.hhi == 0.5)
    let one = try #require(ChainMetrics.Concentration([0, 0, 7, 0]))
    #expect(one.gini == 0.75 && one.hhi == 1)
    #expect(ChainMetrics.Concentration([]) == nil && ChainMetrics.Concentration([0]) == nil)
  }

  private func graph(_ edges: [(Int, Int)], nodes: Int) throws -> Graph {
    var builder = GraphBuilder(nodeCount: nodes, isDirected: true)
    for (from, to) in edges { builder.addEdge(from: NodeID(from), to: NodeID(to)) }
    return try builder.build()
  }

  @Test func `two lines that share a supplier are parted at one link`() throws {
    // 0 supplies 1 and 4; 1 supplies 2 and 3; 4 supplies 5 and 6. 0 belongs to the line of 1.
    let tree = try graph([(0, 1), (0, 4), (1, 2), (1, 3), (4, 5), (4, 6)], nodes: 7)
    #expect(LineCut(tree).cut(between: [0, 1, 2, 3], and: [4, 5, 6]) == [[0, 4]])
    // With 0 in neither, the cut nearest to the first line is its link to 0.
    #expect(LineCut(tree).cut(between: [1, 2, 3], and: [4, 5, 6]) == [[0, 1]])
  }

  @Test func `exchange in both directions is one tie, and ways round count`() throws {
    let ring = try graph([(0, 1), (1, 0), (2, 1), (2, 3), (0, 3)], nodes: 5)
    // 0 – 1 directly; 0 – 3 – 2 – 1 round.
    #expect(LineCut(ring).cut(between: [0], and: [1]) == [[0, 1], [0, 3]])
    #expect(LineCut(ring).cut(between: [0], and: [4]) == [])
    #expect(LineCut(ring).cut(between: [], and: [4]) == [])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no fewer ties part two sets than the cut says`(seed: UInt64) throws {
    var state = SplitMix(state: seed)
    var edges: [(Int, Int)] = []
    for _ in 0..<11 {
      let (a, b) = (Int(state.next() % 7), Int(state.next() % 7))
      if a != b { edges.append((a, b)) }
    }
    let graph = try graph(edges, nodes: 7)
    let ties = Array(Set(edges.map { [min($0.0, $0.1), max($0.0, $0.1)] }))
    func joined(_ kept: [[Int]]) -> Bool {
      var seen: Set<Int> = [0, 1]
      for _ in 0..<7 {
        for tie in kept where seen.contains(tie[0]) != seen.contains(tie[1]) {
          seen.formUnion(tie)
        }
      }
      return seen.contains(5) || seen.contains(6)
    }
    let smallest = (0..<(1 << ties.count)).filter { mask in
      !joined(ties.indices.filter { mask & (1 << $0) == 0 }.map { ties[$0] })
    }.map(\.nonzeroBitCount).min()
    let cut = LineCut(graph).cut(between: [0, 1], and: [5, 6])
    #expect(cut.count == smallest)
    #expect(!joined(ties.filter { !cut.contains($0) }))
  }

  private func near(_ value: Double?, _ wanted: Double) -> Bool {
    value.map { abs($0 - wanted) < 1e-3 } ?? false
  }

  @Test func `a case of two lines in figures`() throws {
    let maker = try CaseMaker()
    // s → p → a → c1, c2 and s → q → d.
    for (place, deal) in [
      ("s", "p", 2), ("s", "p", 2), ("s", "q", 2), ("s", "q", 2), ("p", "a", 3), ("p", "a", 3),
      ("p", "a", 3), ("a", "c1", 6), ("a", "c1", 6), ("a", "c2", 6), ("q", "d", 3), ("q", "d", 3),
    ].enumerated() {
      maker.deal(deal.0, deal.1, at: place * 3_000, phone: 1000 + place, yuan: Int64(deal.2))
    }
    let analysis = try maker.analysis(owners: ["s", "p", "q", "a"])
    let metrics = MetricsMaker().metrics(of: analysis)
    try #require(analysis.lines.count == 2)
    #expect(
      metrics.widthByTier
        == analysis.lines.reduce([0, 0, 0, 0]) { sums, line in
          zip(sums, line.byTier).map(+)
        }
    )
    // d is two links from the source, c1 and c2 are three.
    #expect(metrics.pathLengths == [0, 0, 1, 2])
    #expect(metrics.reciprocity == 0)
    let party = Dictionary(
      uniqueKeysWithValues: metrics.members.map { (analysis.parties[$0.party].party.id, $0) }
    )
    func member(_ name: String) -> ChainMetrics.Member? {
      analysis.party(name).flatMap { party[$0.party.id] }
    }
    let (s, p, a, c) = (member("s"), member("p"), member("a"), member("c1"))
    #expect(s?.below == 6 && s?.above == 0)
    #expect(c?.above == 3 && c?.distance == 3)
    #expect(a?.exclusiveCustomers == 2 && c?.exclusiveCustomers == 0)
    #expect(p.map { abs($0.shareOfSupply - 2.0 / 3) < 1e-12 } == true)
    #expect(p?.bought == 2 && p?.sold == 3)
    #expect(a?.paidFen == 900 && a?.earnedFen == 1800)
    // Each deal is one record: the source asks 2 yuan, the principals 3, the agent 6.
    #expect(metrics.prices.map(\.tier) == [0, 1, 2])
    #expect(metrics.prices.map(\.medianFen) == [200, 300, 600])
    #expect(metrics.prices.map(\.suppliers) == [1, 2, 1])
    #expect(metrics.prices.map(\.prices) == [4, 5, 3])
    #expect(metrics.markups.map(\.tier) == [1, 2] && metrics.markups.map(\.suppliers) == [2, 1])
    // Levels are whole thousandths of a step, so that factors are right to three digits.
    #expect(near(metrics.markups[0].markup, 1.5) && near(metrics.markups[1].markup, 2))
    #expect(near(a?.markup, 2) && near(p?.markup, 1.5) && s?.markup == nil)
    // s belongs to the line that he supplies most, so that one link crosses.
    #expect(metrics.placedLinks == 6 && analysis.crossLinks.count == 1)
    #expect(metrics.eiIndex.map { abs($0 + 4.0 / 6) < 1e-12 } == true)
    #expect(metrics.independence.map(\.cut.count) == [1])
    #expect(metrics.independence.first?.cut.map { analysis.links[$0].isCrossLine } == [true])
    // p's line: c1 and c2 lie three links below the source, d two.
    #expect(
      metrics.lines.map(\.pathLengths).sorted { $0.count > $1.count } == [
        [0, 0, 0, 2], [0, 0, 1],
      ]
    )
    #expect(metrics.lines.map(\.reciprocity) == [0, 0])
    #expect(metrics.lines.allSatisfy { near($0.incoherence, 0) })
    #expect(metrics.lines.map(\.throughPrincipals) == metrics.lines.map(\.customers))
  }
}
