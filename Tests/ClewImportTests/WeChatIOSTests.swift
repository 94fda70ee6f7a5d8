import ClewEvidence
import ClewImport
import Testing

@Suite struct `WeChat for iPhones` {
  let contacts: WeChatExport.Reading
  let messages: WeChatExport.Reading

  init() throws {
    let pair = try WeChatExport.phone()
    (contacts, messages) = (pair.contacts, pair.messages)
  }

  @Test func `is read by two importers that account for every row`() {
    #expect(contacts.format == "wechat-ios-contacts")
    #expect(contacts.units == 5)
    #expect(messages.format == "wechat-ios-messages")
    #expect(messages.units == 5)
    #expect(contacts.sink.rejects.isEmpty && messages.sink.rejects.isEmpty)
    #expect(messages.sink.decisions["tables not read"] == nil)
  }

  @Test func `belongs to P4, the one member who is nobody else`() {
    #expect(messages.sink.owner == .p4)
    #expect(contacts.sink.owner == .p4)
    #expect(
      messages.sink.decisions["owner"]
        == "inferred: of the members of 1 group(s) with own messages the one who is nobody else"
    )
  }

  @Test func `belongs to whom its folder is named after`() throws {
    // The digest of P3's user name, and so not what elimination finds.
    let folder = "Documents/09eb277a0fcf2cde76a8973b0b716d84/DB/"
    let export = try WeChatExport([
      folder + "MM.sqlite": "wechat_ios/MM.sqlite",
      folder + "WCDB_Contact.sqlite": "wechat_ios/WCDB_Contact.sqlite",
    ])
    let reading = try export(folder + "MM.sqlite")
    #expect(reading.sink.owner == .p3)
    #expect(reading.sink.decisions["owner"] == "a folder bears the digest of its user name")
  }

  @Test func `holds three friends, a room with four members and a work contact`() throws {
    let sink = contacts.sink
    let work = Account(.service, "25984990000006@openim")
    #expect(sink.contacts.map(\.contact) == [.p3, .p2, .p1, .room, work])
    #expect(try sink.contact(.p3).name == "灯笼")
    #expect(try sink.contact(.p3).remark == "灯笼-卖家")
    #expect(try sink.contact(.p3).nature == .friend)
    #expect(try sink.contact(.p1).nature == .stranger)
    #expect(try sink.contact(work).name == "客服小黑")
    #expect(sink.partners(.p3, .alias) == [Account(.wechat, "denglong_demo")])
    #expect(sink.partners(.p1, .alias) == [Account(.wechat, "niqiu_demo")])
    #expect(sink.memberships.map(\.member) == [.p1, .p2, .p3, .p4])
    #expect(sink.memberships.map(\.memberName) == ["群主泥鳅", "放风筝的", "", ""])
    #expect(sink.memberships.map(\.role) == ["owner", "", "", ""])
    #expect(sink.memberships.allSatisfy { $0.groupName == "料子交流群(演示)" })
  }

  @Test func `without its contacts keeps every message under keys that never merge`() throws {
    let alone = try WeChatExport(["MM.sqlite": "wechat_ios/MM.sqlite"])("MM.sqlite")
    let sink = alone.sink
    #expect(sink.messages.count == 5)
    #expect(sink.decisions["unknown chats"] == "4 of 4 tables are named after no known account")
    #expect(sink.owner == nil)
    let room = Account(.group, "wechat-chat-dd1b7fbec13526c9ac37eb67317b3a4a")
    #expect(try sink.message(7).group == room)
    #expect(try sink.message(7).from == .p2)
    let chat = Account(.name, "wechat-chat-09eb277a0fcf2cde76a8973b0b716d84")
    #expect(try sink.message(102).from == chat)
    let own = try #require(try sink.message(101).from)
    #expect(own.scheme == .name && own.value.hasPrefix("owner-of-"))
    #expect(try sink.message(101).to == chat)
  }
}
