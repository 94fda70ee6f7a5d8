import ClewEvidence
import Testing

@testable import ClewImport

/// Rows that cannot be read, on every platform.
@Suite struct `A faulty WeChat row` {
  static let you = "6398ba66494dacc5896d8688f4a1d780"  // wxid_you
  let staged: Staged
  init() throws { staged = try Staged() }

  @Test(
    arguments: [
      ("(1, 'x', 0, 0, 1, 'wxid_you', '', NULL, NULL)", "Type is no number"),
      ("(1, 1, 0, 0, 1, '', '', NULL, NULL)", "StrTalker is empty"),
      ("(1, 1, 0, 2, 1, 'wxid_you', '', NULL, NULL)", "IsSender is neither 0 nor 1"),
      ("(1, 1, 0, NULL, 1, 'wxid_you', '', NULL, NULL)", "IsSender is neither 0 nor 1"),
      (
        "(1, 49, 6, 0, 1, 'wxid_you', '', X'FFFF', NULL)",
        "CompressContent is no LZ4 block of at most 16 MiB"
      ),
      (
        "(1, 49, 6, 0, 1, 'wxid_you', '', X'20FFFE', NULL)",
        "CompressContent holds bytes that are not UTF-8"
      ),
      (
        "(1, 1, 0, 0, 1, 'wxid_you', CAST(X'FFFE' AS TEXT), NULL, NULL)",
        "column StrContent holds bytes that are not UTF-8"
      ),
      ("(1, 1, 0, 0, 1, 'g@chatroom', 'x', NULL, X'1A05')", "BytesExtra cannot be read"),
      (
        "(1, 1, 0, 0, 1, 'g@chatroom', 'x', NULL, \(WeChatMaker.extra("two words")))",
        "BytesExtra names a sender that is no user name"
      ),
      (
        "(1, 49, 2000, 0, 1, 'wxid_you', '', \(WeChatMaker.packed("<msg><appmsg><type>2000</type><wcpayinfo><feedesc>1.234</feedesc></wcpayinfo></appmsg></msg>")), NULL)",
        "feedesc is no amount with at most two decimals"
      ),
    ]
  )
  func `of Windows is rejected with its reason`(row: String, reason: String) throws {
    let good = "(2, 1, 0, 0, 1709428380, 'wxid_you', 'fine', NULL, NULL)"
    try WeChatMaker.pcMessages(staged.folder + "/m.db", [row, good])
    let sink = try WeChatExport(staged)("m.db").sink
    #expect(sink.reasons == [reason])
    #expect(sink.messages.map(\.text) == ["fine"])
  }

  @Test(
    arguments: [
      ("(1, 'x', 2, 1, '')", "local_type is no number"),
      ("(1, 1, 9, 1, 'x')", "real_sender_id names nobody in Name2Id"),
      ("(1, 1, NULL, 1, 'x')", "real_sender_id names nobody in Name2Id"),
      (
        "(1, 1, 2, 1, X'28B52FFD0000')",
        "message_content is no Zstandard frame of at most 16 MiB"
      ),
      ("(1, 1, 2, 1, X'FFFE')", "message_content holds bytes that are not UTF-8"),
    ]
  )
  func `of version 4 is rejected with its reason`(row: String, reason: String) throws {
    try WeChatMaker.desktopMessages(
      staged.folder + "/m.db",
      names: ["wxid_me", "wxid_you"],
      chats: [Self.you: [row, "(2, 1, 2, 1709428380, 'fine')"]]
    )
    let sink = try WeChatExport(staged)("m.db").sink
    #expect(sink.reasons == [reason])
    #expect(sink.messages.map(\.text) == ["fine"])
  }

  @Test(
    arguments: [
      ("(1, 'x', 1, 1, '')", "Type is no number"),
      ("(1, 1, 'x', 1, '')", "Des is no number"),
      ("(1, 1, 1, 1, CAST(X'FFFE' AS TEXT))", "column Message holds bytes that are not UTF-8"),
    ]
  )
  func `of an iPhone is rejected with its reason`(row: String, reason: String) throws {
    try WeChatMaker.phoneMessages(
      staged.folder + "/m.db",
      chats: [Self.you: [row, "(2, 1, 1, 1709428380, 'fine')"]]
    )
    let sink = try WeChatExport(staged)("m.db").sink
    #expect(sink.reasons == [reason])
    #expect(sink.messages.map(\.text) == ["fine"])
  }

