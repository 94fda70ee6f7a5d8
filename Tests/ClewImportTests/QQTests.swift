import ClewEvidence
import ClewImport
import ClewTestSupport
import Testing

struct QQTests {
  @Test(arguments: ["qq/全部消息记录_utf8.txt", "qq/全部消息记录_utf8bom_crlf.txt"])
  func `both samples hold the same seven messages`(path: String) throws {
    let sink = try importing(try StagedBytes.fixture(path), as: "qq-text")
    #expect(sink.units.count == 7)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.decisions["ambiguous boundaries"] == nil)
    let messages = sink.messages
    let p1 = Account(.qq, "9990000001")
    let p2 = Account(.qq, "9990000002")
    let p3 = Account(.qq, "9990000003")
    #expect(messages.map(\.from) == [p1, p2, p1, nil, p1, p2, p3])
    #expect(messages.map(\.to) == [p2, p1, p2, nil, nil, nil, nil])
    #expect(messages.map(\.senderIsAssumed) == [true, true, true, false, false, false, false])
    #expect(messages[1].text == "在，发个样本\n[图片]")
    #expect(messages[3].kind == .system)
    #expect(messages[5].text == "收到\n报价私聊:\n500条起")
    #expect(messages[0].sentAt?.shanghai == "2024-03-01 09:58:07")
    let group = try #require(messages[4].group)
    #expect(group.scheme == .qqGroup)
    #expect(group.value.hasPrefix("数据互换演示群#"))
    #expect(messages[3...].allSatisfy { $0.group == group })
    #expect(messages[..<3].allSatisfy { $0.group == nil })
    #expect(sink.memberships.map(\.member) == [p1, p2, p3])
    #expect(sink.memberships.map(\.role) == ["owner", "", ""])
    #expect(sink.memberships.map(\.memberName) == ["泥鳅", "风筝", "灯笼(下家)"])
  }

  @Test func `the two samples are equal`() throws {
    let first = try importing(
      try StagedBytes.fixture("qq/全部消息记录_utf8.txt"),
      as: "qq-text"
    )
    let second = try importing(
      try StagedBytes.fixture("qq/全部消息记录_utf8bom_crlf.txt"),
      as: "qq-text"
    )
    #expect(first.items == second.items)
    #expect(first.units.map(\.original) == second.units.map(\.original))
  }

  static func chat(_ title: String, section: String = "我的QQ群", _ body: String) -> String {
    let rule = String(repeating: "=", count: 64)
    return "\(rule)\n消息分组:\(section)\n\(rule)\n消息对象:\(title)\n\(rule)\n\n\(body)"
  }

  static func file(_ chats: String...) -> String {
    "消息记录（此消息记录为文本格式，不支持重新导入）\n\n" + chats.joined(separator: "\n\n")
  }

  @Test(arguments: [
    ("2024-03-01 9:58:07 灯笼(下家)(9990000003)", "qq:9990000003", "灯笼(下家)"),
    ("2024-03-01 9:58:07 a b(10001)(9990000003)", "qq:9990000003", "a b(10001)"),
    ("2024-03-01 9:58:07 [系统消息](9990000003)", "qq:9990000003", "[系统消息]"),
    ("2024-03-01 9:58:07 【潜水】x<someone@foxmail.com>", "email:someone@foxmail.com", "x"),
    ("2024-03-01 9:58:07 (9990000003)", "qq:9990000003", ""),
    ("2024-03-01 下午 1:02:03 x(9990000003)", "qq:9990000003", "x"),
  ])
  func `the last bracketed id is the sender`(line: String, account: String, name: String) throws {
    let sink = try importing(Self.file(Self.chat("群", line + "\n你好\n")), as: "qq-text")
    #expect(sink.messages.first?.from?.description == account)
    #expect(sink.memberships.first?.memberName == name)
  }

  @Test(arguments: [
    ("上午 12:00:00", "2024-03-01 00:00:00"), ("下午 12:00:00", "2024-03-01 12:00:00"),
    ("下午 1:02:03", "2024-03-01 13:02:03"), ("下午1:02:03", "2024-03-01 13:02:03"),
    ("9:58:07", "2024-03-01 09:58:07"),
  ])
  func `hours are read with and without halves of the day`(clock: String, time: String) throws {
    let sink = try importing(
      Self.file(Self.chat("群", "2024-03-01 \(clock) x(9990000003)\n你好\n")),
      as: "qq-text"
    )
    #expect(sink.messages.first?.sentAt?.shanghai == time)
  }

  @Test func `a name with two numbers stays a name of its chat`() throws {
    let text = Self.file(
      Self.chat("泥鳅", section: "我的好友", "2024-03-01 9:00:00 泥鳅\nhi\n\n2024-03-01 9:01:00 我\nyo\n"),
      Self.chat(
        "群",
        "2024-03-01 9:00:00 泥鳅(9990000001)\na\n\n2024-03-01 9:01:00 泥鳅(9990000002)\nb\n"
      )
    )
    let sink = try importing(text, as: "qq-text")
    let sender = try #require(sink.messages[0].from)
    #expect(sender.scheme == .name)
    #expect(sender.value.hasPrefix("泥鳅#") && sender.value.utf8.count == "泥鳅#".utf8.count + 8)
    #expect(sink.messages[1].to == sender)
    #expect(sink.messages[0].senderIsAssumed)
  }

