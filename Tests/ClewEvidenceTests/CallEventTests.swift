import ClewEvidence
import Testing

@Suite struct `Calls are one call` {
  private static let one = Account(.phone, "+8613800000001")
  private static let two = Account(.phone, "+8613800000002")
  private static let bank = Account(.service, "95588")

  private func call(
    _ from: Account = one,
    _ to: Account = two,
    at second: Int64,
    took seconds: Int64,
    channel: String = "phone"
  ) -> EvidenceItem {
    .call(
      Call(from: from, to: to, at: EventBench.time(second), seconds: seconds, channel: channel)
    )
  }

  @Test func `in both logs and the network's record`() {
    var bench = EventBench()
    bench.add(call(at: 0, took: 65), in: 1)
    bench.add(call(at: 8, took: 64), in: 2)
    bench.add(call(at: 9, took: 65), in: 3)
    bench.add(call(Self.bank, Self.two, at: 0, took: 0), in: 1)
    bench.add(call(Self.bank, Self.two, at: 2, took: 0), in: 3)
    #expect(bench.events() == [[0, 1, 2], [3, 4]])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test func `where one log counts from dialling and the other from the answer`() {
    var bench = EventBench()
    bench.add(call(at: 0, took: 120), in: 1)
    bench.add(call(at: 40, took: 120), in: 2)
    #expect(bench.events() == [[0, 1]])
    // Twenty seconds of talk and forty between the starts: two calls may do that.
    var short = EventBench()
    short.add(call(at: 0, took: 20), in: 1)
    short.add(call(at: 40, took: 20), in: 2)
    #expect(short.events().isEmpty)
  }

  @Test func `not when missed and answered, back and forth, or on another channel`() {
    var bench = EventBench()
    bench.add(call(at: 0, took: 0), in: 1)
    bench.add(call(at: 5, took: 65), in: 2)
    bench.add(call(Self.two, Self.one, at: 0, took: 65), in: 3)
    bench.add(call(at: 5, took: 65, channel: "telegram"), in: 4)
    #expect(bench.events().isEmpty)
  }

  @Test func `not twice in one log`() {
    var bench = EventBench()
    bench.add(call(at: 0, took: 0), in: 1)
    bench.add(call(at: 4, took: 0), in: 1)
    bench.add(call(at: 1, took: 0), in: 2)
    bench.add(call(at: 6, took: 0), in: 2)
    #expect(bench.events() == [[0, 2], [1, 3]])
  }

  @Test func `though a log does not tell its owner`() {
    let owner = Account(.name, "owner-of-0123456789ab")
    var bench = EventBench()
    bench.add(call(at: 0, took: 65), in: 1)
    bench.add(call(owner, Self.two, at: 1, took: 65), in: 2)
    bench.add(call(owner, Self.bank, at: 1, took: 65), in: 2)
    bench.add(call(Self.one, Account(.phone, "+8613800000009"), at: 0, took: 65), in: 3)
    #expect(bench.events() == [[0, 1]])
  }
}
