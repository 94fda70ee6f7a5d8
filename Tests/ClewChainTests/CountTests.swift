import ClewEvidence
import Testing

@testable import ClewChain

/// How many items a supplier answers for, and what they cost.
struct CountTests {
  private static let keys = [
    "皖XV6249", "陕XM3005", "赣YK7652", "琼X A1320", "黑X48Q05", "皖X20T48",
  ]

  private func items(_ made: CaseMaker) throws -> [Int64] {
    let link = try made.analysis().link("s", "b")
    return try #require(link).link.items
  }

  private var vehicle: Int {
    get throws { try #require(Lexicon.standard.categoryIndex("vehicle")) }
  }

  @Test func `six targets named one by one and answered by one file are six items of one order`()
    throws
  {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, "查车档 这6个")
    for (place, key) in Self.keys.enumerated() { made.say("b", "s", at: 2001 + place, key) }
    made.send("s", "b", at: 2100, file: "结果_577.xlsx")
    let link = try #require(made.analysis().link("s", "b")).link
    #expect(link.items.reduce(0, +) == 7)
    #expect(try link.items[vehicle] == 6)
    #expect(link.orders == 2)
  }

  @Test func `a file answers every target of one message`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, "查下车档 " + Self.keys.prefix(4).joined(separator: "\n"))
    made.send("s", "b", at: 2030, file: "结果_12.xlsx")
    #expect(try items(made).reduce(0, +) == 5)
  }

  @Test func `a file for each of three targets is three items, not five`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "查车档 这3个")
    for (place, key) in Self.keys.prefix(3).enumerated() {
      made.say("b", "s", at: 1 + place, key)
    }
    for place in 0..<3 { made.send("s", "b", at: 60 + place, file: "车档\(place).xlsx") }
    #expect(try items(made).reduce(0, +) == 3)
  }

  @Test func `what was answered in words before is not counted again with a file`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "查车档 这3个")
    for (place, key) in Self.keys.prefix(3).enumerated() {
      made.say("b", "s", at: 1 + place, key)
    }
    made.say("s", "b", at: 50, "车牌:皖XV6249\n车主:甲一\n证号:990000199101010014\n车型:远山")
    made.send("s", "b", at: 60, file: "结果_3.xlsx")
    #expect(try items(made).reduce(0, +) == 3)
  }

  @Test func `an answered head is no open order for what is asked later`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "查车档 这5个")
    for (place, key) in Self.keys.prefix(5).enumerated() {
      made.say("b", "s", at: 1 + place, key)
    }
    for (place, key) in Self.keys.prefix(5).enumerated() {
      made.say("s", "b", at: 50 + place, "车牌:\(key)\n车主:甲一\n证号:990000199101010014\n车型:远山")
    }
    made.say("b", "s", at: 3000, "查下车档 皖X20T48")
    made.send("s", "b", at: 3020, file: "结果_6.xlsx")
    #expect(try items(made).reduce(0, +) == 6)
  }

  @Test func `orders that stand for themselves are answered one by one`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "查下车档 皖XV6249")
    made.say("b", "s", at: 1, "再查一下车档 陕XM3005")
    made.send("s", "b", at: 30, file: "结果_1.xlsx")
    made.send("s", "b", at: 40, file: "结果_2.xlsx")
    #expect(try items(made).reduce(0, +) == 2)
  }

  @Test(arguments: [
    "下面六个都要\n赣Y A0732 / 鄂Y·94S84 / 陕X79180 / 赣Y41931 / 豫X·20X31 / 琼X 43K89",
    "990000199601094824，宁X 22G88，琼X 46E47，990000198002101012，吉X 43K89，青Y G3312",
  ])
  func `a list of plates with gaps is an order, not a delivery the other way`(list: String) throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, list)
    made.send("s", "b", at: 2060, file: "结果_6.xlsx")
    let analysis = try made.analysis()
    #expect(analysis.link("b", "s") == nil)
    let link = try #require(analysis.link("s", "b")).link
    #expect(link.items.reduce(0, +) == 7)
    #expect(link.against.isEmpty)
  }

  @Test func `a sum that lovers send is a price right after goods, and else is not`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.pay("b", "s", at: 9 * 1440, yuan: 1314)
    made.say("b", "s", at: 14_400, "业主名单来2000条")
    made.send("s", "b", at: 14_460, file: "业主2000条.xlsx")
    made.pay("b", "s", at: 14_500, yuan: 5200)
    made.pay("b", "s", at: 14_600, yuan: 520, channel: "wechat.redpacket")
    let link = try #require(made.analysis().link("s", "b")).link
    #expect(link.amountFen == 8_000 + 520_000)
    #expect(link.against.count == 2)
  }

  @Test func `one answer about three cards is three items of bank data`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    let cards = ["6299 9900 0000 0000 012", "6299990000000000020", "6299990000000000038"]
    made.say("b", "s", at: 2000, cards.joined(separator: "\n"))
    let people = ["990000199101010014", "990000199201010028", "990000199301010035"]
    made.say(
      "s",
      "b",
      at: 2060,
      "甲一，\(people[0])，13800002001，41581.41，样例农商行营业部\n\n"
        + "【户名】乙二【身份证号】\(people[1])【预留】13800002002【金额】120\n\n户名 丙三\n证件 \(people[2])"
    )
    let counts = try items(made)
    #expect(counts.reduce(0, +) == 4)
    #expect(try counts[#require(Lexicon.standard.categoryIndex("bank"))] == 3)
  }

  @Test func `an answer that lists a family is the one item that was asked for`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "查下户籍 990000199101010014")
    made.say(
      "s",
      "b",
      at: 60,
      "姓名：甲一\n身份证：990000199101010014\n配偶：乙二 990000199201010028\n子：甲三 990000201501010031"
    )
    made.pay("b", "s", at: 70, yuan: 100)
    #expect(try items(made).reduce(0, +) == 1)
  }

  @Test(arguments: ["客户手机号码来28条", "手机号码 要28个", "一手的手机号码拿28条"])
  func `a number of items after a word of taking is an order`(text: String) throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, text)
    made.send("s", "b", at: 2060, file: "发你的.zip")
    let link = try #require(made.analysis().link("s", "b")).link
    #expect(link.orders == 2)
    #expect(link.items.reduce(0, +) == 29)
  }

  @Test func `a list that goes on from hand to hand counts where both deal anyway`() throws {
    let made = try CaseMaker()
    for (supplier, buyer) in [("s", "b"), ("b", "c")] {
      made.deal(supplier, buyer, at: 0, phone: supplier == "s" ? 1001 : 1002, yuan: 80)
    }
    made.send("s", "b", at: 2000, file: "最新28条.xlsx", digest: "md5:aa", bytes: 900)
    made.send("b", "c", at: 2100, file: "最新28条(1).xlsx", digest: "md5:aa", bytes: 900)
    made.send("s", "b", at: 3000, file: "好笑.mp4", digest: "md5:bb", bytes: 900)
    made.send("b", "c", at: 3100, file: "好笑.mp4", digest: "md5:bb", bytes: 900)
    let analysis = try made.analysis()
    for (supplier, buyer) in [("s", "b"), ("b", "c")] {
      #expect(analysis.link(supplier, buyer)?.link.items.reduce(0, +) == 29)
    }
  }

  @Test func `the number that one hand writes on a file counts for all who pass it on`() throws {
    let made = try CaseMaker()
    for (supplier, buyer, phone) in [("s", "b", 1001), ("b", "c", 1002)] {
      made.deal(supplier, buyer, at: 0, phone: phone, yuan: 80)
      made.say(buyer, supplier, at: 2000, "业主名单来2000条")
    }
    made.send("s", "b", at: 2010, file: "发你的.xlsx", digest: "md5:aa", bytes: 900)
    made.send("b", "c", at: 2020, file: "业主2000条.xlsx", digest: "md5:aa", bytes: 900)
    made.send("s", "b", at: 9000, file: "新的.xlsx", digest: "md5:bb", bytes: 900)
    made.send("b", "c", at: 9020, file: "业主3000条.xlsx", digest: "md5:bb", bytes: 900)
    let analysis = try made.analysis()
    for (supplier, buyer) in [("s", "b"), ("b", "c")] {
      #expect(analysis.link(supplier, buyer)?.link.items.reduce(0, +) == 5001)
    }
  }

  @Test func `rows that nobody is seen to ask for count where the two deal, each once`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    let rows = (0..<40).map { "甲一,1380000\(3000 + $0)" }
    made.list("新的.csv", digest: "md5:aa", rows)
    made.list("又来.csv", digest: "md5:bb", Array(rows.suffix(10)) + ["乙二,13800009999"])
    made.send("s", "b", at: 2000, file: "新的.csv", digest: "md5:aa", bytes: 4000)
    made.send("s", "b", at: 2100, file: "又来.csv", digest: "md5:bb", bytes: 1100)
    let counted = try items(made)
    #expect(counted.reduce(0, +) == 42)
  }

  @Test func `what is paid for a list that goes on is a price`() throws {
    let made = try CaseMaker()
    for (supplier, buyer, phone) in [("s", "b", 1001), ("b", "c", 1002)] {
      made.deal(supplier, buyer, at: 0, phone: phone, yuan: 80)
      made.send(
        supplier,
        buyer,
        at: 50_000 + phone,
        file: "最新28条.xlsx",
        digest: "md5:aa",
        bytes: 900
      )
      made.pay(buyer, supplier, at: 53_000, yuan: 840)
    }
    let analysis = try made.analysis()
    #expect(analysis.link("s", "b")?.link.amountFen == 92_000)
    #expect(analysis.link("b", "c")?.link.amountFen == 92_000)
  }

  @Test func `a number said right before a file is the file's`() throws {
    let made = try CaseMaker()
    made.deal("s", "b", at: 0, phone: 1001, yuan: 80)
    made.say("b", "s", at: 2000, "业主名单要一份")
    made.say("s", "b", at: 2010, "2000条 齐了")
    made.send("s", "b", at: 2011, file: "发你的.xlsx")
    #expect(try items(made).reduce(0, +) == 2001)
  }
}
