import ClewEvidence
import ClewImport
import Testing

private let tree =
  "tencent_return/L-1700000000000/财付通_00000000000000000000000000000000/TP00000000/IDCARD/"
private let tradesPath = tree + "99000019920101002X/wxid_clewdemo000222/TenpayTrades.txt"

struct TencentTests {
  @Test func `the sample has six transfers and a repeated header`() throws {
    let sink = try importing(try StagedBytes.fixture(tradesPath), as: "tencent-trades")
    #expect(sink.units.count == 6)
    #expect(sink.rules == ["repeated header"])
    #expect(sink.rejects.isEmpty)
    #expect(sink.owner == .p2)
    let found = sink.transfers.map { [$0.payer, $0.payee, $0.amount?.fen] as [AnyHashable?] }
    let shop = Account(.service, "1099000009@mch.tenpay.com")
    let expected: [[AnyHashable?]] = [
      [Account.p2, Account.p1, Int64(200_000)], [Account.p3, Account.p2, Int64(150_000)],
      [Account.p2, Account.p1, Int64(6600)], [Account.p2, Account.p1, Int64(600)],
      [Account.p2, Account.p3, Int64(400)], [Account.p2, shop, Int64(1250)],
    ]
    #expect(found == expected)
    let first = sink.transfers[0]
    #expect(first.at?.shanghai == "2024-03-02 20:15:30")
    #expect(first.at?.zone == .assumedShanghai)
    #expect(
      first.ids == ["1000050000202403020000000000001", "53010000000000202403020000000001"]
    )
    #expect(first.memo == "微信转账 演示名单A")
    #expect(first.channel == "wechat")
    #expect(sink.transfers[3].channel == "wechat-redpacket")
    #expect(sink.transfers.allSatisfy { $0.state == .completed })
  }

  @Test func `names of both sides are contacts, each once`() throws {
    let sink = try importing(try StagedBytes.fixture(tradesPath), as: "tencent-trades")
    let names = sink.contacts.map { [$0.contact.description, $0.name, $0.nature.rawValue] }
    #expect(
      names == [
        ["wechat:wxid_clewdemo000222", "乙二", "registration"],
        ["wechat:wxid_clewdemo000122", "甲一", "counterparty"],
        ["wechat:wxid_clewdemo000322", "丙三", "counterparty"],
        ["svc:1099000009@mch.tenpay.com", "演示便利店", "counterparty"],
      ]
    )
  }

  @Test func `pitfall 5: a group red packet does not repeat its total`() throws {
    let sink = try importing(try StagedBytes.fixture(tradesPath), as: "tencent-trades")
    let packet = sink.transfers.filter { $0.ids[0] == "1000039900202403060000000000008" }
    #expect(packet.compactMap { $0.amount?.fen } == [600, 400])
  }

  @Test func `the older layout names sender and receiver`() throws {
    let sink = try importing(
      try StagedBytes.fixture("tencent_return/legacy_layout/TenpayTrades.txt"),
      as: "tencent-trades-legacy"
    )
    #expect(sink.units.count == 2)
    #expect(sink.transfers.map(\.payer) == [.p2, .p3])
    #expect(sink.transfers.map(\.payee) == [.p1, .p2])
    #expect(sink.transfers.map { $0.amount?.fen } == [8800, 5000])
    #expect(sink.transfers[0].ids == ["1000107101201801010000000000001"])
    #expect(sink.transfers[1].channel == "wechat-redpacket")
    #expect(sink.owner == .p2)
  }

  @Test func `registration links account, identity, phone and both cards`() throws {
    let sink = try importing(
      try StagedBytes.fixture(tree + "99000019920101002X/wxid_clewdemo000222/TenpayRegInfo.txt"),
      as: "tencent-registration"
    )
    #expect(sink.units.count == 3)
    #expect(sink.rules == ["title of the cancelled registrations"])
    #expect(sink.rejects.isEmpty)
    #expect(sink.owner == .p2)
    let links = sink.links.map { "\($0.second) \($0.basis) \($0.holder)" }
    #expect(
      links == [
        "id:99000019920101002X registration 乙二", "phone:+8613800000002 bound 乙二",
        "card:6299990000000000020 bound 乙二", "card:6299990000000000228 bound 乙二",
        "id:99000019920101002X registration 乙旧名",
      ]
    )
    let old = try #require(sink.links.last)
    #expect(old.validFrom?.shanghai == "2016-05-01 08:00:00")
    #expect(old.validUntil?.shanghai == "2018-09-28 12:40:00")
    #expect(sink.links[0].validUntil == nil)
    #expect(sink.contacts.map(\.name) == ["乙二", "乙旧名"])
    #expect(sink.contacts.map(\.nature) == [.registration, .deleted])
  }

  @Test func `a sentence says that there is no such account`() throws {
    let sink = try importing(
      try StagedBytes.fixture(
        tree + "990000199501010056/oe1_clewdemo@wx.tenpay.com/TenpayRegInfo.txt"
      ),
      as: "tencent-registration"
    )
    #expect(sink.units.isEmpty && sink.rejects.isEmpty)
    #expect(sink.rules == ["queried, no such account"])
    let other = try importing("帐号数据错误", as: "tencent-registration")
    #expect(other.rules == ["queried, no such account"])
  }

  @Test func `basic information joins user name, alias and phone`() throws {
    let path = "tencent_return/L-1700000000000/WX00000001/IPHONE/13800000002/regInfobasicInfo.txt"
    let sink = try importing(try StagedBytes.fixture(path), as: "tencent-basic")
    #expect(sink.units.count == 1)
    #expect(sink.owner == .p2)
    #expect(sink.contacts.map(\.name) == ["风筝"])
    #expect(
      sink.links == [
        AccountLink(.p2, Account(.wechat, "fengzheng_demo"), basis: .alias),
        AccountLink(.p2, Account(.phone, "+8613800000002"), basis: .bound),
      ]
    )
  }

  @Test func `logins are counted and passed over`() throws {
    let path = "tencent_return/L-1700000000000/WX00000002/IPHONE/13800000002/WX登录轨迹.txt"
    let sink = try importing(try StagedBytes.fixture(path), as: "tencent-logins")
    #expect(sink.rules == ["preamble", "login log", "login log"])
  }

  static let header = "用户ID\t交易单号\t大单号\t借贷类型\t交易时间\t交易金额(分)\t对手方ID\t对手方接收金额(元)\t备注1\t备注2"
  static let row = "wxid_a\t1\t2\t出\t2024-03-02 20:15:30\t500\twxid_b\t4.50\tn\tm"

  @Test func `the header tells the unit, and extra tabs belong to the remark`() throws {
    let text = Self.header + "\n" + Self.row + "\tmore\ttext\n"
    let sink = try importing(text, as: "tencent-trades")
    #expect(sink.transfers.map { $0.amount?.fen } == [450])
    #expect(sink.transfers[0].memo == "n m more text")
  }

  @Test func `a short row is padded and a quote is data`() throws {
    let text =
      Self.header + "\nwxid_a\t1\t2\t出\t2024-03-02 20:15:30\t500\t\"wxid_b\n"
      + "wxid_a\t1\t2\t出\t2024-03-02 20:15:30\t500\n"
    let sink = try importing(text, as: "tencent-trades")
    #expect(sink.reasons == ["column \"对手方ID\" holds no account"])
    #expect(sink.transfers.map(\.payee) == [nil])
    #expect(sink.transfers.map { $0.amount?.fen } == [500])
  }

  @Test(arguments: [
    ("出", "进", "column \"借贷类型\" holds no 入 or 出"),
    ("4.50", "4.505", "column \"对手方接收金额\" holds no amount"),
    ("20:15:30", "24:15:30", "column \"交易时间\" holds no time"),
    ("wxid_a", "", "column \"用户ID\" holds no account"),
  ])
  func `a bad cell refuses its row only`(old: String, new: String, reason: String) throws {
    let bad = Self.row.replacing(old, with: new)
    let sink = try importing(
      [Self.header, Self.row, bad, Self.row, ""].joined(separator: "\r\n"),
      as: "tencent-trades"
    )
    #expect(sink.units.count == 2)
    #expect(sink.reasons == [reason])
    #expect(sink.rejects[0].bytes == Array(bad.utf8))
    #expect(sink.rejects[0].position.row == 3)
    #expect(sink.rejects[0].position.offset == Int64((Self.header + Self.row).utf8.count + 4))
  }

  @Test func `a row that the end of the file cuts is refused`() throws {
    let cut = Self.header + "\n" + Self.row + "\n" + Self.row.dropLast(4)
    let sink = try importing(String(cut), as: "tencent-trades")
    #expect(sink.units.count == 1)
    #expect(sink.reasons == ["the file ends inside this row: 8 of 10 cells"])
  }

  @Test func `a header alone is a file without rows`() throws {
    let sink = try importing(Self.header + "\n", as: "tencent-trades")
    #expect(sink.unitCount == 0)
  }
}
