import ClewEvidence
import ClewImport
import Foundation
import Testing

@Suite struct `A WeChat database of an Android phone` {
  let sink: CollectingSink
  let units: Int64
  let messages: [Message]
  let transfers: [Transfer]
  let contacts: [Contact]
  let links: [AccountLink]
  let memberships: [Membership]

  static let source = Account(.wechat, "wxid_clewdemo000122")
  static let owner = Account(.wechat, "wxid_clewdemo000222")
  static let second = Account(.wechat, "wxid_clewdemo000322")
  static let buyer = Account(.wechat, "zhichuan_demo")
  static let lender = Account(.wechat, "wxid_clewdemo000522")
  static let room = Account(.wechatGroup, "99900000001@chatroom")

  init() throws {
    let staged = try Staged()
    (sink, units) = try staged.read(
      WeChatAndroidImporter(),
      "EnMicroMsg_decrypted.db",
      fixture("wechat_android/EnMicroMsg_decrypted.db")
    )
    messages = sink.items.compactMap { if case .message(let it) = $0 { it } else { nil } }
    transfers = sink.items.compactMap { if case .transfer(let it) = $0 { it } else { nil } }
    contacts = sink.items.compactMap { if case .contact(let it) = $0 { it } else { nil } }
    links = sink.items.compactMap { if case .accountLink(let it) = $0 { it } else { nil } }
    memberships = sink.items.compactMap { if case .membership(let it) = $0 { it } else { nil } }
  }

  func message(_ number: Int) throws -> Message {
    try #require(messages.first { $0.serverID == String(900_000_000_000_000_000 + number) })
  }

