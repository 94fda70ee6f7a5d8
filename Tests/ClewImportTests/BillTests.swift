import ClewEvidence
import ClewImport
import Testing

@Suite struct `A WeChat Pay bill` {
  private static let header =
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"

  private func read(_ rows: String...) throws -> CollectingSink {
    let preamble = ["微信支付账单明细,,", "微信昵称：[风筝],,"]
    return try importing(
      (preamble + [Self.header] + rows).joined(separator: "\n") + "\n",
      as: "wechat-pay-bill"
    )
  }

  @Test(arguments: ["微信支付账单(20240301-20240331).csv", "Sheet1.csv"])
  func `has four payments, one receipt and one neutral row`(file: String) throws {
    let sink = try importing(
      try StagedBytes.fixture("wechat_pay/\(file)"),
      as: "wechat-pay-bill"
    )
    #expect(sink.rejects.isEmpty)
    #expect(sink.rules.filter { $0 != "preamble" } == ["neither income nor expense"])
    #expect(sink.transfers.count == 5)
    let owner = try #require(sink.owner)
    #expect(owner.scheme == .name)
    #expect(owner.value.hasPrefix("风筝#"))
    let paid = sink.transfers.filter { $0.payer == owner }
    #expect(paid.compactMap { $0.amount?.fen }.reduce(0, +) == 208_850)
    let received = sink.transfers.filter { $0.payee == owner }
    #expect(received.compactMap { $0.amount?.fen } == [150_000])
    #expect(received[0].payer?.value.hasPrefix("灯笼#") == true)
    #expect(sink.transfers.allSatisfy { $0.state == .completed })
  }

  @Test func `keeps both order numbers, memo and time`() throws {
    let sink = try importing(
      try StagedBytes.fixture("wechat_pay/微信支付账单(20240301-20240331).csv"),
      as: "wechat-pay-bill"
    )
    let list = sink.transfers[4]
    #expect(
      list.ids == ["1000050000202403020000000000001", "53010000000000202403020000000001"]
    )
    #expect(list.memo == "演示名单A")
    #expect(list.at?.shanghai == "2024-03-02 20:15:30")
    #expect(list.amount == Money(fen: 200_000))
    #expect(list.channel == "wechat")
    // A packet to a group names no receiver, and its amount is the total.
    let packet = sink.transfers[1]
    #expect(packet.payee == nil)
    #expect(packet.amount == Money(fen: 1000))
    #expect(packet.channel == "wechat-redpacket")
    #expect(packet.ids.first == "1000039900202403060000000000008")
    // A shop is nobody.
    #expect(sink.transfers[0].payee == Account(.service, "演示便利店"))
  }

  @Test func `says whose it is by a nickname that merges with nobody`() throws {
    let sink = try importing(
      try StagedBytes.fixture("wechat_pay/微信支付账单(20240301-20240331).csv"),
      as: "wechat-pay-bill"
    )
    #expect(sink.links.isEmpty)
    let own = sink.contacts.filter { $0.nature == .own }
    #expect(own.map(\.name) == ["风筝"])
    #expect(own.first?.contact == sink.owner)
    #expect(sink.decisions["owner"] == "known by nickname only, which never merges")
    let others = sink.contacts.filter { $0.nature == .stranger }
    #expect(others.map(\.name) == ["泥鳅", "灯笼"])
    #expect(others.allSatisfy { $0.contact.scheme == .name && $0.contact.value != $0.name })
    #expect(others.allSatisfy { $0.owner == sink.owner })
  }

  @Test(
    arguments: [
      ("支付成功", .completed), ("朋友已收钱", .completed), ("已存入零钱", .completed),
      ("已全额退款", .returned), ("对方已退还", .returned), ("已退款(￥2.00)", .returned),
      ("已退款（￥3.00）", .returned), ("已退款(￥0.50)", .completed), ("支付失败", .failed),
      ("已关闭", .failed), ("待朋友收钱", .sent), ("已转账", .sent),
    ] as [(String, Transfer.State)]
  )
  func `tells states apart`(text: String, state: Transfer.State) throws {
    let sink = try read("2024-03-01 10:00:00,转账,泥鳅,/,支出,¥2.00,零钱,\(text),1,2,/")
    #expect(sink.transfers.first?.state == state)
  }

  @Test func `keeps a refunded part as a payment back`() throws {
    let sink = try read("2024-03-01 10:00:00,扫二维码付款,泥鳅,/,支出,¥2.00,零钱,已退款(￥0.50),1,2,/")
    #expect(sink.transfers.map(\.state) == [.completed, .refund])
    #expect(sink.transfers[1].amount == Money(fen: 50))
    #expect(sink.transfers[1].payee == sink.owner)
  }

  @Test func `counts a refund once`() throws {
    let sink = try read(
      "2024-03-02 10:00:00,转账-退款,泥鳅,/,收入,¥2.00,/,已全额退款,3,/,/",
      "2024-03-01 10:00:00,转账,泥鳅,/,支出,¥2.00,零钱,已全额退款,1,2,/",
      "2024-02-01 10:00:00,转账-退款,泥鳅,/,收入,¥9.00,/,已全额退款,4,/,/"
    )
    #expect(sink.rules.suffix(1) == ["refund that its payment tells"])
    #expect(sink.transfers.map(\.state) == [.returned, .refund])
    #expect(sink.transfers[1].amount == Money(fen: 900))
  }

  @Test func `refuses bad cells by name`() throws {
    let sink = try read(
      "2024-03-01 10:00:00,转账,泥鳅,/,横,¥2.00,零钱,支付成功,1,2,/",
      "2024-03-01 10:00:00,转账,泥鳅,/,支出,两元,零钱,支付成功,1,2,/",
      "2024-02-30 10:00:00,转账,泥鳅,/,支出,¥2.00,零钱,支付成功,1,2,/"
    )
    #expect(
      sink.reasons == [
        "column \"收/支\" holds no 收入 or 支出", "column \"金额(元)\" holds no amount in yuan",
        "column \"交易时间\" holds no time",
      ]
    )
  }
}

