import ClewEvidence
import Testing

/// Records of made-up sources, grouped into events.
struct EventBench {
  private var records: [(item: EvidenceItem, sources: [Int64])] = []

  mutating func add(_ item: EvidenceItem, in sources: Int64...) { records.append((item, sources)) }

  /// The places of the records of each event with more than one, in order of adding.
  func events(reversed: Bool = false) -> Set<Set<Int>> {
    var resolver = PartyResolver()
    for (item, _) in records {
      switch item {
      case .transfer(let transfer):
        resolver.add(transfer.payer)
        resolver.add(transfer.payee)
      case .call(let call):
        resolver.add(call.from)
        resolver.add(call.to)
      case .message(let message):
        resolver.add(message.from)
        resolver.add(message.to)
      default: break
      }
    }
    var events = CaseEvents(parties: resolver.resolve(), sources: [])
    let order = reversed ? Array(records.indices.reversed()) : Array(records.indices)
    for place in order {
      let id = RecordID(high: UInt64(place), low: 0)
      events.add(
        StoredRecord(id: id, item: records[place].item),
        sources: records[place].sources
      )
    }
    let grouping = events.grouping()
    return Set(
      (grouping.transfers + grouping.calls + grouping.messages).map { group in
        Set(group.map { Int($0.high) })
      }
    )
  }

  static func time(_ second: Int64) -> Timestamp {
    Timestamp(milliseconds: 1_709_380_800_000 + second * 1000)
  }
}

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

@Suite struct `Messages are one message` {
  private static let group = Account(.qqGroup, "999000001")

  private func say(
    _ text: String,
    _ from: Account? = .ann,
    _ to: Account? = .bob,
    group: Account? = nil,
    at second: Int64,
    id: String? = nil,
    platform: String = "qq"
  ) -> EvidenceItem {
    .message(
      Message(
        platform: platform,
        serverID: id,
        from: from,
        to: to,
        group: group,
        sentAt: EventBench.time(second),
        text: text
      )
    )
  }

  @Test func `in a text export and in two databases`() {
    var bench = EventBench()
    bench.add(say("在吗，有新料", at: 0), in: 1)
    bench.add(say("在吗，有新料", at: 0, id: "77"), in: 2)
    bench.add(say("在吗，有新料 ", at: 1), in: 3)
    bench.add(say("在吗，有新料", .bob, .ann, at: 0), in: 4)
    bench.add(say("在吗，有新料", .ann, .cat, at: 0), in: 4)
    bench.add(say("在吗", at: 0), in: 5)
    #expect(bench.events() == [[0, 1, 2]])
    #expect(bench.events(reversed: true) == bench.events())
  }

  @Test func `whether an export shows the picture below its words or not`() {
    var bench = EventBench()
    bench.add(say("在，发个样本", at: 0), in: 1)
    bench.add(say("在，发个样本\n[图片]", at: 0), in: 2)
    bench.add(say("[图片]", at: 0), in: 3)
    bench.add(say("[图片][图片]", at: 0), in: 4)
    bench.add(say("[图片]在，发个样本", at: 0), in: 5)
    #expect(bench.events() == [[0, 1]])
  }

  @Test func `not when one source holds it twice`() {
    var bench = EventBench()
    bench.add(say("好", at: 0), in: 1)
    bench.add(say("好", at: 1), in: 1)
    bench.add(say("好", at: 0, id: "1"), in: 2)
    bench.add(say("好", at: 1, id: "2"), in: 2)
    #expect(bench.events() == [[0, 2], [1, 3]])
  }

  @Test func `not with two ids of one format`() {
    var bench = EventBench()
    bench.add(say("好", at: 0, id: "1"), in: 1)
    bench.add(say("好", at: 0, id: "2"), in: 2)
    #expect(bench.events().isEmpty)
  }

  @Test func `in a private chat whose export knows names only, if two messages agree`() {
    let (niqiu, kite) = (Account(.name, "泥鳅#1a2b3c4d"), Account(.name, "风筝#1a2b3c4d"))
    var bench = EventBench()
    bench.add(say("在吗，有新料", .ann, .bob, at: 0), in: 1)
    bench.add(say("在，发个样本", .bob, .ann, at: 33), in: 1)
    bench.add(say("样本发你邮箱了", .ann, .bob, at: 83), in: 1)
    bench.add(say("在吗，有新料", .ann, .cat, at: 0), in: 1)
    bench.add(say("在吗，有新料", niqiu, kite, at: 0), in: 2)
    bench.add(say("在，发个样本", kite, niqiu, at: 33), in: 2)
    bench.add(say("样本发你邮箱了", niqiu, kite, at: 83), in: 2)
    #expect(bench.events() == [[0, 4], [1, 5], [2, 6]])
    var thin = EventBench()
    thin.add(say("在吗", .ann, .bob, at: 0), in: 1)
    thin.add(say("在吗", niqiu, kite, at: 0), in: 2)
    #expect(thin.events().isEmpty)
  }

  @Test func `in a group that an export knows by its title only`() {
    let title = Account(.qqGroup, "数据互换演示群#99aa88bb")
    let name = Account(.name, "灯笼#99aa88bb")
    var bench = EventBench()
    bench.add(say("灯笼加入本群。", nil, nil, group: Self.group, at: 0), in: 1)
    bench.add(say("本群只谈数据互换", .ann, nil, group: Self.group, at: 135), in: 1)
    bench.add(say("@风筝 私你了", .cat, nil, group: Self.group, at: 359), in: 1)
    bench.add(say("灯笼加入本群。", nil, nil, group: title, at: 0), in: 2)
    bench.add(say("本群只谈数据互换", .ann, nil, group: title, at: 135), in: 2)
    bench.add(say("@风筝 私你了", name, nil, group: title, at: 359), in: 2)
    #expect(bench.events() == [[0, 3], [1, 4], [2, 5]])
  }

  @Test func `in the network's record, which has no text`() {
    let (one, two) = (Account(.phone, "+8613800000002"), Account(.phone, "+8613800000004"))
    var bench = EventBench()
    bench.add(say("名单发你", one, two, at: 0, platform: "sms"), in: 1)
    bench.add(say("", one, two, at: 4, platform: "sms"), in: 2)
    bench.add(say("名单发你", one, two, at: 90, platform: "sms"), in: 3)
    bench.add(say("", two, one, at: 5, platform: "sms"), in: 2)
    #expect(bench.events() == [[0, 1, 2]])
  }
}
