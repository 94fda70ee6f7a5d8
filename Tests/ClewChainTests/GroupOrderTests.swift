import ClewEvidence
import Testing

@testable import ClewChain

struct GroupOrderTests {
  private static let group = Account(.wechat, "hall@chatroom")

  private func say(_ made: CaseMaker, _ from: String, at minute: Int, _ text: String) {
    made.add(
      .message(
        Message(
          platform: "wechat",
          serverID: "g\(made.items.count + 1)",
          from: CaseMaker.account(from),
          group: Self.group,
          sentAt: CaseMaker.time(minute),
          text: text
        )
      )
    )
  }

  private func record(_ number: Int) -> String {
    "姓名：甲一\n身份证：99000019910101001\(number)\n户籍地：演示市演示路\(number)号"
  }

  @Test func `an order in a group is one with whoever gives its number back`() throws {
    let made = try CaseMaker()
    for round in 0..<3 {
      let start = round * 3000
      say(made, "b", at: start, "@s 查户籍 99000019910101001\(round)")
      say(made, "other", at: start + 1, "今天正常接单")
      say(made, "s", at: start + 30, "@b \(record(round))")
      made.pay("b", "s", at: start + 40, yuan: 200)
    }
    let analysis = try made.analysis()
    #expect(analysis.links.count == 1)
    #expect(analysis.link("s", "b")?.link.deliveries == 3)
  }

  @Test func `an order in a group may be answered in private`() throws {
    let made = try CaseMaker()
    for round in 0..<3 {
      let start = round * 3000
      say(made, "b", at: start, "谁能查户籍 99000019910101001\(round)")
      made.say("s", "b", at: start + 30, record(round))
      made.pay("b", "s", at: start + 40, yuan: 200)
    }
    let link = try made.analysis().link("s", "b")?.link
    #expect(link?.kinds.contains(.payload) == true)
  }

  @Test func `a class whose teacher posts what parents wrote deals in nothing`() throws {
    let made = try CaseMaker()
    say(made, "teacher", at: 0, "请家长报孩子的身份证号")
    for parent in 0..<4 { say(made, "p\(parent)", at: 5 + parent, "甲一 99000019910101001\(parent)") }
    say(made, "teacher", at: 60, (0..<4).map(record).joined(separator: "\n"))
    for parent in 0..<4 { made.pay("p\(parent)", "teacher", at: 70, yuan: 100, memo: "班费") }
    #expect(try made.analysis().links.isEmpty)
  }
}
