import ClewEvidence
import ClewImport
import ClewTestSupport
import Testing

@Suite struct `WeChat 4 for desktops` {
  let contacts: WeChatExport.Reading
  let messages: WeChatExport.Reading

  init() throws {
    let pair = try WeChatExport.desktop()
    (contacts, messages) = (pair.contacts, pair.messages)
  }

  @Test func `is read by two importers that account for every row`() {
    #expect(contacts.format == "wechat-4-contacts")
    #expect(contacts.units == 6)
    #expect(messages.format == "wechat-4-messages")
    // 5 messages, 5 user names.
    #expect(messages.units == 10)
    #expect(contacts.sink.rejects.isEmpty && messages.sink.rejects.isEmpty)
    #expect(messages.sink.rules == Array(repeating: "user name, read with messages", count: 5))
  }

  @Test func `belongs to P4`() {
    #expect(messages.sink.owner == .p4)
    #expect(contacts.sink.owner == .p4)
    #expect(contacts.sink.contacts.allSatisfy { $0.owner == .p4 })
  }

  @Test func `unpacks the file message`() throws {
    let file = try messages.sink.message(103)
    #expect(file.kind == .file)
    #expect(file.file?.name == "名单A_演示(副本).xlsx")
    #expect(file.file?.digest == "md5:2810fae2da36e8ed2e91be4f13c44d49")
    #expect(file.file?.bytes == 20480)
    #expect(file.from == .p3 && file.to == .p4)
  }

  @Test func `holds five contacts and a room`() throws {
    let sink = contacts.sink
    let work = Account(.service, "25984990000006@openim")
    #expect(sink.contacts.map(\.contact) == [.p3, .p2, .p1, .room, work])
    #expect(try sink.contact(.p3).remark == "灯笼-卖家")
    #expect(sink.contacts.map(\.nature) == [.friend, .stranger, .stranger, .friend, .friend])
    #expect(sink.partners(.p3, .alias) == [Account(.wechat, "denglong_demo")])
    #expect(sink.memberships.map(\.member) == [.p1, .p2, .p3, .p4])
    #expect(sink.memberships.map(\.role) == ["owner", "", "", ""])
    #expect(sink.memberships.map(\.invitedBy) == [nil, nil, nil, .p3])
  }

  @Test func `without its contacts reads the same messages`() throws {
    let alone = try WeChatExport(["m.db": "wechat_pc4/message_0.db"])("m.db")
    #expect(alone.sink.messages == messages.sink.messages)
    #expect(alone.sink.owner == .p4)
  }

  @Test func `without its messages has contacts of an unknown owner`() throws {
    let alone = try WeChatExport(["c.db": "wechat_pc4/contact.db"])("c.db")
    #expect(alone.sink.contacts.map(\.contact) == contacts.sink.contacts.map(\.contact))
    #expect(alone.sink.owner == nil)
    #expect(alone.sink.contacts.allSatisfy { $0.owner == nil })
  }

  @Test func `of changed contents loses no row`() throws {
    let staged = try Staged()
    var generator = SplitMix64(seed: 8)
    for round in 0..<40 {
      // Half of them begin like a frame.
      let noise: [UInt8] =
        (round % 2 == 0 ? [0x28, 0xB5, 0x2F, 0xFD] : [])
        + (0..<Int.random(in: 1...40, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
      try WeChatMaker.desktopMessages(
        staged.folder + "/m\(round).db",
        names: ["wxid_me", "wxid_you"],
        chats: [
          "6398ba66494dacc5896d8688f4a1d780": [
            "(1, 1, 2, 1709428380, \(WeChatMaker.blob(noise)))",
            "(2, 8589934592049, 1, 1709428381, \(WeChatMaker.blob(noise)))",
          ]
        ]
      )
    }
    let export = try WeChatExport(staged)
    #expect(export.readings.count == 40)
    for reading in export.readings.values {
      #expect(reading.sink.messages.count + reading.sink.rejects.count == 2)
    }
  }
}
