import ClewEvidence
import ClewImport
import Testing

/// The first four of the ten things that a naive importer gets wrong, on every WeChat platform.
@Suite struct `WeChat without pitfalls` {
  static let you = "6398ba66494dacc5896d8688f4a1d780"  // wxid_you
  static let group = "cb03abe46c09acb3bc2efc792ed0611a"  // g1@chatroom
  static let me = Account(.wechat, "wxid_me")
  static let friend = Account(.wechat, "wxid_you")
  static let room = Account(.wechatGroup, "g1@chatroom")

  let staged: Staged
  init() throws { staged = try Staged() }

  private func pc(_ rows: String...) throws -> CollectingSink {
    try WeChatMaker.pcMessages(staged.folder + "/MSG0.db", rows)
    return try WeChatExport(staged)("MSG0.db").sink
  }

  private func desktop(_ chats: [String: [String]]) throws -> CollectingSink {
    try WeChatMaker.desktopMessages(
      staged.folder + "/message_0.db",
      names: ["wxid_me", "wxid_you", "g1@chatroom", "old_style"],
      chats: chats
    )
    return try WeChatExport(staged)("message_0.db").sink
  }

  /// With the contacts that resolve the digests, of which the owner `wxid_me` is the only member
  /// who is nobody else.
  private func phone(_ chats: [String: [String]]) throws -> CollectingSink {
    let maker = try SQLiteMaker(
      staged.folder + "/contacts.sqlite",
      """
      CREATE TABLE Friend(userName TEXT PRIMARY KEY, type INT, dbContactRemark BLOB,
        dbContactChatRoom BLOB);
      INSERT INTO Friend VALUES ('wxid_you', 3, NULL, NULL);
      """
    )
    let members = "wxid_me;wxid_you;old_style"
    let room = WeChatMaker.blob([0x0A, UInt8(members.utf8.count)] + Array(members.utf8))
    maker.run("INSERT INTO Friend VALUES ('g1@chatroom', 2, NULL, \(room))")
    _ = consume maker
    try WeChatMaker.phoneMessages(staged.folder + "/MM.sqlite", chats: chats)
    return try WeChatExport(staged)("MM.sqlite").sink
  }

  // MARK: - 1. Group senders

  @Test func `pitfall 1: Windows names group senders beside the text, never in it`() throws {
    let sink = try pc(
      "(1, 1, 0, 0, 1709428380, 'g1@chatroom', 'quote:\nA 1500', NULL, \(WeChatMaker.extra("old_style")))",
      "(2, 1, 0, 1, 1709428381, 'g1@chatroom', 'mine:\nB', NULL, NULL)",
      "(3, 1, 0, 0, 1709428382, 'g1@chatroom', 'nobody', NULL, NULL)",
      "(4, 1, 0, 0, 1709428383, 'wxid_you', 'note:\nC', NULL, \(WeChatMaker.extra("old_style")))"
    )
    #expect(sink.messages.map(\.text) == ["quote:\nA 1500", "mine:\nB", "nobody", "note:\nC"])
    let senders = sink.messages.map(\.from)
    #expect(senders[0] == Account(.wechat, "old_style"))
    #expect(senders[1]?.scheme == .name)
    #expect(senders[2] == nil)
    #expect(senders[3] == Self.friend)
  }

  @Test func `pitfall 1: version 4 cuts a prefix only where it is the stated sender`() throws {
    let sink = try desktop([
      Self.you: ["(1, 1, 1, 1709428379, 'hello')"],
      Self.group: [
        "(2, 1, 4, 1709428380, 'old_style:\nprice')", "(3, 1, 1, 1709428381, 'wxid_you:\nmine')",
        "(4, 1, 2, 1709428382, 'old_style:\nforged')", "(5, 1, 99, 1709428383, 'who')",
      ],
    ])
    let rows = sink.messages.filter { $0.group == Self.room }
    #expect(rows.map(\.text) == ["price", "wxid_you:\nmine", "old_style:\nforged", "who"])
    #expect(rows.map(\.from) == [Account(.wechat, "old_style"), Self.me, Self.friend, nil])
    #expect(sink.owner == Self.me)
  }

