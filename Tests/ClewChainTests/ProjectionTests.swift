import ClewEvidence
import Testing

@testable import ClewChain

struct ProjectionTests {
  @Test func `an order answered with its target and paid for is a link of grade A`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    let analysis = try made.analysis()
    let link = try #require(analysis.link("s", "b"))
    #expect(link.link.grade == .a)
    #expect(link.link.orders == 1 && link.link.deliveries == 1 && link.link.payments == 1)
    #expect(link.link.amountFen == 8_000)
    #expect(link.link.kinds.isSuperset(of: [.payload, .order, .delivery, .payment]))
    #expect(analysis.links.count == 1)
    #expect(Set(link.link.evidence.map(\.record)).count == 3)
  }

  @Test func `each file that bears an ordered number answers the order of that number`() throws {
    let made = try CaseMaker()
    for (place, phone) in ["13800001001", "13800001002"].enumerated() {
      made.say("b", "s", at: place, phone)
    }
    made.send("s", "b", at: 60, file: "13800001001_副本.txt")
    made.send("s", "b", at: 90, file: "13800001002.zip")
    made.pay("b", "s", at: 100, yuan: 160)
    let link = try #require(try made.analysis().link("s", "b"))
    #expect(link.link.kinds.isSuperset(of: [.payload, .order, .payment]))
    #expect(link.link.items.reduce(0, +) == 2)
  }

  @Test(arguments: ["甲一，990000199101010014，4，无，79万，演示机械厂", "甲一  990000199101010014  1  9次  1万  无"])
  func `the ordered number with values beside it answers the order`(row: String) throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "甲一 990000199101010014 能出吗")
    made.say("s", "b", at: 300, row)
    made.pay("b", "s", at: 320, yuan: 455)
    let link = try #require(try made.analysis().link("s", "b"))
    #expect(link.link.kinds.contains(.payload) && link.link.items.reduce(0, +) == 1)
  }

  @Test func `a bare price answers an order, and is nothing by itself`() throws {
    let made = try CaseMaker()
    made.say("s", "b", at: 0, "80元")
    made.deal("s", "b", at: 100, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, "查机主 13800001002")
    made.say("s", "b", at: 2001, "80元")
    let link = try #require(try made.analysis().link("s", "b")).link
    #expect(link.evidence.count { $0.kind == .offer } == 1)
  }

  @Test func `the direction is that of the goods whoever speaks first`() throws {
    let made = try CaseMaker()
    made.say("s", "b", at: 0, "在吗")
    made.deal("s", "b", at: 5, phone: 1001, yuan: 80)
    #expect(try made.analysis().link("b", "s") == nil)
  }

  @Test func `a list of targets is an order, its answers are deliveries`() throws {
    let made = try CaseMaker()
    let phones = (1...4).map { "1380000200\($0)" }
    made.say("b", "s", at: 0, "来4单\n" + phones.joined(separator: "\n"))
    for (number, phone) in phones.enumerated() {
      made.say(
        "s",
        "b",
        at: 30 + number,
        "号码：\(phone)\n机主：甲一\n身份证：990000199101010014\n地址：演示市演示路1号"
      )
    }
    let analysis = try made.analysis()
    let link = try #require(analysis.link("s", "b"))
    #expect(link.link.items.reduce(0, +) == 4)
    #expect(link.link.dealings == 1)
    #expect(analysis.link("b", "s") == nil)
  }

  @Test(arguments: [
    // An insurer is given plate and identity number, and paid.
    [
      ("s", "续保 车牌报一下"), ("b", "京X·D0001"), ("s", "身份证也要"), ("b", "990000199101010014"),
      ("s", "一共200"),
    ],
    // A mechanic.
    [("b", "年检什么时候 京X·D0001"), ("s", "下月底"), ("b", "帮我弄一下"), ("s", "28")],
    // A taxi.
    [("b", "到哪了 车牌多少"), ("s", "京X·D0001"), ("b", "看到了")],
    // A friend asks for a parcel.
    [("b", "帮我查下快递到哪了 SF1234567890123"), ("s", "在路上了"), ("b", "谢谢")],
    // A ticket office that repeats what it was given.
    [("b", "订张票 甲一 990000199101010014"), ("s", "990000199101010014，稍等，在订，晚点给你")],
    // A friend passes on a phone number.
    [("b", "张三电话多少"), ("s", "13800000001"), ("b", "好的")],
  ])
  func `everyday dealings are no trade even when paid for`(talk: [(String, String)]) throws {
    let made = try CaseMaker()
    for round in 0..<3 {
      for (minute, (who, text)) in talk.enumerated() {
        made.say(who, who == "s" ? "b" : "s", at: round * 1000 + minute, text)
      }
      made.pay("b", "s", at: round * 1000 + 20, yuan: 50)
    }
    let analysis = try made.analysis()
    #expect(analysis.links.isEmpty)
    #expect(analysis.parties.allSatisfy { $0.role == .outsider })
  }

  @Test func `money alone is no trade`() throws {
    let made = try CaseMaker()
    for day in 0..<10 { made.pay("b", "s", at: day * 1440, yuan: 300) }
    #expect(try made.analysis().links.isEmpty)
  }

  @Test func `money is trade where a customer's memos name data of persons time and again`() throws
  {
    let made = try CaseMaker()
    made.call("b", of: "s", "老客户")
    for day in 0..<2 { made.pay("b", "s", at: day * 1440, yuan: 300, memo: "户籍2份") }
    #expect(try made.analysis().link("s", "b")?.link.grade == .c)
  }

  @Test func `harmless files between colleagues are no trade`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "把会议通知发我")
    made.send("s", "b", at: 1, file: "会议通知.docx")
    made.send("s", "b", at: 2, file: "值班表5月.xlsx")
    made.pay("b", "s", at: 3, yuan: 30, memo: "午饭")
    #expect(try made.analysis().links.isEmpty)
  }

  @Test func `a bulk file that is passed on is payload for both links`() throws {
    let made = try CaseMaker()
    made.say("b", "a", at: 0, "车主 来5000条")
    made.say("a", "s", at: 10, "车主要5000条")
    made.pay("a", "s", at: 12, yuan: 400)
    made.send("s", "a", at: 60, file: "车主5000条.xlsx", digest: "md5:aa")
    made.send("a", "b", at: 70, file: "新建.xlsx", digest: "md5:aa")
    made.pay("b", "a", at: 75, yuan: 900)
    let analysis = try made.analysis()
    for (supplier, buyer) in [("s", "a"), ("a", "b")] {
      let link = try #require(analysis.link(supplier, buyer))
      #expect(link.link.kinds.contains(.payload))
      #expect(link.link.grade == .a)
      #expect(link.link.items.reduce(0, +) == 5_000)
    }
    #expect(analysis.party("a")?.role == .firstLevelAgent)
  }

  @Test func `a refused order counts against`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, "查一下机主 13800001002")
    made.say("s", "b", at: 2010, "查不到")
    let link = try #require(try made.analysis().link("s", "b"))
    #expect(link.link.orders == 1)
    #expect(link.link.against.count == 1)
  }

  @Test func `a stated sale is a link by itself`() throws {
    let made = try CaseMaker()
    made.add(
      .trade(
        Trade(
          supplier: CaseMaker.account("s"),
          buyer: CaseMaker.account("b"),
          category: "车辆",
          items: 30,
          amount: Money(fen: 240_000),
          at: CaseMaker.time(0)
        )
      )
    )
    let analysis = try made.analysis()
    let link = try #require(analysis.link("s", "b"))
    #expect(link.link.grade == .a)
    #expect(link.link.items[analysis.categories.firstIndex { $0.id == "vehicle" } ?? 0] == 30)
    #expect(link.link.amountFen == 240_000)
  }
}

