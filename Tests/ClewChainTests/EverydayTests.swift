import ClewEvidence
import ClewTestSupport
import Testing

@testable import ClewChain

/// People through whose hands files and money go, and who deal in nothing.
@Suite struct `No traders are` {
  private static let day = 1440

  private func expectNone(_ made: CaseMaker) throws {
    let analysis = try made.analysis()
    #expect(analysis.links.isEmpty)
    #expect(analysis.parties.allSatisfy { $0.role == .outsider })
  }

  @Test(arguments: [
    ("续保 车牌报一下", "京X·D0001", "京XD0001.pdf"),
    ("身份证号给我 订票", "990000199101010014", "990000199101010014.pdf"),
    ("发票抬头和电话", "13800001001", "13800001001.pdf"),
  ])
  func `those who are sent a document under the number they gave`(
    question: String,
    number: String,
    file: String
  ) throws {
    let made = try CaseMaker()
    for round in 0..<3 {
      let start = round * 20 * Self.day
      made.say("office", "client", at: start, question)
      made.say("client", "office", at: start + 2, number)
      made.send("office", "client", at: start + 60, file: file)
      made.pay("client", "office", at: start + 70, yuan: 300)
    }
    try expectNone(made)
  }

  @Test func `friends who look after each other's papers and send lists of their club`() throws {
    let made = try CaseMaker()
    made.say("f1", "f2", at: 0, "会员资料录一下")
    made.send("f2", "f1", at: 2, file: "报名表.csv")
    made.say("f1", "f2", at: 5 * Self.day, "帮我处理下违章 粤B12345")
    made.say("f2", "f1", at: 5 * Self.day + 2, "两条 一共15")
    made.pay("f1", "f2", at: 5 * Self.day + 4, yuan: 15)
    made.pay("f1", "f2", at: 11 * Self.day, yuan: 48)
    made.send("f2", "f1", at: 11 * Self.day + 2, file: "通讯录_部门.xlsx")
    made.say("f1", "f2", at: 30 * Self.day, "查下我嘅社保交到几月 甲一 990000199101010014呀")
    made.say("f2", "f1", at: 30 * Self.day + 40, "交到六月了")
    made.pay("f1", "f2", at: 31 * Self.day, yuan: 60)
    try expectNone(made)
  }

  @Test func `parents who forward a class list and pay the class fund`() throws {
    let made = try CaseMaker()
    made.list(
      "三年二班名单.xlsx",
      digest: "md5:aa",
      InventedPeople.rows(1...45).map { $0.joined(separator: ",") }
    )
    let parents = ["p1", "p2", "p3", "p4"]
    for (place, pair) in zip(parents, parents.dropFirst()).enumerated() {
      let start = place * Self.day
      made.say(pair.1, pair.0, at: start, "班级名单发我一份")
      made.send(pair.0, pair.1, at: start + 5, file: "三年二班名单.xlsx", digest: "md5:aa")
      made.pay(pair.1, pair.0, at: start + 8, yuan: Int64(100 + 50 * place), memo: "班费")
      made.pay(pair.1, pair.0, at: start + 9, yuan: 12)
    }
    // One of them sells insurance to another.
    made.call("p3", of: "p2", "客户 保险")
    try expectNone(made)
  }

  @Test(arguments: ["队员通讯录.csv", "新人资料.csv", "名单.txt"])
  func `colleagues who ask for a short list and run errands for each other`(name: String) throws {
    let made = try CaseMaker()
    made.list(
      name,
      digest: "md5:aa",
      InventedPeople.rows(1...40).map { $0.joined(separator: ",") }
    )
    made.say("c2", "c1", at: 0, "名单发我一下 要身份证和电话")
    made.send("c1", "c2", at: 3, file: name, digest: "md5:aa")
    made.pay("c2", "c1", at: 20, yuan: 50)
    made.say("c2", "c1", at: 5 * Self.day, "帮忙查下违章 粤B12345")
    made.pay("c2", "c1", at: 5 * Self.day + 30, yuan: 200)
    made.say("c2", "c1", at: 9 * Self.day, "订张票 甲一 990000199101010014")
    made.pay("c2", "c1", at: 9 * Self.day + 10, yuan: 480)
    try expectNone(made)
  }

  @Test(arguments: ["发票.zip", "24952000000012345678.pdf", "24952000000012345678.xlsx"])
  func `those through whom an invoice goes, and the money for it`(name: String) throws {
    for advance in [0, 30] {
      let made = try CaseMaker()
      made.call("shop", of: "clerk", "供应商 办公用品 货源")
      made.call("clerk", of: "shop", "大客户")
      made.say("shop", "clerk", at: 0, "一共2000元，发票发你了")
      made.send("shop", "clerk", at: 2, file: name, digest: "md5:aa")
      made.pay("clerk", "shop", at: 5, yuan: 2000, memo: "订单")
      made.say("clerk", "boss", at: Self.day, "报销2000元")
      made.send("clerk", "boss", at: Self.day + 1, file: name, digest: "md5:aa")
      made.pay("boss", "clerk", at: Self.day + 20, yuan: 2000 + Int64(advance), memo: "报销")
      try expectNone(made)
    }
  }

