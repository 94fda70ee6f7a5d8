import ClewTestSupport
import GraphCore
import Testing

@testable import ClewChain

struct StructureTests {
  private func structure(
    _ links: [(Int, Int, Int64)],
    kinds: [Int: UInt32] = [:],
    seized: Set<Int> = []
  ) -> ChainStructure {
    ChainStructure(
      links: links.map {
        Market.Link(supplier: $0.0, buyer: $0.1, dealings: $0.2, categories: kinds[$0.0] ?? 1)
      },
      seized: seized
    )
  }

  private func roles(_ structure: ChainStructure) -> [Int: Role] {
    Dictionary(
      zip(structure.market.parties, structure.roles),
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func line(_ structure: ChainStructure, _ party: Int) -> Int? {
    structure.market.node(of: party).flatMap(structure.lineShares.line(of:)).map {
      structure.market.parties[structure.principals[$0].index]
    }
  }

  @Test func `a plain chain gets a role for each step`() {
    let chain = structure([(0, 1, 5), (1, 2, 5), (2, 3, 5), (3, 4, 5)])
    #expect(
      roles(chain) == [
        0: .source, 1: .firstLevelAgent, 2: .secondLevelAgent, 3: .subAgent, 4: .customer,
      ]
    )
    #expect(chain.tiers == [0, 1, 2, 3, 4])
    #expect((0...4).allSatisfy { line(chain, $0) == 1 })
  }

  @Test func `two lines exchange without becoming one`() {
    let two = structure([
      (0, 1, 9), (1, 2, 6), (2, 3, 3), (10, 11, 9), (11, 12, 6), (12, 13, 3), (1, 11, 4),
      (11, 1, 3),
      (2, 13, 1), (0, 11, 2),
    ])
    #expect(roles(two)[1] == .firstLevelAgent && roles(two)[11] == .firstLevelAgent)
    #expect(line(two, 3) == 1 && line(two, 13) == 11 && line(two, 0) == 1)
    let thirteen = two.market.node(of: 13).map { two.lineShares.shares[$0.index] } ?? []
    #expect(thirteen.map(\.billionths) == [250_000_000, 750_000_000])
  }

  @Test func `a second-level agent with one purchase at a source stays one`() {
    let chain = structure([(0, 1, 20), (1, 2, 18), (0, 2, 2), (2, 3, 10)])
    #expect(roles(chain)[2] == .secondLevelAgent)
  }

  @Test func `a broad supplier whose own suppliers are unseen is a principal, unless seized`() {
    let links = (1...5).map { (0, $0, Int64(3)) }
    #expect(roles(structure(links, kinds: [0: 0b111]))[0] == .firstLevelAgent)
    #expect(roles(structure(links, kinds: [0: 0b111], seized: [0]))[0] == .source)
    #expect(roles(structure(links, kinds: [0: 0b1]))[0] == .source)
    #expect(roles(structure(links, kinds: [0: 0b11]))[0] == .undetermined)
  }

  @Test func `rows that go back to a source do not unmake it`() {
    let chain = structure([(0, 1, 12), (1, 0, 1), (1, 2, 8)])
    #expect(roles(chain)[0] == .source)
    #expect(roles(chain)[1] == .firstLevelAgent)
  }

  @Test func `no links give no lines`() {
    let empty = structure([])
    #expect(empty.principals.isEmpty && empty.roles.isEmpty)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `what a node dominates is what removing it cuts off`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var builder = GraphBuilder(nodeCount: 12, selfLoops: .dropped)
    for _ in 0..<18 {
      let (a, b) = (random.next(below: 12), random.next(below: 12))
      if a < b { builder.addEdge(from: NodeID(a), to: NodeID(b)) }
    }
    guard let graph = try? builder.build() else { return }
    let roots = graph.nodes.filter { graph.inDegree(of: $0) == 0 && graph.outDegree(of: $0) > 0 }
    func reached(without removed: Int?) -> Set<Int> {
      var seen = Set(roots.map(\.index).filter { $0 != removed })
      var stack = Array(seen)
      while let node = stack.popLast() {
        for next in graph.outNeighbors(of: NodeID(node)).map(\.index)
        where next != removed && seen.insert(next).inserted { stack.append(next) }
      }
      return seen
    }
    let all = reached(without: nil)
    let butFor = ButForSupply(graph)
    for node in all {
      #expect(butFor.exclusiveDownstream[node] == all.count - reached(without: node).count - 1)
    }
  }

  @Test func `shares are whole numbers that add up`() {
    let chain = structure([(0, 1, 3), (5, 6, 3), (1, 2, 1), (6, 2, 2), (2, 3, 1)])
    for shares in chain.lineShares.shares where !shares.isEmpty {
      let sum = shares.reduce(Int64(0)) { $0 + $1.billionths }
      #expect(sum <= LineShares.whole && sum >= LineShares.whole - 2)
    }
  }
}
