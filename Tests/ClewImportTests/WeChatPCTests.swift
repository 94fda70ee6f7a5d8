import ClewEvidence
import ClewImport
import ClewTestSupport
import Testing

@Suite struct `WeChat 3 for Windows` {
  let contacts: WeChatExport.Reading
  let messages: WeChatExport.Reading

  init() throws {
    let pair = try WeChatExport.Pair(
      contacts: ("MicroMsg.db", "wechat_pc3/MicroMsg_decrypted.db"),
      messages: ("Multi/MSG0.db", "wechat_pc3/MSG0_decrypted.db")
    )
    (contacts, messages) = (pair.contacts, pair.messages)
  }

  @Test func `is read by two importers that account for every row`() {
    #expect(contacts.format == "wechat-pc3-contacts")
    // 5 contacts, 1 room, 1 label.
    #expect(contacts.units == 7)
    #expect(contacts.sink.rules == ["label, read with contacts"])
    #expect(messages.format == "wechat-pc3-messages")
    // 13 messages, 3 user names.
    #expect(messages.units == 16)
    #expect(messages.sink.rules == Array(repeating: "user name, read with messages", count: 3))
    #expect(contacts.sink.rejects.isEmpty && messages.sink.rejects.isEmpty)
  }

  @Test func `belongs to P3, whom no contact names`() {
    #expect(messages.sink.owner == .p3)
    #expect(contacts.sink.owner == .p3)
    let ground = "inferred: own private messages name it beside the other party"
    #expect(messages.sink.decisions["owner"] == ground)
    #expect(contacts.sink.contacts.allSatisfy { $0.owner == .p3 })
    #expect(!contacts.sink.contacts.contains { $0.contact == .p3 })
  }

  @Test func `holds four, five and four messages in its chats`() {
    let all = messages.sink.messages
    #expect(messages.sink.numbers == [7, 8, 9, 10, 11, 12, 13, 101, 102, 103, 104, 18, 19])
    #expect(all.filter { $0.group == .room }.count == 4)
    #expect(all.filter { $0.from == .p2 && $0.group == nil || $0.to == .p2 }.count == 5)
    #expect(all.filter { $0.from == .p4 && $0.group == nil || $0.to == .p4 }.count == 4)
    #expect(all.allSatisfy { $0.platform == "wechat" })
  }

  @Test func `names the senders in the room from the packed extra`() throws {
    #expect(try messages.sink.message(7).from == .p2)
    #expect(try messages.sink.message(8).from == .p2)
    #expect(try messages.sink.message(9).from == .p3)
    #expect(try messages.sink.message(10).from == .p4)
    #expect(try messages.sink.message(10).to == nil)
  }

  @Test func `counts seconds`() throws {
    #expect(try messages.sink.message(7).sentAt == second(1_709_428_320))
    #expect(try messages.sink.message(19).sentAt == second(1_709_949_600))
  }

  @Test func `holds two transfers, one of them returned`() {
    let transfers = messages.sink.transfers
    #expect(transfers.map(\.state) == [.sent, .completed, .sent, .returned])
    #expect(transfers.map { $0.amount?.fen } == [150_000, 150_000, 50_000, 50_000])
    #expect(transfers.allSatisfy { $0.payer == .p3 && $0.payee == .p2 })
    #expect(transfers[0].at == second(1_709_515_810))
    #expect(transfers[2].ids.first == transfers[3].ids.first)
  }

  @Test func `holds the file received and the file passed on`() throws {
    let (received, passed) = (try messages.sink.message(13), try messages.sink.message(103))
    let digest = "md5:2810fae2da36e8ed2e91be4f13c44d49"
    #expect(received.file == FileReference(name: "名单A_演示.xlsx", bytes: 20480, digest: digest))
    #expect(passed.file?.name == "名单A_演示(副本).xlsx")
    #expect(passed.file?.digest == digest)
    #expect(passed.from == .p3 && passed.to == .p4)
    #expect(passed.kind == .file)
  }

  @Test func `holds a quote that names the quoted message`() throws {
    let quote = try messages.sink.message(104)
    #expect(quote.kind == .quote)
    #expect(quote.text == "收到，下次还找你")
    #expect(quote.quotes == "900000000000000103")
    #expect(quote.from == .p4 && quote.to == .p3)
  }