@Suite struct `An Alipay bill` {
  private static let p3 = Account(.phone, "+8613800000003")

  @Test func `of 2022 and later has one receipt, one purchase, one closed order`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay/alipay_record_20240401.csv"),
      as: "alipay-bill"
    )
    #expect(sink.decisions["encoding"] == "GB18030")
    #expect(sink.decisions["header line"] == "25")
    #expect(sink.owner == Self.p3)
    #expect(sink.rejects.isEmpty)
    #expect(sink.rules.filter { $0 != "preamble" } == ["between own accounts"])
    #expect(sink.transfers.map(\.state) == [.completed, .completed, .failed])
    let received = sink.transfers[0]
    #expect(received.payee == Self.p3)
    #expect(received.amount == Money(fen: 300_000))
    #expect(received.at?.shanghai == "2024-03-05 21:00:00")
    #expect(received.ids == ["20240305200040011100000000000003"])
    #expect(received.payer?.scheme == .name)
    #expect(received.payer?.value == "丁四 138******04#+8613800000003")
    #expect(sink.transfers[1].payee == Account(.service, "演示餐厅"))
    #expect(sink.transfers[1].amount == Money(fen: 3500))
    #expect(sink.transfers[2].amount == Money(fen: 2000))
  }

  @Test func `keeps a mask as a hint beside the name, never as an account`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay/alipay_record_20240401.csv"),
      as: "alipay-bill"
    )
    let peer = try #require(sink.contacts.first { $0.name == "丁四" })
    #expect(peer.remark == "138******04")
    #expect(peer.contact.scheme == .name)
    #expect(sink.links.isEmpty)
    let own = try #require(sink.contacts.first { $0.contact == Self.p3 })
    #expect(own.name == "丙三")
  }

  @Test func `of 2019 has its owner above and below the table`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay/alipay_record_old_layout.csv"),
      as: "alipay-bill"
    )
    #expect(sink.decisions["header line"] == "5")
    #expect(sink.owner == Self.p3)
    #expect(sink.rejects.isEmpty)
    #expect(sink.transfers.count == 1)
    #expect(sink.transfers[0].ids == ["20240305200040011100000000000003"])
    #expect(sink.transfers[0].payee == Self.p3)
    #expect(sink.transfers[0].payer?.value == "丁四#+8613800000003")
    #expect(sink.contacts.map(\.name) == ["丙三", "丁四"])
    #expect(Set(sink.rules) == ["preamble", "notes of the bill"])
  }

  private func read(_ rows: String...) throws -> CollectingSink {
    let header = "收/支,交易对方,对方账号,商品说明,收/付款方式,金额,交易状态,交易分类,交易订单号,商家订单号,交易时间,"
    return try importing(
      ((["-----", header] + rows + [""]).joined(separator: "\r\n") as String).gb18030,
      as: "alipay-bill"
    )
  }

  @Test func `of 2021 begins with 收支 and names no owner`() throws {
    let sink = try read(
      "支出,丁四,138******04,转账,余额,8.00,交易成功,转账红包,2024030622001,,2024-03-06 10:00:00,",
      "支出,丁四,139******77,转账,余额,8.00,交易成功,转账红包,2024030622002,,2024-03-06 11:00:00,",
      "1.本明细仅供个人对账使用(演示)",
      "共2笔记录"
    )
    #expect(sink.owner?.value.hasPrefix("owner-of-") == true)
    // Two bearers of one name with different masks are not one account.
    #expect(Set(sink.transfers.map(\.payee)).count == 2)
    #expect(sink.rules.suffix(2) == ["notes of the bill", "notes of the bill"])
  }

  @Test func `names the order that a refund takes back`() throws {
    let sink = try read(
      "不计收支,演示商城,sho***@example.com,退款-手机壳,余额,20.00,退款成功,退款,2024030622003_1,DEMO3,2024-03-07 10:00:00,",
      "不计收支,戊五,135******05,转账,余额,9.00,交易成功,转账红包,2024030622004,,2024-03-07 11:00:00,"
    )
    #expect(sink.transfers.map(\.state) == [.refund])
    #expect(sink.transfers[0].ids == ["2024030622003_1", "2024030622003", "DEMO3"])
    #expect(sink.transfers[0].payee == sink.owner)
    // The owner can take any payment off the bill's sums; then its direction is lost.
    #expect(sink.rules.suffix(1) == ["neither income nor expense, direction unknown"])
  }

  @Test func `refuses bad cells by name`() throws {
    let sink = try read(
      "横,丁四,/,转账,余额,8.00,交易成功,转账红包,1,,2024-03-06 10:00:00,",
      "支出,丁四,/,转账,余额,8.001,交易成功,转账红包,1,,2024-03-06 10:00:00,",
      "支出,丁四,/,转账,余额,8.00,交易成功,转账红包,1,,昨天,"
    )
    #expect(
      sink.reasons == [
        "column \"收/支\" holds no 收入 or 支出", "column \"金额\" holds no amount in yuan",
        "column \"交易时间\" holds no time",
      ]
    )
  }
}
