import ClewEvidence
import ClewImport
import Testing

@Suite struct `WeChat 3 for Macs` {
  let contacts: WeChatExport.Reading
  let groups: WeChatExport.Reading
  let messages: WeChatExport.Reading

  init() throws {
    let export = try WeChatExport([
      "Contact/wccontact_new2.db": "wechat_macos/wccontact_new2.db",
      "Group/group_new.db": "wechat_macos/group_new.db",
      "Message/msg_0.db": "wechat_macos/msg_0.db",
    ])
    contacts = try export("Contact/wccontact_new2.db")
    groups = try export("Group/group_new.db")
    messages = try export("Message/msg_0.db")
  }

  @Test func `is read by two importers that account for every row`() {
    #expect(contacts.format == "wechat-mac3-contacts" && groups.format == "wechat-mac3-contacts")
    #expect(contacts.units == 2)
    #expect(contacts.sink.rules == ["system account"])
    #expect(groups.units == 3)
    #expect(messages.format == "wechat-mac3-messages")
    #expect(messages.units == 7)
    for reading in [contacts, groups, messages] { #expect(reading.sink.rejects.isEmpty) }
  }

  @Test func `belongs to P1, the one member who is nobody else`() {
    for reading in [contacts, groups, messages] { #expect(reading.sink.owner == .p1) }
    #expect(messages.sink.decisions["contacts"]?.hasSuffix("knows 2 of 2 chats") == true)
  }

  @Test func `holds three private and four group messages`() throws {
    let sink = messages.sink
    #expect(Set(sink.numbers) == [1, 2, 5, 7, 9, 10, 16])
    #expect(try sink.message(1).from == .p1 && sink.message(1).to == .p2)
    #expect(try sink.message(2).from == .p2 && sink.message(2).to == .p1)
    #expect(try sink.message(2).sentAt == second(1_709_258_760))
    #expect(try sink.message(5).file?.digest == "md5:2810fae2da36e8ed2e91be4f13c44d49")
    #expect(try sink.message(7).from == .p2)
    #expect(try sink.message(7).text == "有料子出，500条一份")
    #expect(try sink.message(9).from == .p3)
    #expect(try sink.message(10).from == .p4)
    #expect(try sink.message(16).from == .p1)
    #expect(try sink.message(16).group == .room)
  }

  @Test func `says the same as the phone of P2, down to the second`() throws {
    let phone = try WeChatExport(["e.db": "wechat_android/EnMicroMsg_decrypted.db"])("e.db").sink
    for number in [2, 5, 7, 9, 10, 16] {
      #expect(try messages.sink.message(number) == phone.message(number))
    }
    var first = try phone.message(1)
    #expect(first.sentAt == Timestamp(milliseconds: 1_709_258_700_120))
    first.sentAt = second(1_709_258_700)
    #expect(try messages.sink.message(1) == first)
  }

  @Test func `holds contacts, people of groups and members`() throws {
    #expect(contacts.sink.contacts.map(\.contact) == [.p2])
    #expect(try contacts.sink.contact(.p2).remark == "放筝的下家")
    #expect(try contacts.sink.contact(.p2).nature == .friend)
    #expect(contacts.sink.partners(.p2, .alias) == [Account(.wechat, "fengzheng_demo")])
    #expect(groups.sink.contacts.map(\.contact) == [.p3, .p4, .room])
    #expect(groups.sink.contacts.map(\.nature) == [.stranger, .stranger, .friend])
    #expect(groups.sink.memberships.map(\.member) == [.p1, .p2, .p3, .p4])
    #expect(groups.sink.memberships.map(\.role) == ["admin", "", "", ""])
    #expect(groups.sink.memberships.allSatisfy { $0.groupName == "料子交流群(演示)" })
  }
}
