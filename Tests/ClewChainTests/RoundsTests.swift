import ClewEvidence
import Testing

@testable import ClewChain

@Suite struct `Rounds of a number and a list` {
  private static let day = 1440

  /// A number, and a list under a name that says nothing; paid after an hour if a price is given.
  private func round(
    _ made: CaseMaker,
    _ supplier: String,
    _ buyer: String,
    day: Int,
    yuan: Int64? = nil
  ) {
    let start = day * Self.day
    made.say(buyer, supplier, at: start, "1380000\(1000 + day) 快点")
    made.send(supplier, buyer, at: start + 300, file: "结果_\(day).xlsx")
    if let yuan { made.pay(buyer, supplier, at: start + 360, yuan: yuan) }
  }

  /// Makes `s` somebody who sells to two others.
  private func makeKnown(_ made: CaseMaker) {
    made.deal("s", "x", at: 0, phone: 1001, yuan: 80)
    made.deal("s", "y", at: 100, phone: 1002, yuan: 80)
  }

  @Test func `that were paid are supply, if there are two`() throws {
    let made = try CaseMaker()
    round(made, "s", "b", day: 1, yuan: 385)
    round(made, "s", "b", day: 20, yuan: 345)
    let link = try #require(try made.analysis().link("s", "b")).link
    #expect(link.grade == .c)
    #expect(link.orders == 2 && link.deliveries == 2 && link.payments == 2)
    #expect(link.amountFen == 73_000)
    #expect(link.items.reduce(0, +) == 2)
  }

  @Test func `are nothing once, or between colleagues, who do not pay each other`() throws {
    let once = try CaseMaker()
    round(once, "s", "b", day: 1, yuan: 385)
    #expect(try once.analysis().links.isEmpty)
    let colleagues = try CaseMaker()
    for day in [1, 9, 20, 33] { round(colleagues, "s", "b", day: day) }
    #expect(try colleagues.analysis().links.isEmpty)
  }

  @Test func `are judged by what else their supplier sells`() throws {
    let made = try CaseMaker()
    makeKnown(made)
    round(made, "s", "b", day: 1)
    round(made, "s", "b", day: 20)
    round(made, "s", "friend", day: 30)
    let analysis = try made.analysis()
    #expect(analysis.link("s", "b")?.link.grade == .c)
    #expect(analysis.link("s", "friend") == nil)
    #expect(analysis.link("s", "x")?.link.grade == .a)
  }

  @Test func `of one record and a payment are supply from a known seller only`() throws {
    let record = "姓名：甲一\n身份证：990000199101010014\n电话：13800001009\n负债：5万"
    for isKnown in [true, false] {
      let made = try CaseMaker()
      if isKnown { makeKnown(made) }
      made.say("s", "b", at: 9 * Self.day, record)
      made.pay("b", "s", at: 9 * Self.day + 30, yuan: 335)
      #expect((try made.analysis().link("s", "b") != nil) == isKnown)
    }
  }

  @Test func `need the file after the number, and by the other`() throws {
    let made = try CaseMaker()
    makeKnown(made)
    for day in [1, 20] {
      let start = day * Self.day
      made.send("s", "b", at: start, file: "结果_\(day).xlsx")
      made.say("b", "s", at: start + 300, "1380000\(1000 + day) 快点")
      made.say("b2", "s", at: start, "1380000\(2000 + day) 快点")
      made.send("b2", "s", at: start + 300, file: "结果_\(day).xlsx")
      made.say("b3", "s", at: start, "1380000\(3000 + day) 快点")
      made.send("s", "b3", at: start + 5 * Self.day, file: "结果_\(day).xlsx")
    }
    let analysis = try made.analysis()
    for buyer in ["b", "b2", "b3"] { #expect(analysis.link("s", buyer) == nil, "\(buyer)") }
  }

  @Test func `of an identity number, a picture and money are supply, if three people are named`()
    throws
  {
    for (people, isSupply) in [(3, true), (2, false)] {
      let made = try CaseMaker()
      for place in 0..<3 {
        let start = place * 3 * Self.day
        made.say("b", "s", at: start, "99000019910101001\(place % people)")
        picture(made, "s", "b", at: start + 40)
        made.pay("b", "s", at: start + 50, yuan: 300)
      }
      #expect((try made.analysis().link("s", "b") != nil) == isSupply, "\(people)")
    }
  }

  @Test func `of a telephone number, a picture and money are how credit is bought`() throws {
    let made = try CaseMaker()
    for place in 0..<4 {
      let start = place * 3 * Self.day
      made.say("b", "s", at: start, "1380000100\(place) 100")
      picture(made, "s", "b", at: start + 40)
      made.pay("b", "s", at: start + 50, yuan: 98)
    }
    #expect(try made.analysis().links.isEmpty)
  }

  private func picture(_ made: CaseMaker, _ from: String, _ to: String, at minute: Int) {
    made.add(
      .message(
        Message(
          platform: "wechat",
          serverID: "p\(made.items.count + 1)",
          from: CaseMaker.account(from),
          to: CaseMaker.account(to),
          sentAt: CaseMaker.time(minute),
          kind: .image,
          text: ""
        )
      )
    )
  }
}