  @Test func `accounts for every row of every table it reads`() {
    // 20 messages, 10 contacts, 2 labels, 4 settings, 2 phone book entries, 1 stranger, 1 room,
    // 2 remittances.
    #expect(units == 42)
    #expect(sink.unitCount == 42)
    #expect(sink.rejects.isEmpty)
    #expect(
      sink.skips.map(\.rule) == [
        "nickname, read with the user name", "label, read with contacts",
        "label, read with contacts", "system account",
      ]
    )
    #expect(messages.count == 20)
    #expect(sink.units.filter { $0.position.part == "rcontact" }.count == 9)
  }

  @Test func `belongs to the owner that userinfo names`() throws {
    #expect(sink.owner == Self.owner)
    let own = contacts.filter { $0.nature == .own }
    #expect(own.map(\.contact) == [Self.owner, Self.owner])
    #expect(own.allSatisfy { $0.name == "风筝" && $0.owner == Self.owner })
    let hard = links.filter { $0.basis == .ownAccount }
    #expect(
      Set(hard.map(\.second)) == [
        Account(.phone, "+8613800000002"), Account(.wechat, "fengzheng_demo"),
      ]
    )
  }

  @Test func `holds six, seven, six and one messages in its chats`() {
    func count(with other: Account) -> Int {
      messages.filter { $0.group == nil && ($0.from == other || $0.to == other) }.count
    }
    #expect(count(with: Self.source) == 6)
    #expect(count(with: Self.second) == 6)
    #expect(messages.filter { $0.group == Self.room }.count == 7)
    #expect(count(with: Account(.service, "gh_clewdemo0001")) == 1)
    #expect(messages.allSatisfy { $0.platform == "wechat" })
    #expect(messages.first?.sentAt == Timestamp(milliseconds: 1_709_258_700_120))
  }

  @Test func `names the sender of group messages by the four rules`() throws {
    #expect(try message(6).from == nil)
    #expect(try message(6).kind == .system)
    for own in [7, 8, 15] { #expect(try message(own).from == Self.owner) }
    #expect(try message(9).from == Self.second)
    #expect(try message(9).text == "多少钱？有没有带号码的")
    #expect(try message(10).from == Self.buyer)
    #expect(try message(10).text == "我也要一份")
    #expect(try message(16).from == Self.source)
    #expect(try message(16).to == nil)
  }

  @Test func `keeps an own group text whole that looks prefixed`() throws {
    #expect(try message(8).text == "报价:\n名单A 1500")
  }

  @Test func `gives private messages a sender and a receiver`() throws {
    #expect(try message(1).from == Self.source)
    #expect(try message(1).to == Self.owner)
    #expect(try message(2).from == Self.owner)
    #expect(try message(2).to == Self.source)
  }

  @Test func `holds three transfers, one of them returned`() throws {
    let withAmount = transfers.filter { $0.channel == "wechat" && $0.amount != nil }
    #expect(
      withAmount.map(\.state) == [.sent, .completed, .sent, .completed, .sent, .returned]
    )
    #expect(withAmount.map(\.amount?.fen) == [200_000, 200_000, 150_000, 150_000, 50_000, 50_000])
    let first = withAmount[0]
    #expect(first.payer == Self.owner && first.payee == Self.source)
    #expect(
      first.ids == ["1000050000202403020000000000001", "53010000000000202403020000000001"]
    )
    #expect(first.memo == "演示名单A")
    #expect(first.at == Timestamp(milliseconds: 1_709_381_730_000))
    #expect(withAmount[1].payer == Self.owner && withAmount[1].payee == Self.source)
    #expect(withAmount[5].payer == Self.second && withAmount[5].payee == Self.owner)
    #expect(withAmount[5].ids.first == withAmount[4].ids.first)
    // The notice of the return runs with the money, whoever's device shows it.
    #expect(try message(19).from == Self.owner && message(19).to == Self.second)
  }

  @Test func `lists the remittance records without an amount`() {
    let records = transfers.filter { $0.channel == "wechat" && $0.amount == nil }
    #expect(
      records.map(\.ids) == [
        ["1000050000202403020000000000001"], ["1000050000202403040000000000002"],
      ]
    )
    #expect(records.map(\.payer) == [Self.owner, Self.second])
    #expect(records.map(\.payee) == [Self.source, Self.owner])
  }

  @Test func `holds two red packets without an amount`() throws {
    let packets = transfers.filter { $0.channel == "wechat-redpacket" }
    #expect(packets.map(\.amount) == [nil, nil])
    #expect(packets.map(\.payer) == [Self.owner, Self.owner])
    #expect(packets.map(\.payee) == [Self.source, nil])
    #expect(
      packets.map(\.ids) == [
        ["1000039900202403060000000000004"], ["1000039900202403060000000000008"],
      ]
    )
    #expect(try message(14).kind == .redPacket)
    #expect(try message(14).text == "恭喜发财，大吉大利")
  }

  @Test func `holds the same file twice, by its digest`() throws {
    let files = messages.compactMap(\.file)
    #expect(
      files.map(\.digest) == Array(repeating: "md5:2810fae2da36e8ed2e91be4f13c44d49", count: 2)
    )
    #expect(files.map(\.bytes) == [20480, 20480])
    #expect(files.map(\.name) == ["名单A_演示.xlsx", "名单A_演示.xlsx"])
    #expect(try message(5).kind == .file)
  }

  @Test func `holds a name card and an article`() throws {
    #expect(try message(17).kind == .card)
    #expect(try message(17).text == "wxid_clewdemo000522 石磨")
    #expect(try message(20).kind == .link)
    #expect(try message(20).from == Account(.service, "gh_clewdemo0001"))
  }

  @Test func `tells friends, strangers, deleted entries and services apart`() throws {
    func entry(_ account: Account) throws -> Contact {
      try #require(contacts.first { $0.contact == account })
    }
    #expect(try entry(Self.source).remark == "源头-泥鳅")
    #expect(try entry(Self.source).tags == ["上家"])
    #expect(try entry(Self.second).remark == "灯笼(老客)")
    #expect(try entry(Self.second).tags == ["下家"])
    #expect(try entry(Self.lender).remark == "卡-石磨")
    #expect(try entry(Self.buyer).nature == .stranger)
    #expect(try entry(Self.source).nature == .friend)
    #expect(try entry(Self.lender).nature == .friend)
    #expect(try entry(Account(.wechat, "wxid_clewdemo000922")).nature == .deleted)
    #expect(try entry(Self.room).name == "料子交流群(演示)")
    #expect(try entry(Account(.service, "gh_clewdemo0001")).name == "演示公众号")
    #expect(try entry(Account(.service, "25984990000006@openim")).name == "客服小黑")
    let noted = contacts.filter { $0.contact == Self.buyer }.map(\.remark)
    #expect(noted.contains("群里的买家"))
  }

  @Test func `links aliases, matched phones and noted phones, each on its basis`() {
    func partners(_ account: Account, _ basis: AccountLink.Basis) -> [Account] {
      links.filter { $0.first == account && $0.basis == basis }.map(\.second)
    }
    #expect(partners(Self.source, .alias) == [Account(.wechat, "niqiu_demo")])
    #expect(partners(Self.second, .alias) == [Account(.wechat, "denglong_demo")])
    #expect(partners(Self.second, .serverMatched) == [Account(.phone, "+8613800000003")])
    #expect(partners(Self.lender, .serverMatched) == [Account(.phone, "+8613800000005")])
    #expect(partners(Self.buyer, .contactEntry) == [Account(.phone, "+8613800000004")])
    // No alias is taken from the official account.
    #expect(links.count == 8)
  }

  @Test func `lists four members with names, roles and the inviter`() {
    #expect(memberships.map(\.member) == [Self.source, Self.owner, Self.second, Self.buyer])
    #expect(memberships.map(\.memberName) == ["群主泥鳅", "放风筝的", "", ""])
    #expect(memberships.map(\.role) == ["owner", "", "", ""])
    #expect(memberships.map(\.invitedBy) == [nil, nil, nil, Self.second])
    #expect(memberships.allSatisfy { $0.groupName == "料子交流群(演示)" })
  }

  @Test func `keeps each row as the file holds it`() throws {
    let unit = try #require(
      sink.units.first { $0.position == UnitPosition(part: "message", row: 8) }
    )
    guard case .text(let text) = unit.original else {
      Issue.record("the original is no text")
      return
    }
    #expect(text.contains(#""content":"报价:\n名单A 1500""#))
    #expect(text.contains(#""msgSvrId":900000000000000008"#))
  }
}