  @Test func `of Windows' contacts is rejected or told of`() throws {
    try WeChatMaker.pcContacts(
      staged.folder + "/c.db",
      [
        "('', '', 'x', 1, NULL)", "('filehelper', '', 'x', 1, NULL)",
        "('wxid_cut', '', 'cut', 1, X'759378AD18FF')",
        "('wxid_odd', '', 'odd', 1, X'0102030499')",
      ],
      rooms: [
        "('', 'wxid_a', '', '', NULL)", "('a@chatroom', '', '', '', X'FF')",
        "('b@chatroom', '', '', '', NULL)",
        "('c@chatroom', 'wxid_a^Gwxid_b', 'one^Gtwo', 'wxid_b', NULL)",
        "('d@chatroom', 'wxid_a^Gwxid_b', 'one^G^Gtwo', '', NULL)",
      ]
    )
    let sink = try WeChatExport(staged)("c.db").sink
    #expect(
      sink.reasons == ["UserName is empty", "ChatRoomName is empty", "RoomData cannot be read"]
    )
    #expect(sink.rules == ["system account", "group without members"])
    #expect(sink.contacts.map(\.name) == ["cut", "odd"])
    #expect(sink.decisions["ExtraBuf"] == "of 2 contacts not understood to its end")
    #expect(sink.memberships.map(\.memberName) == ["one", "two", "", ""])
    #expect(sink.memberships.map(\.role) == ["", "owner", "", ""])
  }

  @Test func `of other contacts is rejected with its reason`() throws {
    try SQLiteMaker(
      staged.folder + "/four.db",
      """
      CREATE TABLE contact(username TEXT, nick_name TEXT, remark TEXT, local_type INT);
      CREATE TABLE chat_room(username TEXT, owner TEXT, ext_buffer BLOB);
      INSERT INTO contact VALUES ('', 'x', '', 1);
      INSERT INTO chat_room VALUES ('', '', NULL), ('a@chatroom', '', X'FF'),
        ('b@chatroom', '', NULL);
      """
    ).run("SELECT 1")
    try SQLiteMaker(
      staged.folder + "/phone.db",
      """
      CREATE TABLE Friend(userName TEXT, type INT, dbContactRemark BLOB, dbContactChatRoom BLOB);
      INSERT INTO Friend VALUES ('', 3, NULL, NULL), ('wxid_a', 3, X'0A05', NULL),
        ('wxid_b', 3, X'0A02FFFE', NULL), ('c@chatroom', 2, NULL, X'FF'),
        ('d@chatroom', 2, NULL, X'0A02FFFE');
      """
    ).run("SELECT 1")
    let export = try WeChatExport(staged)
    let four = try export("four.db").sink
    #expect(
      four.reasons == ["username is empty", "username is empty", "ext_buffer cannot be read"]
    )
    #expect(four.rules == ["group without members"])
    let phone = try export("phone.db").sink
    #expect(
      phone.reasons == [
        "userName is empty", "dbContactRemark cannot be read",
        "dbContactRemark holds bytes that are not UTF-8", "dbContactChatRoom cannot be read",
        "dbContactChatRoom holds bytes that are not UTF-8",
      ]
    )
  }

  @Test func `of packed properties is read as far as its types are known`() {
    let number: [UInt8] = [0x74, 0x75, 0x2C, 0x06, 0x04, 1, 0, 0, 0]
    let phone: [UInt8] =
      [0x75, 0x93, 0x78, 0xAD, 0x18, 22, 0, 0, 0]
      + "13800000002".utf8.flatMap { [$0, 0] }
    #expect(WeChatExtraBuf(number + phone).phone == "13800000002")
    #expect(WeChatExtraBuf(number + phone).isWhole)
    let narrow: [UInt8] = [0x75, 0x93, 0x78, 0xAD, 0x17, 3, 0, 0, 0, 0x31, 0x32, 0]
    #expect(WeChatExtraBuf(narrow).phone == "12")
    #expect(WeChatExtraBuf([]).isWhole)
    // A length of four gigabytes.
    #expect(!WeChatExtraBuf([0x75, 0x93, 0x78, 0xAD, 0x18, 255, 255, 255, 255, 1]).isWhole)
    for count in 1..<number.count { #expect(!WeChatExtraBuf(Array(number.prefix(count))).isWhole) }
    #expect(WeChatExtraBuf(phone + [1, 2, 3, 4, 0x99]).phone == "13800000002")
  }
}