  @Test func `friends who share a joke and red packets`() throws {
    let made = try CaseMaker()
    let friends = ["f1", "f2", "f3", "f4"]
    for (place, pair) in zip(friends, friends.dropFirst()).enumerated() {
      let start = place * Self.day
      made.call(pair.0, of: pair.1, "麻将 上家")
      made.call(pair.1, of: pair.0, "麻将 下家")
      for (number, name) in ["哈哈.gif", "名单 笑死.mp4", "大名单.zip"].enumerated() {
        made.send(pair.0, pair.1, at: start + number, file: name, digest: "md5:a\(number)")
      }
      made.pay(
        pair.1,
        pair.0,
        at: start + 4,
        yuan: Int64(8 + place),
        channel: "wechat-redpacket"
      )
      made.pay(pair.1, pair.0, at: start + 5, yuan: Int64(52 + place), memo: "麻将")
    }
    try expectNone(made)
  }

  @Test func `friends who share holiday pictures and the bill`() throws {
    let made = try CaseMaker()
    made.send("f1", "f2", at: 0, file: "海边照片.zip", digest: "md5:aa")
    made.pay("f2", "f1", at: 10, yuan: 420, memo: "AA 酒店")
    made.send("f2", "f3", at: 60, file: "海边照片.zip", digest: "md5:aa")
    made.send("f2", "f3", at: 61, file: "IMG_0001.jpg", digest: "md5:bb")
    made.pay("f3", "f2", at: 70, yuan: 210, memo: "AA 酒店")
    try expectNone(made)
  }

  @Test(arguments: ["译文.zip", "问卷数据.xlsx", "材料清单.xlsx", "行程单.xlsx"])
  func `those who do a job for an agency, and its client`(name: String) throws {
    let made = try CaseMaker()
    made.call("worker", of: "agency", "供应 渠道")
    made.call("client", of: "agency", "大客户")
    made.say("worker", "agency", at: 0, "做完了，一共2000元")
    made.pay("agency", "worker", at: 10, yuan: 2000, memo: "材料款")
    made.send("worker", "agency", at: 20, file: name, digest: "md5:aa")
    made.say("agency", "client", at: Self.day, "一共3000元")
    made.pay("client", "agency", at: Self.day + 10, yuan: 3000, memo: "订单")
    made.send("agency", "client", at: Self.day + 20, file: name, digest: "md5:aa")
    try expectNone(made)
  }

  @Test func `shops that sell one another's wares and share a price list`() throws {
    let made = try CaseMaker()
    for (place, pair) in [("maker", "shop"), ("shop", "agent")].enumerated() {
      made.call(pair.0, of: pair.1, "上家 拿货")
      made.call(pair.1, of: pair.0, "下家 代理")
      made.say(pair.0, pair.1, at: place * Self.day, "新到一批面料，一箱\(800 + 100 * place)元")
      made.pay(pair.1, pair.0, at: place * Self.day + 30, yuan: Int64(800 + 100 * place))
      made.send(
        pair.0,
        pair.1,
        at: place * Self.day + 40,
        file: "产品资料.zip",
        digest: "md5:aa"
      )
      made.send(pair.0, pair.1, at: place * Self.day + 41, file: "价格表.xlsx", digest: "md5:bb")
    }
    try expectNone(made)
  }

  @Test func `a team whose list the captain hands on, and what members pay him`() throws {
    let made = try CaseMaker()
    made.say("host", "captain", at: 0, "报名名单收到，一人200元")
    made.pay("captain", "host", at: 10, yuan: 200, memo: "报名")
    made.send("host", "captain", at: 20, file: "参赛名单.xlsx", digest: "md5:aa")
    made.say("captain", "member", at: 30, "名单在这，报名费一人210元")
    made.pay("member", "captain", at: 40, yuan: 210)
    made.send("captain", "member", at: 50, file: "参赛名单.xlsx", digest: "md5:aa")
    try expectNone(made)
  }

  @Test(arguments: ["订单", "材料款", "买单"])
  func `customers who pay again and again, and say for what in everyday words`(
    memo: String
  ) throws {
    let made = try CaseMaker()
    made.call("customer", of: "shop", "老客户")
    made.call("shop", of: "customer", "供应商")
    for week in 0..<4 {
      made.pay("customer", "shop", at: week * 7 * Self.day, yuan: 300, memo: memo)
    }
    try expectNone(made)
  }
}
