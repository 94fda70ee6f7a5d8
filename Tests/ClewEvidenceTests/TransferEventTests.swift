import ClewEvidence
import Testing

@Suite struct `Transfers are one payment` {
  private func pay(
    _ payer: Account? = .ann,
    _ payee: Account? = .bob,
    fen: Int64? = 200_000,
    at second: Int64,
    channel: String = "wechat",
    ids: [String] = [],
    state: Transfer.State = .completed
  ) -> EvidenceItem {
    .transfer(
      Transfer(
        payer: payer,
        payee: payee,
        amount: fen.map { Money(fen: $0) },
        at: EventBench.time(second),
        channel: channel,
        ids: ids,
        state: state
      )
    )
  }

  private static let id = "1000050000202403020000000000001"
  private static let other = "1000050000202403020000000000002"

  @Test func `in the chat, its receipt, both returns and a bill`() {
    var bench = EventBench()
    bench.add(pay(at: 0, ids: [Self.id, "53010000000000202403020000000001"], state: .sent), in: 1)
    bench.add(pay(fen: nil, at: 4000, ids: [Self.id]), in: 1)
    bench.add(pay(at: 2, ids: ["53010000000000202403020000000001"]), in: 2)
    bench.add(pay(at: 60, channel: "bank", ids: ["77"]), in: 3)
    bench.add(pay(.ann, Account(.name, "乙二"), at: 3, ids: [Self.id]), in: 4)
    #expect(bench.events() == [[0, 1, 2, 3, 4]])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test func `only once for every row of a source`() {
    var bench = EventBench()
    bench.add(pay(at: 0, channel: "bank"), in: 1)
    bench.add(pay(at: 50, channel: "bank"), in: 1)
    #expect(bench.events().isEmpty)
    // The other side's statement has both, too: two payments, paired nearest first.
    bench.add(pay(at: 48, channel: "bank"), in: 2)
    bench.add(pay(at: 3, channel: "bank"), in: 2)
    #expect(bench.events() == [[0, 3], [1, 2]])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test(arguments: [(120, true), (121, false)])
  func `within two minutes`(second: Int64, isOne: Bool) {
    var bench = EventBench()
    bench.add(pay(at: 0), in: 1)
    bench.add(pay(at: second, channel: "bank"), in: 2)
    #expect(bench.events().count == (isOne ? 1 : 0))
  }

  @Test func `not with another amount, end, fate or kind`() {
    var bench = EventBench()
    bench.add(pay(at: 0, channel: "bank"), in: 1)
    bench.add(pay(fen: 200_001, at: 0), in: 2)
    bench.add(pay(.ann, .cat, at: 0), in: 3)
    bench.add(pay(.bob, .ann, at: 0), in: 4)
    bench.add(pay(at: 0, state: .failed), in: 5)
    bench.add(pay(at: 0, state: .refund), in: 6)
    #expect(bench.events().isEmpty)
    var packets = EventBench()
    packets.add(pay(fen: 6_600, at: 0), in: 1)
    packets.add(pay(fen: 6_600, at: 0, channel: "wechat-redpacket"), in: 2)
    #expect(packets.events().isEmpty)
  }

  @Test func `not when their ids are of one numbering and differ`() {
    var bench = EventBench()
    bench.add(pay(at: 0, ids: [Self.id]), in: 1)
    bench.add(pay(at: 60, ids: [Self.other]), in: 2)
    #expect(bench.events().isEmpty)
  }

  @Test func `not by a short id alone`() {
    var bench = EventBench()
    bench.add(pay(fen: 100, at: 0, channel: "bank", ids: ["1"]), in: 1)
    bench.add(pay(fen: 900, at: 86_400, channel: "bank", ids: ["1"]), in: 2)
    #expect(bench.events().isEmpty)
  }

  @Test func `for each taker of a group's red packet`() {
    // HB2 of the samples: ten yuan, six taken by one and four by another; the chat has no takers.
    var bench = EventBench()
    bench.add(pay(.ann, nil, fen: nil, at: 0, channel: "wechat-redpacket", ids: [Self.id]), in: 1)
    bench.add(pay(.ann, .bob, fen: 600, at: 5, channel: "wechat-redpacket", ids: [Self.id]), in: 2)
    bench.add(pay(.ann, .cat, fen: 400, at: 9, channel: "wechat-redpacket", ids: [Self.id]), in: 2)
    #expect(bench.events() == [[0, 1]])
  }

  /// Money as a chart draws it: with a time, a day, or neither.
  private func draw(
    _ payee: Account = .bob,
    fen: Int64 = 200_000,
    at second: Int64?,
    ids: [String] = []
  ) -> EvidenceItem {
    .transfer(
      Transfer(
        payer: .ann,
        payee: payee,
        amount: Money(fen: fen),
        at: second.map(EventBench.time),
        channel: "chart",
        ids: ids
      )
    )
  }

  @Test func `that charts restate by day, in another zone or without a time`() {
    var bench = EventBench()
    bench.add(pay(at: 0, ids: [Self.id]), in: 1)
    bench.add(draw(at: 28_800), in: 2)
    bench.add(draw(at: nil, ids: ["a/e4"]), in: 3)
    // Another amount, another payee, a week later.
    bench.add(draw(fen: 1, at: 0), in: 4)
    bench.add(draw(.cat, at: nil), in: 4)
    bench.add(draw(at: 604_800), in: 5)
    #expect(bench.events() == [[0, 1, 2]])
    #expect(bench.events(reversed: true) == bench.events())
    // Another payment by its number.
    var numbered = EventBench()
    numbered.add(pay(at: 0, ids: [Self.id]), in: 1)
    numbered.add(draw(at: 0, ids: [Self.other]), in: 2)
    numbered.add(draw(at: nil, ids: [Self.other]), in: 3)
    #expect(numbered.events() == [[1, 2]])
  }

  @Test func `that a chart restates only as often as it draws it`() {
    var bench = EventBench()
    bench.add(pay(at: 0), in: 1)
    bench.add(pay(at: 50_000), in: 1)
    bench.add(draw(at: 50_000), in: 2)
    bench.add(draw(at: nil, ids: ["a/e4"]), in: 3)
    bench.add(draw(at: nil, ids: ["a/e5"]), in: 3)
    bench.add(draw(at: nil, ids: ["a/e6"]), in: 3)
    // Two undated lines of one chart are two payments; the third has none to restate.
    let events = bench.events()
    #expect(events.map(\.count).sorted() == [2, 3])
    #expect(events.allSatisfy { $0.intersection([0, 1]).count == 1 })
    #expect(events.contains { $0.isSuperset(of: [1, 2]) })
    #expect(bench.events(reversed: true) == events)
  }

  @Test func `in one canonical table only between its channels`() throws {
    let bench = try CaseBench()
    let file = try CaseFile.open(bench.path)
    func units(_ items: [EvidenceItem]) -> [CaseBench.Unit] {
      items.map { .items([$0], original: "") }
    }
    _ = try file.take(
      try bench.source("table"),
      format: "canonical-transfers",
      version: 1,
      sign: ""
    ) { sink in
      for (row, item) in [
        pay(at: 0, ids: ["a"]), pay(at: 5, channel: "bank", ids: ["b"]), pay(at: 60, ids: ["c"]),
      ].enumerated() {
        try sink.accept([item], at: UnitPosition(row: Int64(row + 1)), original: .text(""))
      }
      return 3
    }
    let totals = try EventTotals(of: file)
    #expect(totals.lines.map(\.rows) == [3])
    #expect(totals.lines.map(\.events) == [2])
    try file.close()
  }
}