  @Test func `pitfall 1: an iPhone puts the sender before received group texts only`() throws {
    let sink = try phone([
      Self.group: [
        "(1, 1, 1, 1709428380, 'old_style:\nprice')", "(2, 1, 0, 1709428381, 'wxid_you:\nmine')",
        "(3, 1, 1, 1709428382, '报价:\nno user name')",
      ],
      Self.you: ["(4, 1, 1, 1709428383, 'note:\nC')"],
    ])
    let rows = sink.messages.filter { $0.group == Self.room }
    #expect(rows.map(\.text) == ["price", "wxid_you:\nmine", "报价:\nno user name"])
    #expect(rows.map(\.from) == [Account(.wechat, "old_style"), Self.me, nil])
    let note = try #require(sink.messages.first { $0.group == nil })
    #expect(note.text == "note:\nC" && note.from == Self.friend && note.to == Self.me)
  }

  // MARK: - 2. Message types

  @Test func `pitfall 2: the meaning of an app message is in its XML on every platform`() throws {
    let quote =
      "<msg><appmsg><title>new words</title><type>57</type><refermsg><svrid>7</svrid></refermsg>"
      + "</appmsg></msg>"
    let windows = try pc(
      "(1, 49, 57, 0, 1709428380, 'wxid_you', '', \(WeChatMaker.packed(quote)), NULL)",
      "(2, 822083633, 0, 0, 1709428380, 'wxid_you', '', \(WeChatMaker.packed(quote)), NULL)"
    )
    let version4 = try desktop([
      Self.you: [
        "(1, 244813135921, 2, 1709428380, '\(quote)')",
        "(2, 244813135921, 2, 1709428380, \(WeChatMaker.frame(quote)))",
        "(3, 49, 2, 1709428380, '\(quote)')",
      ]
    ])
    let iPhone = try phone([Self.you: ["(1, 49, 1, 1709428380, '\(quote)')"]])
    for message in windows.messages + version4.messages + iPhone.messages {
      #expect(message.kind == .quote)
      #expect(message.text == "new words")
      #expect(message.quotes == "7")
    }
    #expect(windows.messages.count + version4.messages.count + iPhone.messages.count == 6)
  }

  @Test func `pitfall 2: the packed sub type stands in where the XML is lost`() throws {
    // (2001 << 32) | 49 and (6 << 32) | 49.
    let sink = try desktop([
      Self.you: ["(1, 8594229559345, 2, 1709428380, NULL)", "(2, 25769803825, 2, 1709428380, '')"]
    ])
    #expect(sink.messages.map(\.kind) == [.redPacket, .file])
    // A live location is 0x90000006, negative on Android and positive here.
    let place = try phone([Self.you: ["(1, -1879048186, 1, 1709428380, '<msg/>')"]])
    #expect(place.messages.map(\.kind) == [.location])
  }

  @Test func `pitfall 2: a live location is one with and without a sign`() throws {
    let sink = try desktop([
      Self.you: ["(1, 2415919110, 2, 1709428380, '<msg/>')", "(2, 10000, 2, 1709428380, 'note')"]
    ])
    #expect(sink.messages.map(\.kind) == [.location, .system])
    #expect(sink.messages.map(\.from) == [Self.friend, nil])
  }

  // MARK: - 3. Transfers

  @Test func `pitfall 3: a receipt does not turn the money round`() throws {
    let (sent, got) = (
      WeChatMaker.transfer(1, payer: "wxid_you", payee: "wxid_me"),
      WeChatMaker.transfer(3, payer: "wxid_you", payee: "wxid_me")
    )
    let windows = try pc(
      "(1, 49, 2000, 0, 1709428380, 'wxid_you', '', \(WeChatMaker.packed(sent)), NULL)",
      "(2, 49, 2000, 1, 1709428390, 'wxid_you', '', \(WeChatMaker.packed(got)), NULL)"
    )
    let version4 = try desktop([
      Self.you: [
        "(1, 8589934592049, 2, 1709428380, \(WeChatMaker.frame(sent)))",
        "(2, 8589934592049, 1, 1709428390, \(WeChatMaker.frame(got)))",
      ]
    ])
    let iPhone = try phone([
      Self.you: ["(1, 49, 1, 1709428380, '\(sent)')", "(2, 49, 0, 1709428390, '\(got)')"]
    ])
    for sink in [windows, version4, iPhone] {
      #expect(sink.transfers.map(\.state) == [.sent, .completed])
      #expect(sink.transfers.allSatisfy { $0.payer == Self.friend && $0.payee == Self.me })
      #expect(sink.transfers.map { $0.amount?.fen } == [150_000, 150_000])
      #expect(sink.transfers.map(\.ids) == [["T1"], ["T1"]])
      #expect(sink.messages.map(\.from) == [Self.friend, Self.me])
      #expect(sink.owner == Self.me)
    }
    #expect(windows.messages == version4.messages)
    #expect(windows.messages == iPhone.messages)
  }

