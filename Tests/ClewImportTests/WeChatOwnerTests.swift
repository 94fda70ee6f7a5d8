import ClewEvidence
import ClewImport
import Testing

/// Whose device a database is that does not say it.
@Suite struct `The owner of a WeChat database` {
  let staged: Staged
  init() throws { staged = try Staged() }

  private static let members = "wxid_me^Gwxid_you^Gwxid_third"

  /// An own message in the group, and one received there and in private from each of the names.
  private func messages(from names: [String], own: Bool = true, _ more: [String] = []) throws {
    var rows = own ? ["(1, 1, 0, 1, 1709428380, 'g1@chatroom', 'mine', NULL, NULL)"] : []
    for name in names {
      let extra = WeChatMaker.extra(name)
      rows.append("(2, 1, 0, 0, 1709428381, 'g1@chatroom', 'theirs', NULL, \(extra))")
    }
    try WeChatMaker.pcMessages(staged.folder + "/MSG0.db", rows + more)
  }

  private func contacts(_ rows: [String], members: String = members) throws {
    try WeChatMaker.pcContacts(
      staged.folder + "/MicroMsg.db",
      rows + ["('g1@chatroom', '', 'demo', 1, NULL)"],
      rooms: ["('g1@chatroom', '\(members)', '', '', NULL)"]
    )
  }

  private func owners() throws -> [Account?] {
    let export = try WeChatExport(staged)
    return [try export("MSG0.db").sink.owner, try export("MicroMsg.db").sink.owner]
  }

  @Test func `is the one member who is nobody else`() throws {
    try messages(from: ["wxid_you"])
    try contacts(["('wxid_third', '', 'third', 0, NULL)"])
    #expect(try owners() == [Account(.wechat, "wxid_me"), Account(.wechat, "wxid_me")])
  }

