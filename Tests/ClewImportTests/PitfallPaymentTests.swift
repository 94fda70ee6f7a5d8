import ClewEvidence
import ClewImport
import Testing

/// What a naive reader of payments gets wrong.
@Suite struct `Pitfalls of payments` {
  private static let trades =
    "tencent_return/L-1700000000000/财付通_00000000000000000000000000000000/TP00000000/IDCARD/"
    + "99000019920101002X/wxid_clewdemo000222/"

  @Test func `pitfall 5: a group packet counts each receiver's share, not the total`() throws {
    let sink = try importing(
      try StagedBytes.fixture(Self.trades + "TenpayTrades.txt"),
      as: "tencent-trades"
    )
    let packet = sink.transfers.filter { $0.ids.contains("1000039900202403060000000000008") }
    #expect(packet.map { $0.amount?.fen } == [600, 400])
    #expect(packet.map(\.payee) == [.p1, .p3])
    // Everything that P2 paid to P1 in 2024: M1, HB1 and the share of HB2.
    let toP1 = sink.transfers.filter { $0.payer == .p2 && $0.payee == .p1 }
    #expect(toP1.compactMap { $0.amount?.fen }.reduce(0, +) == 207_200)
  }

  @Test func `pitfall 5: a header inside the data is no row, and fen are not yuan`() throws {
    let sink = try importing(
      try StagedBytes.fixture(Self.trades + "TenpayTrades.txt"),
      as: "tencent-trades"
    )
    #expect(sink.transfers.count == 6)
    #expect(sink.rules == ["repeated header"])
    #expect(
      sink.transfers.map { $0.amount?.fen } == [200_000, 150_000, 6600, 600, 400, 1250]
    )
  }

  @Test func `pitfall 5: of two columns with one name the second is the counterparty's`() throws {
    let header = [
      "用户ID", "交易单号", "借贷类型", "交易时间", "交易金额(分)", "网联/银联", "第三方账户名称", "对手方ID",
      "对手侧账户名称", "网联/银联", "第三方账户名称", "对手方接收金额(分)",
    ]
    let row = [
      "wxid_clewdemo000222", "1", "出", "2024-03-02 20:15:30", "200000", "网联", "演示甲方",
      "wxid_clewdemo000122", "甲一", "银联", "演示乙方", "200000",
    ]
    let text = [header, row].map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    let sink = try importing(text, as: "tencent-trades")
    #expect(sink.contacts.filter { $0.contact == .p1 }.map(\.name) == ["甲一"])
    #expect(sink.transfers.map(\.payee) == [.p1])
  }

  @Test func `pitfall 5: rows with empty keys are further cards of the account above`() throws {
    let sink = try importing(
      try StagedBytes.fixture(Self.trades + "TenpayRegInfo.txt"),
      as: "tencent-registration"
    )
    let cards = sink.links.flatMap { [$0.first, $0.second] }.filter { $0.scheme == .card }
    #expect(
      Set(cards).isSuperset(of: [
        Account(.card, "6299990000000000020"), Account(.card, "6299990000000000228"),
      ])
    )
    #expect(sink.rejects.isEmpty)
  }

  @Test func `pitfall 6: preambles of any length stand before the header`() throws {
    for lines in [0, 1, 16, 17, 24, 38] {
      let preamble = (0..<lines).map { "说明\($0),,,," }
      let header = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
      let row = "2024-03-01 10:00:00,转账,泥鳅,/,支出,¥2.00,零钱,支付成功,\"1\"\t,\"2\"\t,\"/\""
      let text = (preamble + [header, row, ""]).joined(separator: "\r\n")
      let sink = try importing(text, as: "wechat-pay-bill")
      #expect(sink.transfers.count == 1)
      // The tab after a closing quote is no part of the id.
      #expect(sink.transfers.first?.ids == ["1", "2"])
      #expect(sink.skips.count == lines)
    }
  }

  @Test func `pitfall 6: what must not count does not count`() throws {
    let alipay = try importing(
      try StagedBytes.fixture("alipay/alipay_record_20240401.csv"),
      as: "alipay-bill"
    )
    let counting = alipay.transfers.filter { $0.state == .completed }
    // Neither the withdrawal of 2000.00 nor the closed order of 20.00.
    #expect(counting.map { $0.amount?.fen } == [300_000, 3500])
    let wechat = try importing(
      try StagedBytes.fixture("wechat_pay/微信支付账单(20240301-20240331).csv"),
      as: "wechat-pay-bill"
    )
    // Not the withdrawal of 1000.00.
    #expect(!wechat.transfers.contains { $0.amount == Money(fen: 100_000) })
  }

  @Test func `pitfall 6: a payment to a shop is no payment to a person`() throws {
    let alipay = try importing(
      try StagedBytes.fixture("alipay/alipay_record_20240401.csv"),
      as: "alipay-bill"
    )
    let persons = alipay.transfers.filter {
      $0.state == .completed && $0.payer?.scheme.isPersonal == true
        && $0.payee?.scheme.isPersonal == true
    }
    #expect(persons.map { $0.amount?.fen } == [300_000])
  }

  @Test func `pitfall 6: the bill and the return tell one payment by one number`() throws {
    let order = "20240305200040011100000000000003"
    for (file, format) in [
      ("alipay/alipay_record_20240401.csv", "alipay-bill"),
      ("alipay/alipay_record_old_layout.csv", "alipay-bill"),
      ("alipay_return/990000000_账户明细_20240402110100_part1.csv", "alipay-return-ledger"),
      ("alipay_return/990000000_转账明细_20240402110200.csv", "alipay-return-transfers"),
      ("alipay_return/990000000_交易记录_20240402110300.csv", "alipay-return-trades"),
      ("alipay_return/990000000_余额明细_20240402110500.csv", "alipay-return-balance"),
    ] {
      let sink = try importing(try StagedBytes.fixture(file), as: format)
      let found = sink.transfers.filter { $0.ids.first == order }
      #expect(found.map(\.amount) == [Money(fen: 300_000)])
      #expect(found.map { $0.at?.shanghai } == ["2024-03-05 21:00:00"])
    }
    let trades = try importing(
      try StagedBytes.fixture(Self.trades + "TenpayTrades.txt"),
      as: "tencent-trades"
    )
    let bill = try importing(
      try StagedBytes.fixture("wechat_pay/微信支付账单(20240301-20240331).csv"),
      as: "wechat-pay-bill"
    )
    let returned = Set(trades.transfers.flatMap(\.ids))
    #expect(bill.transfers.allSatisfy { !returned.isDisjoint(with: $0.ids) })
  }

  @Test func `pitfall 7: a failed row, cash and a card's suffix`() throws {
    let sink = try importing(
      try StagedBytes.fixture("bank/交易明细信息.csv"),
      as: "bank-transactions"
    )
    let done = sink.transfers.filter { $0.state == .completed }
    // 780.00 succeeds once; its failed twin stands five minutes later.
    #expect(done.filter { $0.amount == Money(fen: 78_000) }.count == 1)
    let p5 = Account(.card, "6299990000000000053")
    let p3 = Account(.card, "6299990000000000038")
    #expect(done.contains { $0.payer == p5 && $0.payee == p3 })
    // Cash has no counterparty, hence no edge.
    let cash = sink.transfers.filter { $0.amount == Money(fen: 2000) }
    #expect(cash.map(\.payee) == [nil])
  }

  @Test(arguments: [
    ("借", true), ("贷", false), ("出", true), ("进", false), ("付", true), ("收", false),
  ])
  func `pitfall 7: 借 is money that leaves the account`(word: String, isOut: Bool) throws {
    let sink = try importing(
      "交易卡号,交易时间,交易金额,收付标志,交易对手账卡号,对手户名,交易是否成功\n"
        + "6299990000000000053_156_1,2024-03-07 15:45:00,1.00,\(word),6299990000000000046_1,丁四,成功\n",
      as: "bank-transactions"
    )
    let own = Account(.card, "6299990000000000053")
    #expect(sink.transfers.map { $0.payer == own } == [isOut])
    #expect(sink.transfers.map { $0.payee == own } == [!isOut])
  }

  @Test(arguments: ["财付通支付科技有限公司", "支付宝（中国）网络技术有限公司", "财付通-微信转账"])
  func `pitfall 7: the clearing account of a platform is nobody`(name: String) throws {
    let sink = try importing(
      "交易卡号,交易时间,交易金额,收付标志,交易对手账卡号,对手户名\n"
        + "6299990000000000053,2024-03-07 15:45:00,1.00,出,243300133,\(name)\n",
      as: "bank-transactions"
    )
    #expect(sink.transfers.map { $0.payee?.scheme } == [.service])
  }
}
