import ClewEvidence
import Testing

@testable import ClewChain

@Suite struct `All samples together` {
  private let all: SampleCase

  init() throws { all = try SampleCase.shared.get() }

  private func line(_ kind: String) -> EventTotals.Line? {
    all.totals.lines.first { $0.kind == kind }
  }

  /// The payments between persons of the story, as far as anything but a chart tells of them.
  private func payments(_ payments: [Payment], ofCharts: Bool = false) -> [(String, Payment)] {
    let records = Dictionary(uniqueKeysWithValues: all.records.map { ($0.id, $0.item) })
    return payments.compactMap { payment in
      let isChart = payment.records.allSatisfy {
        if case .transfer(let transfer)? = records[$0] {
          transfer.channel == "chart"
        } else {
          false
        }
      }
      guard isChart == ofCharts, let payer = all.persons(payment.payer).first,
        let payee = all.persons(payment.payee).first
      else { return nil }
      return ("\(payer)>\(payee) \(payment.fen ?? -1)", payment)
    }
  }

  @Test func `pay what the story says, each payment once`() {
    let found = payments(all.view.money.settle().payments).map {
      "\($0.0) \(Timestamp(milliseconds: $0.1.at).shanghai)"
    }
    #expect(
      found.sorted() == [
        "P2>P1 200000 2024-03-02 20:15:30", "P2>P1 600 2024-03-06 12:30:00",
        "P2>P1 6600 2024-03-06 12:00:00", "P2>P1 8800 2018-01-01 10:00:00",
        "P2>P3 400 2024-03-06 12:30:00", "P3>P2 150000 2024-03-04 09:30:10",
        "P3>P2 5000 2018-01-02 10:00:00", "P4>P3 300000 2024-03-05 21:00:00",
        "P4>P5 80000 2024-03-07 15:45:00", "P5>P3 78000 2024-03-07 16:10:00",
      ]
    )
  }

  @Test func `add up to the sums of 2024`() {
    var sums: [String: Int64] = [:]
    for (name, payment) in payments(all.view.money.settle().payments)
    where payment.at > SampleCase.time("2024-01-01 00:00:00") {
      sums[String(name.prefix(5)), default: 0] += payment.fen ?? 0
    }
    #expect(
      sums == [
        "P2>P1": 207_200, "P3>P2": 150_000, "P2>P3": 400, "P4>P3": 300_000, "P4>P5": 80_000,
        "P5>P3": 78_000,
      ]
    )
  }

  @Test func `do not count what went back or failed`() {
    let void = payments(all.view.money.settle().void).map(\.0)
    // M7, and the row of the bank that says failed.
    #expect(void.sorted() == ["P3>P2 50000", "P5>P3 78000"])
  }

  @Test func `know from charts only what they say of accounts that nothing else ties to P4`() {
    // P4's card and Alipay number are tied to the name 丁四 and to nothing that P4 is known by.
    let drawn = payments(all.view.money.settle().payments, ofCharts: true).map(\.0)
    #expect(drawn.sorted() == ["P4>P3 300000", "P4>P5 80000"])
  }

  @Test(arguments: [
    (
      "P2>P1 200000",
      [
        "wechat_android/EnMicroMsg_decrypted.db", "wechat_pay/微信支付账单(20240301-20240331).csv",
        "wechat_pay/微信支付账单流水文件(20240301-20240331).xlsx",
        "\(SampleCase.tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt",
      ]
    ),
    (
      "P3>P2 150000",
      [
        "wechat_android/EnMicroMsg_decrypted.db", "wechat_pc3/MSG0_decrypted.db",
        "wechat_pay/微信支付账单(20240301-20240331).csv",
        "\(SampleCase.tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt",
      ]
    ),
    (
      "P4>P3 300000",
      [
        "alipay/alipay_record_20240401.csv", "alipay/alipay_record_old_layout.csv",
        "alipay_return/990000000_账户明细_20240402110100_part1.csv",
        "alipay_return/990000000_转账明细_20240402110200.csv",
      ]
    ),
    (
      "P2>P1 6600",
      [
        "wechat_android/EnMicroMsg_decrypted.db", "wechat_pay/微信支付账单(20240301-20240331).csv",
        "\(SampleCase.tenpay)/99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt",
      ]
    ),
  ])
  func `find every file that tells of a payment`(name: String, files: [String]) throws {
    let found = payments(all.view.money.settle().payments).first { $0.0 == name }?.1
    let payment = try #require(found)
    let places = Set(payment.records.flatMap { all.places[$0] ?? [] })
    #expect(places.isSuperset(of: files), "\(Set(files).subtracting(places))")
  }

  @Test func `keep payments to shops, which are no persons`() {
    var shops: Set<String> = []
    for record in all.records {
      guard case .transfer(let transfer) = record.item, transfer.state == .completed,
        let payee = transfer.payee, payee.scheme == .service
      else { continue }
      shops.insert(
        "\(SampleCase.person(transfer.payer))>\(payee.value) \(transfer.amount?.fen ?? 0)"
      )
    }
    #expect(
      shops.isSuperset(of: ["P2>1099000009@mch.tenpay.com 1250", "P3>演示餐厅 3500"])
    )
  }

  @Test func `tell of seven telephone calls and two by apps`() {
    #expect(line("calls phone")?.events == 7)
    #expect(line("calls telegram")?.events == 1)
    #expect(line("calls whatsapp")?.events == 1)
    let joined = Set(all.grouping.calls.joined())
    let groups =
      all.grouping.calls + all.records.map(\.id).filter { !joined.contains($0) }.map { [$0] }
    let records = Dictionary(uniqueKeysWithValues: all.records.map { ($0.id, $0.item) })
    let found = groups.compactMap { group -> String? in
      let calls = group.compactMap { id -> Call? in
        if case .call(let call)? = records[id] { call } else { nil }
      }
      guard let first = calls.first, let at = first.at else { return nil }
      let from = calls.map { SampleCase.person($0.from) }.filter { $0 != "?" }.first ?? "?"
      let to = calls.map { SampleCase.person($0.to) }.filter { $0 != "?" }.first ?? "?"
      return "\(at.shanghai.prefix(16)) \(from)>\(to) \(first.seconds) \(first.channel)"
    }
    #expect(
      found.sorted() == [
        "2024-03-01 10:00 P2>P1 65 phone", "2024-03-02 20:20 P1>P2 30 phone",
        "2024-03-04 09:25 P3>P2 120 phone", "2024-03-05 19:00 P4>P2 0 phone",
        "2024-03-05 21:30 P3>P4 42 phone", "2024-03-05 21:31 P4>P3 42 telegram",
        // The WhatsApp database does not say whose it is.
        "2024-03-05 22:00 ?>P4 15 whatsapp", "2024-03-06 08:00 P2>P3 0 phone",
        // No log that holds the bank's call says whose it is.
        "2024-03-06 10:00 svc:95588>? 0 phone",
      ]
    )
  }

  @Test func `tell of five short messages`() {
    #expect(line("short messages")?.rows == 11)
    #expect(line("short messages")?.events == 5)
  }

  @Test func `tell of twenty-four WeChat messages in forty-eight rows of five sources`() {
    var rows: [String: Int] = [:]
    var numbers: Set<Int> = []
    for record in all.records {
      guard case .message(let message) = record.item, message.platform == "wechat" else { continue }
      for place in all.places[record.id] ?? [] { rows[place, default: 0] += 1 }
      if let id = message.serverID.flatMap(Int.init), id > 900_000_000_000_000_000 {
        numbers.insert(id - 900_000_000_000_000_000)
      }
    }
    // The file of another tool tells of one of them without its number.
    #expect(rows.removeValue(forKey: "graph/chain.case.jsonld") == 1)
    #expect(
      rows == [
        "wechat_android/EnMicroMsg_decrypted.db": 20, "wechat_pc3/MSG0_decrypted.db": 13,
        "wechat_pc4/message_0.db": 5, "wechat_ios/MM.sqlite": 5, "ufed/demo.ufdr": 5,
      ]
    )
    #expect(rows.values.reduce(0, +) == 48)
    #expect(numbers.sorted() == Array(1...20) + Array(101...104))
    #expect(line("messages wechat")?.events == 24)
  }

  @Test func `tell of three private QQ messages and four of the group`() {
    #expect(line("messages qq")?.rows == 28)
    #expect(line("messages qq")?.events == 7)
  }

  @Test func `hold one file passed on three times, by its digest`() {
    let files = all.records.compactMap { record -> String? in
      guard case .message(let message) = record.item, message.platform == "wechat",
        message.file?.digest == "md5:2810fae2da36e8ed2e91be4f13c44d49", let at = message.sentAt
      else { return nil }
      let (from, to) = (SampleCase.person(message.from), SampleCase.person(message.to))
      return "\(at.shanghai) \(from)>\(to) \(message.file?.name ?? "")"
    }
    #expect(
      files.sorted() == [
        "2024-03-02 20:18:00 P1>P2 名单A_演示.xlsx", "2024-03-04 09:33:00 P2>P3 名单A_演示.xlsx",
        "2024-03-05 21:05:00 P3>P4 名单A_演示(副本).xlsx",
      ]
    )
  }

  @Test func `hold P2's recommendation of P5 to P3`() {
    let cards = all.records.compactMap { record -> Message? in
      if case .message(let message) = record.item, message.kind == .card { message } else { nil }
    }
    #expect(cards.count == 1)
    #expect(SampleCase.person(cards.first?.from) == "P2")
    #expect(SampleCase.person(cards.first?.to) == "P3")
    #expect(cards.first?.text.contains("wxid_clewdemo000522") == true)
    #expect(cards.first?.sentAt?.shanghai == "2024-03-07 15:00:00")
  }

  @Test func `know the members of four groups`() {
    var members: Set<String> = []
    var more: Set<String> = []
    for record in all.records {
      guard case .membership(let membership) = record.item else { continue }
      let member = "\(membership.group.value) \(SampleCase.person(membership.member))"
      members.insert(member)
      if !membership.role.isEmpty { more.insert("\(member) \(membership.role)") }
      if !membership.memberName.isEmpty { more.insert("\(member) \(membership.memberName)") }
      if let host = membership.invitedBy {
        more.insert("\(member) invited by \(SampleCase.person(host))")
      }
    }
    let room = "99900000001@chatroom"
    #expect(
      Set(members.filter { !$0.hasPrefix("数据互换演示群#") }) == [
        "\(room) P1", "\(room) P2", "\(room) P3", "\(room) P4", "999000001 P1", "999000001 P2",
        "999000001 P3", "120363000000000001@g.us P2", "telegram:channel1990000001 P2",
        "telegram:channel1990000001 P3", "telegram:channel1990000001 telegram:990000099",
      ]
    )
    #expect(
      more.isSuperset(of: [
        "\(room) P1 owner", "\(room) P1 群主泥鳅", "\(room) P2 放风筝的", "\(room) P4 invited by P3",
        "999000001 P1 owner", "999000001 P1 群主泥鳅", "999000001 P2 admin",
        "999000001 P3 灯笼(下家)", "telegram:channel1990000001 P3 invited by P2",
      ])
    )
  }
}