  @Test func `holds five contacts`() throws {
    let sink = contacts.sink
    #expect(sink.contacts.map(\.contact) == [.p2, .p1, .p4, .p5, .room])
    #expect(try sink.contact(.p2).remark == "风筝-上家")
    #expect(try sink.contact(.p2).tags == ["供货"])
    #expect(try sink.contact(.p2).nature == .friend)
    #expect(try sink.contact(.p1).nature == .stranger)
    #expect(try sink.contact(.p5).nature == .friend)
    #expect(try sink.contact(.room).name == "料子交流群(演示)")
    #expect(sink.partners(.p1, .alias) == [Account(.wechat, "niqiu_demo")])
    #expect(sink.partners(.p2, .alias) == [Account(.wechat, "fengzheng_demo")])
  }

  @Test func `gives the noted telephone number of P2 as a hint`() {
    #expect(
      contacts.sink.partners(.p2, .contactEntry) == [Account(.phone, "+8613800000002")]
    )
    #expect(contacts.sink.decisions["ExtraBuf"] == nil)
  }

  @Test func `lists four members with names, roles and the inviter`() {
    let members = contacts.sink.memberships
    #expect(members.map(\.member) == [.p1, .p2, .p3, .p4])
    #expect(members.map(\.memberName) == ["群主泥鳅", "放风筝的", "", ""])
    #expect(members.map(\.role) == ["owner", "", "", ""])
    #expect(members.map(\.invitedBy) == [nil, nil, nil, .p3])
    #expect(members.allSatisfy { $0.groupName == "料子交流群(演示)" })
  }

  @Test func `says which contact database it used`() throws {
    let said = try #require(messages.sink.decisions["contacts"])
    #expect(said.hasSuffix("MicroMsg.db, knows 3 of 3 chats"))
  }

  @Test func `without its contacts keeps every message`() throws {
    let alone = try WeChatExport(["MSG0.db": "wechat_pc3/MSG0_decrypted.db"])("MSG0.db")
    #expect(alone.units == 16)
    #expect(alone.sink.numbers == messages.sink.numbers)
    #expect(alone.sink.decisions["contacts"] == "no contact database beside it")
    // Its own transfers name both ends, so the owner is known all the same.
    #expect(alone.sink.owner == .p3)
  }

  @Test func `in an archive finds its neighbours, too`() throws {
    let staged = try Staged()
    let archive = ZipMaker(members: [
      .init("Msg/MicroMsg.db", try fixture("wechat_pc3/MicroMsg_decrypted.db")),
      .init("Msg/Multi/MSG0.db", try fixture("wechat_pc3/MSG0_decrypted.db")),
    ])
    try staged.write("export.zip", archive.bytes())
    let export = try WeChatExport(staged)
    let packed = try export("export.zip!/Msg/Multi/MSG0.db").sink
    #expect(packed.messages == messages.sink.messages)
    #expect(packed.owner == .p3)
    #expect(try export("export.zip!/Msg/MicroMsg.db").sink.owner == .p3)
  }

  @Test func `shows the text of a call and unpacks whatever has no plain text`() throws {
    let staged = try Staged()
    try WeChatMaker.pcMessages(
      staged.folder + "/m.db",
      [
        "(1, 50, 0, 0, 1709428380, 'wxid_you', '<voipmsg/>', NULL, NULL)",
        "(2, 10000, 8000, 0, 1709428381, 'wxid_you', '', "
          + "\(WeChatMaker.packed("somebody joined this group")), NULL)",
      ]
    )
    try SQLiteMaker(staged.folder + "/m.db").run(
      "UPDATE MSG SET DisplayContent = '01:23' WHERE MsgSvrID = 1"
    )
    let found = try WeChatExport(staged)("m.db").sink.messages
    #expect(found.map(\.kind) == [.call, .system])
    #expect(found.map(\.text) == ["01:23", "somebody joined this group"])
  }

  @Test func `of changed blobs loses no row`() throws {
    let staged = try Staged()
    let path = try staged.write("m.db", try fixture("wechat_pc3/MSG0_decrypted.db"))
    var generator = SplitMix64(seed: 7)
    for _ in 0..<40 {
      let maker = try SQLiteMaker(path)
      for column in ["CompressContent", "BytesExtra"] {
        let noise = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        let row = Int.random(in: 1...13, using: &generator)
        maker.run("UPDATE MSG SET \(column) = \(WeChatMaker.blob(noise)) WHERE localId = \(row)")
      }
      _ = consume maker
      let reading = try WeChatExport(staged)("m.db")
      #expect(reading.units == 16)
      #expect(reading.sink.messages.count + reading.sink.rejects.count == 13)
    }
  }
}
