import ClewEvidence
import ClewImport
import Foundation
import Testing

@Suite struct `A WeChat message` {
  static let owner = Account(.wechat, "wxid_me")
  static let friend = Account(.wechat, "wxid_you")

  /// Makes a database with one message for each row of SQL values and reads it.
  private func read(
    _ rows: [String],
    userinfo: String = "(2, 3, 'wxid_me')"
  ) throws -> CollectingSink {
    let staged = try Staged()
    let path = staged.folder + "/m.db"
    let maker = try SQLiteMaker(
      path,
      """
      CREATE TABLE message(msgId INTEGER PRIMARY KEY, msgSvrId INTEGER, type INT, isSend INT,
        createTime INTEGER, talker TEXT, content TEXT);
      CREATE TABLE rcontact(username TEXT PRIMARY KEY, nickname TEXT, conRemark TEXT);
      CREATE TABLE userinfo(id INTEGER PRIMARY KEY, type INT, value TEXT);
      """
    )
    if !userinfo.isEmpty { maker.run("INSERT INTO userinfo VALUES \(userinfo)") }
    for row in rows {
      maker.run(
        "INSERT INTO message(msgSvrId, type, isSend, createTime, talker, content) VALUES \(row)"
      )
    }
    _ = consume maker
    let source = try staged.area.stage(path)
    let sink = CollectingSink()
    let (importer, _) = try #require(ImporterRegistry.best(for: source))
    #expect(importer.format == "wechat-android")
    #expect(try importer.read(source, into: sink) == sink.unitCount)
    return sink
  }

  private func messages(_ sink: CollectingSink) -> [Message] {
    sink.items.compactMap { if case .message(let message) = $0 { message } else { nil } }
  }

  private func transfers(_ sink: CollectingSink) -> [Transfer] {
    sink.items.compactMap { if case .transfer(let transfer) = $0 { transfer } else { nil } }
  }

  /// One private message from the friend.
  private func one(type: Int64, _ content: String) throws -> Message {
    let quoted = content.replacingOccurrences(of: "'", with: "''")
    let sink = try read(["(9, \(type), 0, 1709258700120, 'wxid_you', '\(quoted)')"])
    return try #require(messages(sink).first)
  }

  private func app(_ type: Int, _ inner: String, code: Int64 = 49) throws -> Message {
    try one(type: code, "<msg><appmsg><type>\(type)</type>\(inner)</appmsg></msg>")
  }

  @Test(
    arguments: [
      (3, Message.Kind.image), (34, .voice), (43, .video), (62, .video), (47, .sticker),
      (48, .location), (50, .call), (10000, .system), (10002, .system), (1_048_625, .sticker),
      (-1_879_048_186, .location), (77777, .other),
    ] as [(Int64, Message.Kind)]
  )
  func `has a kind by its type`(type: Int64, kind: Message.Kind) throws {
    #expect(try one(type: type, "<msg/>").kind == kind)
  }

  @Test(
    arguments: [49, 419_430_449, 436_207_665, 822_083_633, 1_090_519_089, 16_777_265] as [Int64]
  )
  func `of a large type is an app message by its low sixteen bits`(type: Int64) throws {
    #expect(try app(57, "<title>x</title>", code: type).kind == .quote)
  }

  @Test func `that quotes names the quoted message's server id`() throws {
    let message = try app(
      57,
      """
      <title>收到</title><refermsg><type>1</type><svrid>900000000000000103</svrid>
      <fromusr>1@chatroom</fromusr><content>&lt;msg&gt;&lt;/msg&gt;</content></refermsg>
      """
    )
    #expect(message.text == "收到")
    #expect(message.quotes == "900000000000000103")
  }