  @Test(arguments: [4, 9])
  func `pitfall 3: a return is void and the same on both devices`(subtype: Int) throws {
    let back = WeChatMaker.packed(
      WeChatMaker.transfer(subtype, payer: "wxid_me", payee: "wxid_you")
    )
    let sent = WeChatMaker.packed(WeChatMaker.transfer(1, payer: "wxid_me", payee: "wxid_you"))
    let mine = try pc(
      "(1, 49, 2000, 1, 1709428380, 'wxid_you', '', \(sent), NULL)",
      "(2, 49, 2000, 0, 1709428390, 'wxid_you', '', \(back), NULL)"
    )
    #expect(mine.transfers.map(\.state) == [.sent, .returned])
    #expect(mine.messages[1].from == Self.friend && mine.messages[1].to == Self.me)
    let other = try Staged()
    try WeChatMaker.desktopMessages(
      other.folder + "/m.db",
      names: ["wxid_me", "wxid_you"],
      // On the payee's device the notice comes from the payer.
      chats: [
        "672c5e3d2661612fced765e93df017e0": [
          "(2, 8589934592049, 1, 1709428390, \(WeChatMaker.frame(WeChatMaker.transfer(subtype, payer: "wxid_me", payee: "wxid_you"))))",
          "(3, 1, 2, 1709428395, 'hm')",
        ]
      ]
    )
    let theirs = try WeChatExport(other)("m.db").sink
    #expect(theirs.owner == Self.friend)
    #expect(theirs.messages[0] == mine.messages[1])
    #expect(theirs.transfers[0] == mine.transfers[1])
  }

  @Test func `pitfall 3: a red packet has no amount`() throws {
    let packet =
      "<msg><appmsg><type>2001</type><wcpayinfo><receivertitle>best wishes</receivertitle>"
      + "<nativeurl>wxpay://c2cbizmessagehandler?sendid=R1&amp;sendusername=wxid_you</nativeurl>"
      + "</wcpayinfo></appmsg></msg>"
    let sink = try pc(
      "(1, 49, 2001, 0, 1709428380, 'wxid_you', '', \(WeChatMaker.packed(packet)), NULL)"
    )
    #expect(sink.transfers.map(\.channel) == ["wechat-redpacket"])
    #expect(sink.transfers.map(\.amount) == [nil])
    #expect(sink.transfers.map(\.ids) == [["R1"]])
    #expect(sink.transfers.map(\.payer) == [Self.friend])
  }

  // MARK: - 4. Units

  @Test func `pitfall 4: all but Android count seconds`() throws {
    let rows = [
      try pc("(1, 1, 0, 0, 1709428380, 'wxid_you', 'x', NULL, NULL)"),
      try desktop([Self.you: ["(1, 1, 2, 1709428380, 'x')"]]),
      try phone([Self.you: ["(1, 1, 1, 1709428380, 'x')"]]),
    ]
    for sink in rows {
      #expect(sink.messages.map(\.sentAt) == [Timestamp(milliseconds: 1_709_428_380_000)])
    }
  }

  @Test func `pitfall 4: milliseconds in a column of seconds are no time`() throws {
    let sink = try pc(
      "(1, 1, 0, 0, 1709428380000, 'wxid_you', 'x', NULL, NULL)",
      "(2, 1, 0, 0, 0, 'wxid_you', 'x', NULL, NULL)",
      "(3, 1, 0, 0, 9223372036854775807, 'wxid_you', 'x', NULL, NULL)"
    )
    #expect(sink.messages.map(\.sentAt) == [nil, nil, nil])
  }
}
