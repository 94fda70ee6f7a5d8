import ClewEvidence
import Testing

@testable import ClewChain

struct OrderGapTests {
  private func leg(_ supplier: Int, _ buyer: Int, day: Int64) -> SupplyClues.Leg {
    SupplyClues.Leg(
      direction: Direction(supplier, buyer),
      at: day * 86_400_000,
      record: FieldDigest().recordID
    )
  }

  @Test func `an order seen at both ends of a gap proves the path across it`() {
    // 3 orders from 2; a day later 1 orders the same plate from 0. Nobody saw 1 and 2 talk.
    let gaps = OrderGaps([[leg(2, 3, day: 1), leg(0, 1, day: 2)]])
    #expect(gaps.paths == [OrderGaps.Path(upper: 1, lower: 2): 1])
    #expect(gaps.below == [1: 1] && gaps.above == [2: 1] && gaps.relayed.isEmpty)
  }

  @Test func `an order passed on by one person leaves no gap`() {
    let gaps = OrderGaps([[leg(1, 2, day: 1), leg(0, 1, day: 2)]])
    #expect(gaps.relayed == [1: 1] && gaps.paths.isEmpty)
  }

  @Test func `a whole chain of three orders leaves no gap between its ends`() {
    let gaps = OrderGaps([[leg(2, 3, day: 1), leg(1, 2, day: 2), leg(0, 1, day: 3)]])
    #expect(gaps.relayed == [2: 1, 1: 1] && gaps.paths.isEmpty)
  }

  @Test func `orders more than a month apart are two people's wishes`() {
    let gaps = OrderGaps([[leg(2, 3, day: 1), leg(0, 1, day: 40)]])
    #expect(gaps.paths.isEmpty && gaps.below.isEmpty)
  }

  @Test func `who asks two suppliers for the same passes nothing on`() {
    let gaps = OrderGaps([[leg(2, 3, day: 1), leg(0, 3, day: 2)]])
    #expect(gaps.paths.isEmpty && gaps.relayed.isEmpty)
  }

  /// Two plates that 3 ordered from 2, and a day later 1 from 0.
  private var twice: OrderGaps {
    OrderGaps([
      [leg(2, 3, day: 1), leg(0, 1, day: 2)], [leg(2, 3, day: 5), leg(0, 1, day: 6)],
    ])
  }
  private let seen = [Direction(2, 3), Direction(0, 1)]

  @Test func `two targets at both ends of a gap are stated as supply, one is not`() throws {
    let found = twice.findings(links: seen, possiblySame: [], name: \.description)
    #expect(found.map(\.upper) == [1] && found.map(\.lower) == [2] && found[0].targets == 2)
    #expect(found[0].evidence.count == 4)
    let once = OrderGaps([[leg(2, 3, day: 1), leg(0, 1, day: 2)]])
    #expect(once.findings(links: seen, possiblySame: [], name: \.description).isEmpty)
  }

  @Test(arguments: [
    // A link, a way of two and of three links, and one that leads back.
    [Direction(1, 2)], [Direction(1, 7), Direction(7, 2)],
    [Direction(1, 7), Direction(7, 8), Direction(8, 2)], [Direction(2, 7), Direction(7, 1)],
  ])
  func `what a seen way explains is not stated as unseen`(way: [Direction]) {
    #expect(twice.findings(links: seen + way, possiblySame: [], name: \.description).isEmpty)
  }

  @Test func `a way of four links explains nothing, nor does one that is broken`() {
    let long = [Direction(1, 7), Direction(7, 8), Direction(8, 9), Direction(9, 2)]
    #expect(twice.findings(links: seen + long, possiblySame: [], name: \.description).count == 1)
    let broken = [Direction(1, 7), Direction(8, 2)]
    #expect(twice.findings(links: seen + broken, possiblySame: [], name: \.description).count == 1)
  }

  @Test func `ends that are possibly one person need nobody between them`() {
    let pairs = [CaseView.Pair(2, 1)]
    #expect(twice.findings(links: seen, possiblySame: pairs, name: \.description).isEmpty)
    // So do ends that bear one name.
    #expect(twice.findings(links: seen, possiblySame: []) { $0 == 3 ? "丙" : "甲" }.isEmpty)
  }

  @Test func `the same plate in two chats of a case shows that a buyer resells`() throws {
    let maker = try CaseMaker()
    // down buys from mid; top supplies up; mid and up never speak.
    for number in 1000..<1006 {
      maker.deal("mid", "down", at: 3_000 * (number - 999), phone: number, yuan: 60)
      maker.deal("top", "up", at: 3_000 * (number - 999) + 90, phone: number, yuan: 20)
    }
    let view = try CaseView(of: try maker.caseFile())
    let clues = Projection().supply(in: view).clues
    let gaps = OrderGaps(clues.passedOn)
    let up = view.parties.index(of: CaseMaker.account("up"))
    let mid = view.parties.index(of: CaseMaker.account("mid"))
    #expect(gaps.below == [up: 6].compactKeys && gaps.above == [mid: 6].compactKeys)
  }
}

extension Dictionary where Key == Int?, Value == Int {
  fileprivate var compactKeys: [Int: Int] {
    reduce(into: [:]) { if let key = $1.key { $0[key] = $1.value } }
  }
}