struct MoneyLedgerTests {
  private func settle(
    _ rows: [(
      payer: Int, payee: Int, fen: Int64?, minute: Int, channel: String, ids: [String],
      state: Transfer.State, memo: String
    )]
  ) -> (payments: [Payment], void: [Payment]) {
    var ledger = MoneyLedger(lexicon: .standard)
    var events = CaseEvents(
      parties: Self.parties([1, 2, 3]),
      sources: []
    )
    var sources: [String: Int64] = [:]
    for (number, row) in rows.enumerated() {
      let transfer = Transfer(
        payer: Account(.wechat, "\(row.payer)"),
        payee: Account(.wechat, "\(row.payee)"),
        amount: row.fen.map { Money(fen: $0) },
        at: CaseMaker.time(row.minute),
        channel: row.channel,
        memo: row.memo,
        ids: row.ids,
        state: row.state
      )
      let record = RecordID(high: 0, low: UInt64(number))
      ledger.add(transfer, payer: row.payer, payee: row.payee, record: record)
      // Each channel is a source of its own.
      let source = sources[row.channel, default: Int64(sources.count)]
      sources[row.channel] = source
      events.add(StoredRecord(id: record, item: .transfer(transfer)), sources: [source])
    }
    ledger.events = events.grouping().transfers
    return ledger.settle()
  }

