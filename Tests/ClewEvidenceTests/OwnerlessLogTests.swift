import ClewEvidence
import Testing

@Suite struct `Logs that do not tell their owner` {
  private static func phone(_ person: Int) -> Account { Account(.phone, "+861380000000\(person)") }
  private static func owner(_ log: String) -> Account { Account(.name, "owner-of-\(log)") }
  private static let bank = Account(.service, "95588")

  /// The telephone calls of the sample story: from, to, second, duration; 0 is the bank.
  private static let calls: [(from: Int, to: Int, at: Int64, took: Int64)] = [
    (2, 1, 0, 65), (1, 2, 123_610, 30), (3, 2, 256_900, 120), (4, 2, 377_800, 0),
    (3, 4, 386_800, 42), (2, 3, 424_600, 0), (0, 2, 431_800, 0),
  ]

  private static func call(_ number: Int, log: String = "", of owner: Int? = nil) -> EvidenceItem {
    let call = calls[number]
    func end(_ person: Int) -> Account {
      person == owner ? self.owner(log) : person == 0 ? bank : phone(person)
    }
    return .call(
      Call(
        from: end(call.from),
        to: end(call.to),
        at: EventBench.time(call.at),
        seconds: call.took
      )
    )
  }

  @Test func `give the seven calls of the sample story`() {
    var bench = EventBench()
    var source: Int64 = 0
    func add(_ calls: [Int], log: String = "", of owner: Int? = nil) {
      source += 1
      for number in calls { bench.add(Self.call(number, log: log, of: owner), in: source) }
    }
    // The network's record of 2; four exports of one telephone; the telephones of 4 and of 1; a
    // report on 1 that tells its number and one on 2 that does not.
    add([0, 1, 2, 5])
    for log in ["a", "b", "c", "d"] { add([0, 1, 2, 3, 5, 6], log: log, of: 2) }
    add([3, 4], log: "e", of: 4)
    add([0, 1])
    add([0, 1], log: "f", of: 1)
    add([0, 1], log: "g", of: 2)
    let joined = bench.events()
    let single = 4 + 4 * 6 + 2 + 2 + 2 + 2 - joined.reduce(0) { $0 + $1.count }
    #expect(joined.count + single == 7)
    #expect(bench.events(reversed: true) == joined)
  }

  private func sms(
    _ from: Account,
    _ to: Account,
    _ text: String,
    at second: Int64
  )
    -> EvidenceItem
  {
    .message(
      Message(platform: "sms", from: from, to: to, sentAt: EventBench.time(second), text: text)
    )
  }

  @Test func `give the five short messages of the sample story`() {
    let (one, two, four) = (Self.phone(1), Self.phone(2), Self.phone(4))
    let (mine, yours) = (Self.owner("a"), Self.owner("e"))
    let news = "找灯笼，他手里有货(演示)"
    var bench = EventBench()
    bench.add(sms(mine, four, news, at: 1000), in: 1)
    bench.add(sms(four, mine, "好", at: 1060), in: 1)
    bench.add(sms(Self.bank, mine, "验证码", at: -40_000), in: 1)
    bench.add(sms(two, four, "", at: 1000), in: 2)
    bench.add(sms(two, yours, news, at: 1001), in: 3)
    bench.add(sms(yours, two, "好", at: 1060), in: 3)
    bench.add(sms(two, yours, "旧", at: -250_000_000), in: 3)
    bench.add(sms(one, two, "钱收到了(演示)", at: -240_000), in: 4)
    #expect(bench.events() == [[0, 3, 4], [1, 5]])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test func `are nobody's where two telephones fit equally well`() {
    var bench = EventBench()
    for (source, caller) in [(1, 2), (2, 3)] as [(Int64, Int)] {
      for second in [0, 5000] as [Int64] {
        bench.add(
          .call(
            Call(
              from: Self.phone(caller),
              to: Self.phone(4),
              at: EventBench.time(second),
              seconds: 30
            )
          ),
          in: source
        )
      }
    }
    bench.add(
      .call(
        Call(from: Self.owner("a"), to: Self.bank, at: EventBench.time(0), seconds: 30)
      ),
      in: 3
    )
    bench.add(
      .call(
        Call(from: Self.phone(4), to: Self.owner("a"), at: EventBench.time(0), seconds: 30)
      ),
      in: 3
    )
    #expect(bench.events().isEmpty)
  }
}
