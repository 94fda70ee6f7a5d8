import ClewTestSupport
import Testing

@testable import ClewChain

/// People who are asked for numbers, answer in the form of records and are paid, in the way of their trade.
@Suite struct `Everyday services are no supply: ` {
  private static let day = 1440

  private func expectNone(_ made: CaseMaker) throws {
    let analysis = try made.analysis()
    #expect(analysis.links.isEmpty)
    #expect(analysis.parties.allSatisfy { $0.role == .outsider })
  }

  @Test func `a travel agency that books with a ticket office`() throws {
    let made = try CaseMaker()
    made.call("office", of: "agency", "机票上家 拿货")
    for trip in 0..<6 {
      let start = trip * 2 * Self.day
      let who = "甲一 99000019910101\(1000 + trip)"
      let ticket = "航班：CA1234\n乘机人：\(who)\n票号：999-000001234\(trip)\n起飞：2023-03-05 08:30"
      made.say("client\(trip)", "agency", at: start, "订张机票 \(who) 明天去演示市")
      made.say("agency", "office", at: start + 5, "\(who) 明天CA1234 出票")
      made.say("office", "agency", at: start + 15, ticket)
      made.say("agency", "client\(trip)", at: start + 20, "出票了 " + ticket)
      made.pay("client\(trip)", "agency", at: start + 30, yuan: 1250)
      made.pay("agency", "office", at: start + 40, yuan: 1180)
    }
    try expectNone(made)
  }

  @Test func `an insurance agent and the office that works out the premium`() throws {
    let made = try CaseMaker()
    for car in 0..<6 {
      let start = car * 4 * Self.day
      let plate = "京X·D000\(car)"
      made.say("agent", "office", at: start, "查一下这个车 \(plate) 去年出险没")
      made.say(
        "office",
        "agent",
        at: start + 20,
        "车牌：\(plate)\n车主：甲一\n车架号：LSVX0000000\(car)00001\n初登日期：2013-01-11\n交强险950 商业险3000"
      )
      made.pay("agent", "office", at: start + 60, yuan: 3950, memo: "保费")
      made.send("office", "agent", at: start + 90, file: "\(plate)保单.pdf")
      made.pay("office", "agent", at: start + Self.day, yuan: 400, memo: "返点")
    }
    try expectNone(made)
  }

  @Test func `a clerk who tells clients of their own accounts`() throws {
    let made = try CaseMaker()
    for client in 0..<4 {
      let card = "629999000000000\(client)012"
      for month in 0..<3 {
        let start = (client + month * 30) * Self.day
        made.say("client\(client)", "clerk", at: start, "帮我查下余额 我的卡\(card)")
        made.say(
          "clerk",
          "client\(client)",
          at: start + 10,
          "您好，卡号：\(card)\n户名：甲一\n余额：5013元\n开户行：演示银行东路支行"
        )
      }
      made.pay("client\(client)", "clerk", at: Self.day, yuan: 200, memo: "午饭钱")
    }
    try expectNone(made)
  }

  @Test func `colleagues who look one thing up for each other and are paid by nobody`() throws {
    let made = try CaseMaker()
    for errand in 0..<5 {
      let start = errand * 3 * Self.day
      let number = "1380000100\(errand)"
      made.say("driver\(errand)", "desk", at: start, "查一下收件人电话 单号99\(errand)00001 \(number)")
      made.say(
        "desk",
        "driver\(errand)",
        at: start + 5,
        "收件人：甲一\n电话：\(number)\n地址：演示市演示路\(errand)号2单元"
      )
      made.pay("driver\(errand)", "desk", at: start + 600, yuan: 12, memo: "午饭")
    }
    try expectNone(made)
  }

  @Test func `a shop that has its wares sent to its buyers by the maker`() throws {
    let made = try CaseMaker()
    made.call("maker", of: "shop", "厂家 货源")
    for sale in 0..<6 {
      let start = sale * Self.day
      let buyer = "甲一 1380000100\(sale)"
      made.say("shop", "maker", at: start, "来一单 \(buyer) 演示市东路\(sale)号 T恤M码")
      made.say("maker", "shop", at: start + 400, "发了 \(buyer) 运单号 YT880000\(sale)")
      made.pay("shop", "maker", at: start + 500, yuan: 35, memo: "货款")
    }
    try expectNone(made)
  }

  @Test func `a shop that sells telephone credit and buys it`() throws {
    let made = try CaseMaker()
    for sale in 0..<8 {
      let start = sale * Self.day
      let number = "1380000100\(sale)"
      made.say("user\(sale % 4)", "shop", at: start, "\(number) 充100")
      made.say("shop", "channel", at: start + 1, "\(number) 100")
      made.say("channel", "shop", at: start + 20, "\(number) 到账了")
      made.say("shop", "user\(sale % 4)", at: start + 21, "好了 \(number) 余额103.5 查收")
      made.pay("user\(sale % 4)", "shop", at: start + 30, yuan: 98)
      made.pay("shop", "channel", at: start + 700, yuan: 95)
    }
    try expectNone(made)
  }

  @Test func `a driving school that enters its pupils for examinations`() throws {
    let made = try CaseMaker()
    for pupil in 0..<5 {
      let start = pupil * 2 * Self.day
      let who = "甲一 99000019910101\(1000 + pupil)"
      made.say("pupil\(pupil)", "coach", at: start, "教练帮我约科目二 \(who)")
      made.say("coach", "desk", at: start + 10, "\(who) 约科二 下周")
      made.say(
        "desk",
        "coach",
        at: start + 300,
        "姓名：甲一\n证号：99000019910101\(1000 + pupil)\n考试科目：科目二\n考试日期：2023-03-12\n考场：东区"
      )
      made.say("coach", "pupil\(pupil)", at: start + 305, "约好了 \(who) 3月12号东区考场")
      made.pay("pupil\(pupil)", "coach", at: start + 330, yuan: 200)
      made.pay("coach", "desk", at: start + 500, yuan: 150)
    }
    try expectNone(made)
  }

  @Test func `an agency for social security, paid by the firm whose lists it is given`() throws {
    let made = try CaseMaker()
    for month in 0..<4 {
      let start = month * 30 * Self.day
      made.send("firm", "agency", at: start, file: "员工名单\(month + 3)00条.xlsx")
      made.pay("firm", "agency", at: start + 60, yuan: 1500)
    }
    try expectNone(made)
  }

  @Test func `traders who also insure each other's cars trade all the same`() throws {
    let made = try CaseMaker()
    made.say("b", "s", at: 0, "车险快到期了 报个价 京X·D0001")
    made.say("s", "b", at: 10, "交强险950")
    made.pay("b", "s", at: 20, yuan: 950, memo: "保费")
    for (place, phone) in [1001, 1002, 1003].enumerated() {
      made.deal("s", "b", at: (place + 2) * Self.day, phone: phone, yuan: 80)
    }
    let analysis = try made.analysis()
    #expect(analysis.link("s", "b")?.link.deliveries == 3)
  }
}