  private static func parties(_ numbers: [Int]) -> PartyTable {
    var resolver = PartyResolver()
    for number in numbers { resolver.add(Account(.wechat, "\(number)")) }
    return resolver.resolve()
  }

  @Test func `chat, receipt and both returns are one payment`() {
    let result = settle([
      (1, 2, 100, 0, "wechat", ["a", "b"], .sent, ""),
      (1, 2, nil, 1, "wechat", ["a"], .completed, ""),
      (1, 2, 100, 0, "tenpay", ["b"], .completed, "料"),
      (1, 2, 100, 0, "tenpay", ["b"], .completed, "料"),
    ])
    #expect(result.payments.count == 1)
    #expect(result.payments.first?.fen == 100)
    #expect(result.payments.first?.records.count == 4)
    #expect(result.payments.first?.namesGoods == true)
  }

  @Test func `without a shared id two sources pair within two minutes, one source never`() {
    let near = settle([
      (1, 2, 100, 0, "wechat", ["a"], .completed, ""),
      (1, 2, 100, 2, "tenpay", ["x"], .completed, ""),
    ])
    #expect(near.payments.count == 1)
    let far = settle([
      (1, 2, 100, 0, "wechat", ["a"], .completed, ""),
      (1, 2, 100, 3, "tenpay", ["x"], .completed, ""),
    ])
    #expect(far.payments.count == 2)
    let same = settle([
      (1, 2, 100, 0, "wechat", ["a"], .completed, ""),
      (1, 2, 100, 1, "wechat", ["x"], .completed, ""),
    ])
    #expect(same.payments.count == 2)
  }

  @Test func `a returned transfer and a failed one are void`() {
    let result = settle([
      (1, 2, 100, 0, "wechat", ["a"], .sent, ""), (1, 2, 100, 5, "wechat", ["a"], .returned, ""),
      (1, 2, 70, 0, "bank", ["f"], .failed, ""),
    ])
    #expect(result.payments.isEmpty)
    #expect(result.void.count == 2)
  }

  @Test func `a repayment with its reason cancels the payment`() {
    let result = settle([
      (1, 2, 100, 0, "wechat", ["a"], .completed, ""),
      (2, 1, 100, 600, "wechat", ["b"], .completed, "没出 退你"),
      (1, 2, 100, 900, "wechat", ["c"], .completed, ""),
    ])
    #expect(result.payments.count == 1)
    #expect(result.payments.first?.at == CaseMaker.time(900).milliseconds)
  }

  @Test func `a group red packet is one payment for each who took it`() {
    let result = settle([
      (1, 2, 600, 0, "tenpay", ["g"], .completed, ""),
      (1, 3, 400, 0, "tenpay", ["g"], .completed, ""),
    ])
    #expect(result.payments.map(\.fen).sorted { ($0 ?? 0) < ($1 ?? 0) } == [400, 600])
  }
}
