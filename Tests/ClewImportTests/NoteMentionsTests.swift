import ClewEvidence
@testable import ClewImport
import Testing

@Suite struct `A note of an address book` {
  @Test(
    arguments: [
      ("下家，微信 denglong_demo", ["wechat:denglong_demo"]),
      ("微信号是：Denglong_Demo", ["wechat:denglong_demo"]),
      ("wx:denglong_demo", ["wechat:denglong_demo"]),
      ("VX denglong_demo。", ["wechat:denglong_demo"]),
      ("wxid_clewdemo000322", ["wechat:wxid_clewdemo000322"]),
      ("QQ9990000003", ["qq:9990000003"]), ("QQ号：9990000003", ["qq:9990000003"]),
      ("9990000003", []), ("6299990000000000053", ["card:6299990000000000053"]),
      ("打 13800000003 或13800000004", ["phone:+8613800000003", "phone:+8613800000004"]),
      ("913800000003", []), ("138000000031", []), ("9990000004@qq.com", ["qq:9990000004"]),
      ("a@example.com", ["email:a@example.com"]), ("990000199301010035", ["id:990000199301010035"]),
      ("微信支付", []), ("", []),
      ("6222********0028", []), ("13800000003 13800000003", ["phone:+8613800000003"]),
    ] as [(String, [String])]
  )
  func `mentions accounts that cannot be read otherwise`(note: String, accounts: [String]) {
    #expect(NoteMentions.accounts(in: note).map(\.description) == accounts)
  }

  @Test func `is kept up to its limit, cut between characters`() {
    var person = PhoneBookPerson()
    let isWhole = ["短", String(repeating: "灯", count: 10_000), "x"].map { person.addNote($0) }
    #expect(isWhole == [true, false, false])
    #expect(person.note.utf8.count <= 16_384)
    #expect(person.note.utf8.count > 16_380)
    #expect(person.note.hasPrefix("短\n灯"))
  }
}
