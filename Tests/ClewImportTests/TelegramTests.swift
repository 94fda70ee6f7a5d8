import ClewEvidence
import ClewImport
import Testing

@Suite struct `A Telegram export` {
  static let second = Account(.telegram, "990000002")
  static let owner = Account(.telegram, "990000003")
  static let buyer = Account(.telegram, "990000004")
  static let deleted = Account(.telegram, "990000099")
  static let group = Account(.group, "telegram:channel1990000001")
  let sink: CollectingSink

  init() throws {
    sink = try importing(try StagedBytes.fixture("telegram/result.json"), as: "telegram-json")
  }

  @Test func `holds the owner, a contact, five messages and two service entries`() {
    #expect(sink.units.count == 9)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.messages.filter { $0.kind != .system }.count == 5)
    #expect(sink.messages.filter { $0.kind == .system }.count == 1)
    #expect(sink.calls.count == 1)
    #expect(Set(sink.messages.map(\.group)) == [nil, Self.group])
  }

  @Test func `belongs to the user of its personal information`() {
    #expect(sink.owner == Self.owner)
    #expect(sink.contacts.first { $0.nature == .own }?.name == "灯笼")
    #expect(
      sink.links == [
        AccountLink(Self.owner, Account(.phone, "+8613800000003"), basis: .ownAccount),
        AccountLink(Self.buyer, Account(.phone, "+8613800000004"), basis: .serverMatched),
      ]
    )
    #expect(sink.contacts.first { $0.contact == Self.buyer }?.remark == "纸船")
  }

  @Test func `gives private messages both ends and their second`() {
    let messages = sink.messages.filter { $0.group == nil }
    #expect(messages.map(\.from) == [Self.buyer, Self.owner, Self.owner])
    #expect(messages.map(\.to) == [Self.owner, Self.buyer, Self.buyer])
    #expect(messages[0].sentAt == Timestamp(milliseconds: 1_709_641_800_000))
    #expect(messages.allSatisfy { $0.serverID == nil && !$0.senderIsAssumed })
    #expect(messages[2].kind == .file)
    #expect(messages[2].file == FileReference(name: "名单A_演示(副本).xlsx"))
    #expect(messages[2].text == "名单A_演示(副本).xlsx")
  }

  @Test func `knows group messages by the ids that all members see`() {
    let messages = sink.messages.filter { $0.group == Self.group }
    #expect(messages.map(\.serverID) == ["10", "11", "12"])
    #expect(messages.map(\.from) == [nil, Self.second, Self.deleted])
    #expect(messages[0].text == "invite_members: 灯笼, (deleted account)")
    #expect(messages[1].text == "新群，别外传")
  }

  @Test func `makes no account of the name that a message was forwarded from`() {
    let accounts = sink.messages.flatMap { [$0.from, $0.to] } + sink.contacts.map(\.contact)
    #expect(!accounts.contains { $0?.value.contains("泥鳅") ?? false })
  }

  @Test func `makes members of the senders and of the owner, whom the second invited`() throws {
    #expect(sink.memberships.map(\.member) == [Self.second, Self.owner, Self.deleted])
    #expect(sink.memberships.allSatisfy { $0.group == Self.group && $0.groupName == "演示群" })
    #expect(sink.memberships.map(\.invitedBy) == [nil, Self.second, nil])
    #expect(sink.memberships.map(\.memberName) == ["风筝", "灯笼", ""])
  }

  @Test func `makes a call of the service entry`() {
    #expect(
      sink.calls == [
        Call(
          from: Self.buyer,
          to: Self.owner,
          at: Timestamp(milliseconds: 1_709_645_460_000),
          seconds: 42,
          channel: "telegram"
        )
      ]
    )
  }
}

@Suite struct `The export of a single Telegram chat` {
  let sink: CollectingSink

  init() throws {
    sink = try importing(try StagedBytes.fixture("telegram/single_chat.json"), as: "telegram-json")
  }

  @Test func `of an old version is read with numbers for senders and a clock without zone`() throws
  {
    #expect(sink.messages.count == 4)
    #expect(sink.owner == `A Telegram export`.owner)
    #expect(sink.decisions["owner"] == "not stated: the other speaker of the private chats")
    #expect(
      sink.messages.map(\.from?.value) == ["990000004", "990000003", "990000003", "990000003"]
    )
    #expect(sink.messages[0].to == `A Telegram export`.owner)
    let time = try #require(sink.messages[0].sentAt)
    #expect(time.zone == .assumedShanghai && time.shanghai == "2024-03-05 20:30:00")
    #expect(sink.messages[1].text == "有，3000，支付宝 13800000003")
    #expect(sink.messages[2].kind == .card && sink.messages[2].text == "石磨 +86 138 0000 0005")
    #expect(sink.messages[3].kind == .image && sink.messages[3].text == "样本")
    #expect(sink.messages[3].file?.name == "photo_1@05-03-2024.jpg")
  }

  @Test func `refuses bad entries one by one`() {
    #expect(
      sink.reasons == [
        "neither date_unixtime nor date holds a time",
        "type is neither message, service nor unsupported",
        "neither from_id nor from names a sender",
        "an object holds a key twice (byte 125 of the value)",
      ]
    )
    #expect(sink.rejects.allSatisfy { $0.bytes.first == UInt8(ascii: "{") })
  }

  @Test func `whose name stands twice is refused message by message`() throws {
    let text = """
      {"name":"a","name":"b","type":"personal_chat","id":990000004,"messages":[
      {"id":1,"type":"message","date_unixtime":"1709641800","from_id":"user990000004","text":"x"}]}
      """
    let sink = try importing(text, as: "telegram-json")
    #expect(
      sink.reasons == ["its chat states name, type or id twice or not as text and number"]
    )
  }

  @Test func `with its messages before its name is read all the same`() throws {
    let text = """
      {"messages":[{"id":7,"type":"message","date_unixtime":1709641800,"from":"某人",
      "from_id":"user990000001","text":[]}],"type":"private_supergroup","id":5,"name":"群"}
      """
    let sink = try importing(text, as: "telegram-json")
    #expect(sink.messages.first?.group == Account(.group, "telegram:channel5"))
    #expect(sink.memberships.first?.groupName == "群")
    #expect(sink.owner == nil)
  }
}
