import Testing

@testable import ClewChain

struct PriceLadderTests {
  /// A chain in which each asks twice what it pays, and is paid twice.
  private func prices(_ chain: [Int], category: Int, from fen: Int64) -> [SupplyClues.Price] {
    zip(chain, chain.dropFirst()).enumerated().flatMap { step, pair in
      repeatElement(
        SupplyClues.Price(
          direction: Direction(pair.0, pair.1),
          category: category,
          fen: fen << Int64(step),
          isPaid: true
        ),
        count: 2
      )
    }
  }

  private func links(_ prices: [SupplyClues.Price]) -> Set<Direction> {
    Set(prices.map(\.direction))
  }

  @Test func `each step up the price is a step down from the source`() {
    var all: [SupplyClues.Price] = []
    for chain in 0..<4 {
      let people = (0..<4).map { 10 * chain + $0 }
      all += prices(people, category: 0, from: 1_000) + prices(people, category: 1, from: 7_000)
    }
    let ladder = PriceLadder(all, links: links(all))
    #expect(abs(ladder.step - 1) < 0.001)
    for chain in 0..<4 {
      #expect((0..<3).map { ladder.asks[10 * chain + $0]?.thousandths } == [0, 1_000, 2_000])
      #expect((1..<4).map { ladder.pays[10 * chain + $0]?.thousandths } == [0, 1_000, 2_000])
      #expect(ladder.asks[10 * chain]?.prices == 4)
    }
  }

  @Test func `a supplier whose own suppliers are unseen stands where its prices say`() {
    var all: [SupplyClues.Price] = []
    for chain in 0..<4 { all += prices((0..<4).map { 10 * chain + $0 }, category: 0, from: 1_000) }
    all += prices([50, 51], category: 0, from: 4_000)
    let ladder = PriceLadder(all, links: links(all))
    #expect(ladder.asks[50]?.thousandths == 2_000)
  }

  @Test func `prices between people without a link are no trade`() {
    let all = prices([0, 1, 2], category: 0, from: 100)
    #expect(PriceLadder(all, links: []).asks.isEmpty)
  }

  @Test func `an amount that came once tells no price`() {
    var all: [SupplyClues.Price] = []
    for chain in 0..<4 { all += prices((0..<4).map { 10 * chain + $0 }, category: 0, from: 1_000) }
    all += prices([50, 51], category: 0, from: 4_000).prefix(1)
    #expect(PriceLadder(all, links: links(all)).asks[50] == nil)
  }

  @Test func `where resellers ask what they pay, prices tell nothing`() {
    let flat = prices([0, 1], category: 0, from: 300) + prices([1, 2], category: 0, from: 300)
    #expect(PriceLadder(flat, links: links(flat)).asks.isEmpty)
  }

  @Test func `one mistyped price among three moves nothing`() {
    var all: [SupplyClues.Price] = []
    for chain in 0..<4 { all += prices((0..<4).map { 10 * chain + $0 }, category: 0, from: 1_000) }
    let straight = PriceLadder(all, links: links(all))
    let wrong = SupplyClues.Price(
      direction: Direction(1, 2),
      category: 0,
      fen: 900_000_000,
      isPaid: false
    )
    let right = SupplyClues.Price(
      direction: Direction(1, 2),
      category: 0,
      fen: 2_000,
      isPaid: false
    )
    let crooked = PriceLadder(all + [wrong, right], links: links(all))
    #expect(crooked.asks.mapValues(\.thousandths) == straight.asks.mapValues(\.thousandths))
  }
}
