import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

/// The pitfalls of chat exports that `formats/README.md` lists, each with the case that shows it.
@Suite struct `Pitfalls of chat exports` {
  /// All messages of all QQ fixtures, as an intake would read them.
  static func allQQ() throws -> [String: CollectingSink] {
    let staged = try Staged()
    let root = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/qq").path
    var sinks: [String: CollectingSink] = [:]
    try SourceFinder(area: staged.area).find([root]) { finding in
      guard case .source(let source, let importer, _) = finding else { return }
      let sink = CollectingSink()
      let units = try importer.read(source, into: sink)
      #expect(units == sink.unitCount)
      sinks[source.name] = sink
    }
    return sinks
  }

  @Test func `8: names with parentheses keep them and lose only the number`() throws {
    for line in [
      "2024-03-01 11:05:59 【潜水】灯笼(下家)(9990000003)", "2024-03-01 11:05:59 灯笼(下家)(9990000003)",
    ] {
      let header = try #require(QQHeader(line))
      #expect(header.name == "灯笼(下家)" && header.id == "9990000003")
    }
  }

  @Test func `8: hours without a leading zero are hours`() {
    #expect(QQHeader("2024-03-01 9:58:07 泥鳅")?.sentAt.shanghai == "2024-03-01 09:58:07")
  }

  @Test func `8: many chats in one file stay apart`() throws {
    let sink = try importing(
      try StagedBytes.fixture("qq/全部消息记录_utf8.txt"),
      as: "qq-text"
    )
    #expect(
      sink.messages.map { $0.group == nil } == [true, true, true, false, false, false, false]
    )
  }

  @Test func `8: Android texts are disguised by character and blobs by byte`() {
    let key = QQKey(Array("990000000000001".utf8), origin: .file)
    // 泥 is U+6CE5; U+6CE5 xor U+0039 is U+6CDC.
    #expect(key.text("\u{6CDC}") == "泥")
    #expect(key.bytes([0xE6 ^ 0x39, 0xB3 ^ 0x39, 0xA5 ^ 0x30]) == Array("泥".utf8))
    // The key begins anew behind its last letter.
    #expect(key.text(String(repeating: "\0", count: 17)) == "99000000000000199")
  }

  @Test func `8: NT columns are numbers`() throws {
    let sinks = try Self.allQQ()
    #expect(sinks["nt_msg_decrypted.db"]?.messages.count == 5)
  }

  @Test func `8: a message seen in databases and exports is one by ends, second and text`() throws {
    let sinks = try Self.allQQ()
    let databases = ["9990000002.db", "nt_msg_decrypted.db"].compactMap { sinks[$0]?.messages }
    #expect(databases.count == 2)
    let ids = databases.map { messages in
      Set(messages.map { RecordIdentity.id(of: .message($0)) })
    }
    // 3 private and 3 group messages on one phone, 3 and 2 of them on the other.
    #expect(ids[0].count == 6 && ids[1].count == 5 && ids[0].union(ids[1]).count == 6)
    // Exports without numbers still agree in second and text, which pairs them later.
    let seconds = Set(databases[0].filter { $0.group == nil }.map { $0.sentAt?.seconds })
    for name in ["全部消息记录_utf8.txt", "泥鳅.mht"] {
      let messages = try #require(sinks[name]).messages.filter { $0.group == nil }
      #expect(Set(messages.map { $0.sentAt?.seconds }) == seconds)
      #expect(messages.allSatisfy { $0.from != nil && $0.to != nil && $0.senderIsAssumed })
    }
  }

  @Test func `10: Telegram texts are a string or a list`() {
    let parts: JSONValue = .array([
      .string("有，3000，支付宝 "),
      .object(
        JSONObject(members: [
          .init(key: "type", value: .string("phone")),
          .init(key: "text", value: .string("13800000003")),
        ])
      ),
    ])
    #expect(TelegramContent.text(parts) == "有，3000，支付宝 13800000003")
    #expect(TelegramContent.text(.string("在吗")) == "在吗")
    #expect(TelegramContent.text(.null) == "")
  }

  @Test func `10: a Telegram date has no zone, its Unix time needs none`() throws {
    func zone(_ fields: String) throws -> Timestamp? {
      let text = """
        {"name":"a","type":"personal_chat","id":990000004,"messages":[{"id":1,"type":"message",
        \(fields),"from":"a","from_id":"user990000004","text":"x"}]}
        """
      return try importing(text, as: "telegram-json").messages.first?.sentAt
    }
    // The clock of the exporting computer, here two hours ahead of UTC, does not count.
    let unix = "\"date\":\"2024-03-05T14:30:00\",\"date_unixtime\":\"1709641800\""
    #expect(try zone(unix) == Timestamp(milliseconds: 1_709_641_800_000, zone: .epoch))
    let clock = try zone("\"date\":\"2024-03-05T20:30:00\"")
    #expect(clock == Timestamp(milliseconds: 1_709_641_800_000, zone: .assumedShanghai))
  }

  @Test func `10: CRLF ends one line, and a mark before the first is no letter of it`() throws {
    let text = "\u{FEFF}05/03/2024, 20:40 - a: x\r\nzweite\r\n05/03/2024, 20:41 - b: y\r\n"
    let sink = try importing(text, as: "whatsapp-text")
    #expect(sink.messages.map(\.text) == ["x\nzweite", "y"])
  }
}