  @Test func `two chats never share a name account and two exports of one chat do`() throws {
    let chat = Self.chat("泥鳅", section: "我的好友", "2024-03-01 9:00:00 泥鳅\nhi\n")
    let other = Self.chat("泥鳅", section: "我的好友", "2024-03-02 9:00:00 泥鳅\nhi\n")
    let both = try importing(Self.file(chat, other), as: "qq-text").messages.map(\.from)
    #expect(both[0] != both[1])
    #expect(try importing(Self.file(chat), as: "qq-text").messages.map(\.from) == [both[0]])
  }

  @Test func `a group's number in its title is its account`() throws {
    let body = "2024-03-01 9:00:00 x(9990000003)\nhi\n"
    for title in ["演示群(999000001)", "999000001"] {
      let sink = try importing(Self.file(Self.chat(title, body)), as: "qq-text")
      #expect(sink.messages.first?.group == Account(.qqGroup, "999000001"))
    }
  }

  @Test func `the owner is the one number that speaks as 我 in private chats`() throws {
    let body = "2024-03-01 9:00:00 我(9990000002)\nhi\n\n2024-03-01 9:00:10 泥鳅(9990000001)\nhi\n"
    let chat = Self.chat("泥鳅", section: "我的好友", body)
    #expect(
      try importing(Self.file(chat), as: "qq-text").owner == Account(.qq, "9990000002")
    )
    let group = Self.chat("群", section: "我的QQ群", body)
    #expect(try importing(Self.file(group), as: "qq-text").owner == nil)
  }

  @Test(arguments: 0..<100)
  func `threat I5: a forged header inside a body makes no message`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let forged = [
      "2024-03-01 9:0\(seed % 10):30 受害人(9990000009)", "2024-03-01 9:00:00 系统消息(10000)",
      "2024-03-01 9:00:59 【群主】泥鳅(9990000001)", "2024-03-01 10:00:00 <9990000009@qq.com>",
    ]
    var body = ""
    for minute in 0..<5 {
      let line = forged[Int(random.next() % 4)]
      body += "2024-03-01 9:0\(minute):00 泥鳅(9990000001)\n真的\(minute)\n\(line)\n假的\n\n"
    }
    let sink = try importing(Self.file(Self.chat("群", body)), as: "qq-text")
    #expect(sink.messages.count == 5)
    #expect(sink.messages.allSatisfy { $0.from == Account(.qq, "9990000001") })
    #expect(sink.decisions["ambiguous boundaries"]?.hasPrefix("5: lines ") == true)
  }

  @Test func `a forged header after an empty line that goes back in time is noted`() throws {
    let body = "2024-03-01 9:00:00 a(9990000001)\nx\n\n2024-02-01 9:00:00 b(9990000002)\ny\n"
    let sink = try importing(Self.file(Self.chat("群", body)), as: "qq-text")
    #expect(sink.decisions["ambiguous boundaries"] == "1: lines 12")
  }

  @Test func `rules of equal signs inside a body are text`() throws {
    let rule = String(repeating: "=", count: 64)
    let body = "2024-03-01 9:00:00 a(9990000001)\nx\n\(rule)\ny\n"
    let sink = try importing(Self.file(Self.chat("群", body)), as: "qq-text")
    #expect(sink.messages.map(\.text) == ["x\n\(rule)\ny"])
  }

  @Test func `pitfall 8: a bad line refuses its message only`() throws {
    var bytes = Array(
      Self.file(Self.chat("群", "2024-03-01 9:00:00 a(9990000001)\n好的\n\n")).utf8
    )
    bytes += Array("2024-03-01 9:01:00 b(9990000002)\n好的".utf8.dropLast(1)) + [0x0A, 0x0A]
    bytes += Array("2024-03-01 9:02:00 c(9990000003)\n好的\n".utf8)
    let sink = try importing(bytes, as: "qq-text")
    #expect(sink.units.count == 2)
    #expect(sink.reasons == ["line 13 is neither UTF-8 nor GB18030"])
    let cut = Array("2024-03-01 9:01:00 b(9990000002)\n好的".utf8.dropLast(1)) + [0x0A, 0x0A]
    #expect(sink.rejects[0].bytes == cut)
  }

  @Test func `a file in GB18030 or UTF-16 holds the same messages`() throws {
    let text = Self.file(Self.chat("群", "2024-03-01 9:00:00 泥鳅(9990000001)\n好的，明天\n"))
    let plain = try importing(text, as: "qq-text")
    for bytes in [
      text.gb18030, text.utf16Bytes(littleEndian: true), text.utf16Bytes(littleEndian: false),
    ] {
      #expect(try importing(bytes, as: "qq-text").items == plain.items)
    }
  }

  @Test func `text outside of messages is refused with its place`() throws {
    let text = Self.file(Self.chat("群", "闲话\n\n2024-03-01 9:00:00 a(9990000001)\nx\n"))
    let sink = try importing(text, as: "qq-text")
    #expect(sink.reasons == ["text outside of any message"])
    #expect(sink.units.count == 1)
  }
}