  @Test(arguments: ["<![CDATA[%]]>", "%"])
  func `that forwards others lists them`(wrapping: String) throws {
    let record =
      "<recordinfo><datalist><dataitem><sourcename>甲</sourcename><sourcetime>2024-03-01 10:00"
      + "</sourcetime><datadesc>五百条</datadesc></dataitem><dataitem><sourcename>乙</sourcename>"
      + "<datadesc>要</datadesc></dataitem></datalist></recordinfo>"
    let message = try app(
      19,
      "<title>聊天记录</title><recorditem>"
        + wrapping.replacingOccurrences(of: "%", with: record) + "</recorditem>"
    )
    #expect(message.kind == .forward)
    #expect(message.text == "聊天记录\n甲 2024-03-01 10:00: 五百条\n乙: 要")
  }

  @Test func `of a link keeps bare ampersands in its address`() throws {
    let message = try app(5, "<title>a &amp; b</title><url>http://x.test/?a=1&b=2&lt;</url>")
    #expect(message.text == "a & b\nhttp://x.test/?a=1&b=2<")
  }

  @Test func `of a received group file is read behind the sender's name`() throws {
    let xml =
      "<?xml version=\"1.0\"?>\n<msg><appmsg><title>a.txt</title><type>6</type></appmsg></msg>"
    let sink = try read([
      "(1, 49, 0, 1709258700120, '5@im.chatroom', 'old_name:\(String("\n"))\(xml)')"
    ])
    let message = try #require(messages(sink).first)
    #expect(message.from == Account(.wechat, "old_name"))
    #expect(message.group == Account(.wechatGroup, "5@im.chatroom"))
    #expect(message.file?.name == "a.txt")
    #expect(message.file?.digest == nil)
  }

  @Test func `of a group without a user name in front has no sender`() throws {
    let sink = try read([
      "(1, 1, 0, 1, '5@chatroom', 'two words:' || char(10) || 'x')",
      "(2, 1, 0, 1, '5@chatroom', '报价:' || char(10) || 'x')",
      "(3, 1, 0, 1, '5@chatroom', 'no colon')",
      "(4, 1, 0, 1, '5@chatroom', 'wxid_a: x')",
    ])
    #expect(messages(sink).map(\.from) == [nil, nil, nil, nil])
    #expect(messages(sink)[0].text == "two words:\nx")
    #expect(messages(sink).allSatisfy { $0.sentAt == nil })
  }

  @Test func `of the system has no sender, also behind a name and as XML`() throws {
    let sink = try read([
      """
      (1, 49, 0, 1, '5@chatroom', 'wxid_a:' || char(10) ||
        '<sysmsg type="revokemsg"><revokemsg><replacemsg>甲 撤回</replacemsg></revokemsg></sysmsg>')
      """,
      "(0, 10000, 1, 1, 'wxid_you', '你已添加了乙')",
    ])
    #expect(messages(sink).map(\.from) == [nil, nil])
    #expect(messages(sink).map(\.kind) == [.system, .system])
    #expect(messages(sink).map(\.text) == ["甲 撤回", "你已添加了乙"])
    #expect(messages(sink).map(\.serverID) == ["1", nil])
    #expect(messages(sink).map(\.to) == [nil, Self.friend])
  }

  @Test(arguments: [
    (1, Transfer.State.sent), (7, .sent), (8, .sent), (3, .completed), (5, .completed),
    (4, .returned), (9, .returned),
  ])
  func `of a transfer has a state by its sub type`(subtype: Int, state: Transfer.State) throws {
    let sink = try read([
      """
      (1, 419430449, 1, 1709258700120, 'wxid_you', '<msg><appmsg><type>2000</type><wcpayinfo>
      <paysubtype>\(subtype)</paysubtype><feedesc><![CDATA[¥1,234.50]]></feedesc>
      <transferid>T</transferid><transcationid>C</transcationid></wcpayinfo></appmsg></msg>')
      """
    ])
    let transfer = try #require(transfers(sink).first)
    #expect(transfer.state == state)
    #expect(transfer.amount == Money(fen: 123_450))
    #expect(transfer.ids == ["T", "C"])
    #expect(transfer.at == Timestamp(milliseconds: 1_709_258_700_120))
    // Without the two names of new versions, the message's direction tells, except of a return.
    switch state {
    case .sent: #expect(transfer.payer == Self.owner && transfer.payee == Self.friend)
    case .completed: #expect(transfer.payer == Self.friend && transfer.payee == Self.owner)
    default: #expect(transfer.payer == nil && transfer.payee == nil)
    }
  }