  @Test func `is unknown when two members are left`() throws {
    try messages(from: ["wxid_you"])
    try contacts([])
    #expect(try owners() == [nil, nil])
    let sink = try WeChatExport(staged)("MSG0.db").sink
    #expect(
      sink.decisions["owner"] == "not stated; own messages stand under a name that never merges"
    )
    let own = try #require(sink.messages.first?.from)
    #expect(own.scheme == .name && own.value.hasPrefix("owner-of-"))
  }

  @Test func `may have an entry of its own without being taken for somebody else`() throws {
    try messages(from: ["wxid_you"])
    // A plain friend may be the owner's own entry: two are left.
    try contacts(["('wxid_me', '', 'me', 1, NULL)"])
    #expect(try owners() == [nil, nil])
  }

  @Test(arguments: [1, 2, 3])
  func `is a contact only if three groups agree`(groups: Int) throws {
    let names = (1...groups).map { "g\($0)@chatroom" }
    try WeChatMaker.pcMessages(
      staged.folder + "/MSG0.db",
      names.flatMap { name in
        [
          "(1, 1, 0, 1, 1709428380, '\(name)', 'mine', NULL, NULL)",
          "(2, 1, 0, 0, 1709428381, '\(name)', 'theirs', NULL, \(WeChatMaker.extra("wxid_you")))",
        ]
      }
    )
    try WeChatMaker.pcContacts(
      staged.folder + "/MicroMsg.db",
      ["('wxid_me', '', 'me', 1, NULL)"] + names.map { "('\($0)', '', 'demo', 1, NULL)" },
      rooms: names.map { "('\($0)', 'wxid_me^Gwxid_you', '', '', NULL)" }
    )
    let expected = groups == 3 ? Account(.wechat, "wxid_me") : nil
    #expect(try owners() == [expected, expected])
  }

  @Test func `is unknown when nothing was written in the group`() throws {
    try messages(from: ["wxid_you", "wxid_third"], own: false)
    try contacts([])
    #expect(try owners() == [nil, nil])
  }

  @Test func `is unknown when transfers and members contradict each other`() throws {
    let paid = WeChatMaker.packed(
      WeChatMaker.transfer(1, payer: "wxid_stranger", payee: "wxid_you")
    )
    try messages(
      from: ["wxid_you"],
      ["(5, 49, 2000, 1, 1709428385, 'wxid_you', '', \(paid), NULL)"]
    )
    try contacts([])
    let sink = try WeChatExport(staged)("MSG0.db").sink
    #expect(sink.owner == nil)
    #expect(sink.decisions["owner"] == "not stated; the messages contradict each other")
  }

  @Test func `is not taken from a transfer that somebody else sent`() throws {
    let forged = WeChatMaker.packed(
      WeChatMaker.transfer(1, payer: "wxid_you", payee: "wxid_victim")
    )
    try WeChatMaker.pcMessages(
      staged.folder + "/MSG0.db",
      ["(5, 49, 2000, 0, 1709428385, 'wxid_you', '', \(forged), NULL)"]
    )
    #expect(try WeChatExport(staged)("MSG0.db").sink.owner == nil)
  }

  @Test func `is not looked for in contacts that know too few of the chats`() throws {
    try messages(
      from: ["wxid_you"],
      [
        "(6, 1, 0, 0, 1709428386, 'wxid_x', 'a', NULL, NULL)",
        "(7, 1, 0, 0, 1709428387, 'wxid_y', 'b', NULL, NULL)",
      ]
    )
    try contacts(["('wxid_third', '', 'third', 0, NULL)"])
    let export = try WeChatExport(staged)
    let sink = try export("MSG0.db").sink
    #expect(sink.decisions["contacts"] == "none of those beside it fits")
    #expect(sink.owner == nil)
    #expect(try export("MicroMsg.db").sink.owner == nil)
  }

  @Test func `is not looked for where two contact databases fit equally`() throws {
    try messages(from: ["wxid_you"])
    try contacts(["('wxid_third', '', 'third', 0, NULL)"])
    try WeChatMaker.pcContacts(
      staged.folder + "/Other.db",
      ["('g1@chatroom', '', 'demo', 1, NULL)", "('wxid_q', '', 'q', 1, NULL)"]
    )
    let sink = try WeChatExport(staged)("MSG0.db").sink
    #expect(
      sink.decisions["contacts"] == "several of those beside it fit equally; none was used"
    )
    #expect(sink.owner == nil)
  }

  @Test func `of version 4 is who writes in private chats beside the other party`() throws {
    try WeChatMaker.desktopMessages(
      staged.folder + "/m.db",
      names: ["wxid_me", "wxid_you", "wxid_third"],
      chats: [
        "6398ba66494dacc5896d8688f4a1d780": ["(1, 1, 1, 1709428380, 'to you')"],
        "e46f8761fb74cf5411fda0e953a8eb3c": ["(2, 1, 2, 1709428381, 'odd')"],
      ]
    )
    // Two accounts write to others from one device: that cannot be, so neither is the owner.
    let sink = try WeChatExport(staged)("m.db").sink
    #expect(sink.owner == nil)
    #expect(sink.decisions["owner"] == "not stated; the messages contradict each other")
    #expect(
      sink.messages.map(\.from) == [
        Account(.wechat, "wxid_me"), Account(.wechat, "wxid_you"),
      ]
    )
  }

  @Test func `of version 4 does not matter to a table that belongs to nobody known`() throws {
    try WeChatMaker.desktopMessages(
      staged.folder + "/m.db",
      names: ["wxid_me", "wxid_you"],
      chats: [
        "6398ba66494dacc5896d8688f4a1d780": ["(1, 1, 1, 1709428380, 'to you')"],
        "00000000000000000000000000000001": ["(2, 1, 2, 1709428381, 'a group')"],
        "00000000000000000000000000000002": ["(3, 1, 1, 1709428382, 'own only')"],
      ]
    )
    let sink = try WeChatExport(staged)("m.db").sink
    #expect(sink.decisions["unknown chats"] == "2 of 3 tables are named after no known account")
    #expect(sink.messages.count == 3)
    let found = sink.messages
    #expect(
      found.first { $0.serverID == "2" }?.group
        == Account(.group, "wechat-chat-00000000000000000000000000000001")
    )
    #expect(
      found.first { $0.serverID == "3" }?.to
        == Account(.name, "wechat-chat-00000000000000000000000000000002")
    )
  }
}