  @Test(
    arguments: [
      ("￥1500.00", 150_000), ("¥0.01", 1), ("￥1,234,567.8", 123_456_780), ("20", 2000),
      ("1.005", nil), ("一百", nil), ("-5", nil), ("1e3", nil), ("1.", nil),
      ("99999999999999999999", nil),
    ] as [(String, Int64?)]
  )
  func `with an amount is exact or refused`(feedesc: String, fen: Int64?) throws {
    let sink = try read([
      """
      (1, 49, 1, 1, 'wxid_you', '<msg><appmsg><type>2000</type><wcpayinfo>
      <feedesc>\(feedesc)</feedesc></wcpayinfo></appmsg></msg>')
      """
    ])
    #expect(transfers(sink).map(\.amount?.fen) == (fen == nil ? [] : [fen]))
    #expect(sink.rejects.count == (fen == nil ? 1 : 0))
  }

  @Test func `that cannot be read is refused with its bytes`() throws {
    let sink = try read([
      "(1, 1, 0, 1, 'wxid_you', CAST(x'61ff' AS TEXT))", "(2, NULL, 0, 1, 'wxid_you', 'x')",
      "(3, 1, 5, 1, 'wxid_you', 'x')", "(4, 1, 0, 1, '', 'x')", "(5, 1, 0, 1, 'wxid_you', NULL)",
    ])
    #expect(
      sink.rejects.map(\.reason) == [
        "column content holds bytes that are not UTF-8", "type is no number",
        "isSend is neither 0 nor 1", "talker is empty",
      ]
    )
    let bytes = String(decoding: try #require(sink.rejects.first).bytes, as: UTF8.self)
    #expect(bytes.contains(#""content":{"hex":"61ff"}"#))
    #expect(messages(sink).map(\.text) == [""])
  }

  @Test func `to a service is kept but is to no person`() throws {
    let sink = try read([
      "(1, 1, 1, 1, 'filehelper', 'note to self')", "(2, 1, 0, 1, '1@openim', 'x')",
      "(3, 1, 0, 1, 'gh_a', 'x')", "(4, 1, 0, 1, 'v3_020b@stranger', 'x')",
    ])
    #expect(messages(sink)[0].to == Account(.service, "filehelper"))
    #expect(messages(sink)[1].from == Account(.service, "1@openim"))
    #expect(messages(sink)[2].from == Account(.service, "gh_a"))
    #expect(messages(sink)[3].from == Account(.name, "v3_020b@stranger"))
  }

  @Test func `of an unknown owner stands under a name that never merges`() throws {
    let sink = try read(["(1, 1, 1, 1, 'wxid_you', 'x')"], userinfo: "")
    #expect(sink.owner == nil)
    #expect(messages(sink).first?.from?.scheme == .name)
    #expect(sink.decisions["owner"] != nil)
  }

  @Test func `with hostile XML neither hangs nor crashes`() throws {
    let deep = String(repeating: "<a>", count: 100_000)
    for body in [
      deep, "<msg " + String(repeating: "a='", count: 1000),
      "<!DOCTYPE x [<!ENTITY y 'z'>]><msg>&y;",
      "<", "<>", "</>", "<msg><![CDATA[", "<msg a", "<a/></a></a><msg", "<msg><!--",
      "<msg>&#xD800;&#99999999;",
      String(repeating: "&", count: 100_000), "<msg><appmsg><type>2000",
    ] { #expect(try one(type: 49, body).platform == "wechat") }
  }
}
