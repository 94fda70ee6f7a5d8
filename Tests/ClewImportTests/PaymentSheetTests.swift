import ClewEvidence
import ClewImport
import Testing

@Suite struct `The sheets beside payment returns` {
  @Test func `list payments of a firm with both ends`() throws {
    let sink = try importing(
      try StagedBytes.fixture("tencent_return/支付流水汇总.csv"),
      as: "payment-flows"
    )
    #expect(sink.owner == .p2)
    #expect(
      sink.transfers.map {
        "\($0.payer?.value ?? "-") \($0.payee?.value ?? "-") \($0.amount?.fen ?? 0)"
      }
        == [
          "wxid_clewdemo000222 wxid_clewdemo000122 200000",
          "wxid_clewdemo000322 wxid_clewdemo000222 150000", "6299990000000000020 演示便利店 1250",
        ]
    )
    #expect(
      sink.transfers[0].ids == [
        "1000050000202403020000000000001", "53010000000000202403020000000001",
      ]
    )
    #expect(sink.transfers[0].at?.shanghai == "2024-03-02 20:15:30")
    #expect(sink.transfers[2].payee == Account(.service, "演示便利店"))
    #expect(sink.decisions["unit of amounts"] == "yuan")
    #expect(sink.reasons == ["column \"交易主体的出入账标识\" holds no 出 or 入"])
  }

  @Test func `read fen where the header says so`() throws {
    let sink = try importing(
      "*付款支付帐号,*收款支付帐号,*交易主体的出入账标识,*交易时间,*交易金额(分),备注\n"
        + "2088990000000004,2088990000000003,出账,20240305210000,300000,\n"
        + ",,出账,20240305210000,300000,\n"
        + "2088990000000004,2088990000000003,出账,20240305210000,3000.5,\n",
      as: "payment-flows"
    )
    #expect(sink.transfers.map(\.amount) == [Money(fen: 300_000)])
    #expect(sink.transfers.map(\.channel) == ["alipay"])
    #expect(
      sink.reasons == [
        "column \"付款方的支付帐号\" holds no account", "column \"交易金额\" holds no amount",
      ]
    )
  }

  private static let card = Account(.card, "6299990000000000053")
  private static let identity = Account(.identity, "990000199501010056")

  @Test func `tie a card to its account and holder`() throws {
    let sink = try importing(try StagedBytes.fixture("bank/账户信息.csv"), as: "bank-holders")
    #expect(sink.units.count == 1)
    #expect(
      sink.links == [
        AccountLink(
          Self.card,
          Account(.bankAccount, "990000000005"),
          basis: .registration,
          holder: "戊五"
        ), AccountLink(Self.card, Self.identity, basis: .registration, holder: "戊五"),
      ]
    )
    #expect(sink.contacts.map(\.name) == ["戊五"])
  }

  @Test func `tie a holder to a telephone, and sub-accounts to their account`() throws {
    let persons = try importing(try StagedBytes.fixture("bank/人员信息.csv"), as: "bank-holders")
    #expect(
      persons.links == [
        AccountLink(
          Self.identity,
          Account(.phone, "+8613800000005"),
          basis: .registration,
          holder: "戊五"
        )
      ]
    )
    let parts = try importing(try StagedBytes.fixture("bank/子账户信息.csv"), as: "bank-holders")
    #expect(parts.rules == [] && parts.links.count == 1)
    #expect(parts.links.first?.first == Account(.bankAccount, "990000000005"))
  }

  @Test func `are not lists of names with identity numbers`() throws {
    let staged = try StagedBytes("姓名,身份证号,手机号码,地址\n甲一,990000199101010014,13800000001,演示路\n")
    #expect(ImporterRegistry.best(for: staged.source) == nil)
  }

  @Test func `of Alipay tie logon ids to the user, each once`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay_return/990000000_登陆日志_20240402110400.csv"),
      as: "alipay-return-logins"
    )
    #expect(
      sink.links == [
        AccountLink(
          Account(.alipay, "2088990000000003"),
          Account(.phone, "+8613800000003"),
          basis: .registration,
          holder: "丙三"
        )
      ]
    )
    // A masked logon id ties nothing.
    #expect(sink.rules == ["login that is known", "login that is known"])
  }

  @Test func `of Alipay move the balance by payments with both ends`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay_return/990000000_余额明细_20240402110500.csv"),
      as: "alipay-return-balance"
    )
    #expect(
      sink.transfers == [
        Transfer(
          payer: Account(.alipay, "2088990000000004"),
          payee: Account(.alipay, "2088990000000003"),
          amount: Money(fen: 300_000),
          at: Timestamp(parsing: "2024-03-05 21:00:00"),
          channel: "alipay",
          memo: "转账",
          ids: ["20240305200040011100000000000003"],
          state: .completed
        )
      ]
    )
    #expect(sink.owner == Account(.alipay, "2088990000000003"))
  }

  @Test func `of Alipay tell own money, refunds and empty movements in the balance`() throws {
    let header = "交易订单号/外部流水号,账户,对方帐户,交易发生日期,收入金额(+)（元）,支出金额(-)（元）,业务类型,备注\n"
    let rows = [
      // The account's number is the user id with a currency behind it.
      "1,20889900000000030156,20889900000000040156,2024-03-06 09:00:00,0.00,-50.00,转账,查档",
      "2,2088990000000003,,2024-03-06 10:00:00,0.00,1000.00,提现,",
      "3,2088990000000003,2088990000000003,2024-03-06 11:00:00,20.00,,充值,",
      "4,2088990000000003,2088990000000004,2024-03-06 12:00:00,50.00,0.00,交易退款,",
      "5,2088990000000003,2088990000000004,2024-03-06 13:00:00,0.00,0.00,冻结,",
      "6,2088990000000003,,2024-03-06,,7.00,在线支付,演示商城",
      "7,2088990000000003,2088990000000004,2024-03-06 14:00:00,3.00,4.00,转账,",
      "8,,2088990000000004,2024-03-06 15:00:00,3.00,,转账,",
    ]
    let sink = try importing(
      header + rows.joined(separator: "\n") + "\n",
      as: "alipay-return-balance"
    )
    let user = Account(.alipay, "2088990000000003")
    let other = Account(.alipay, "2088990000000004")
    #expect(sink.transfers.map(\.payer) == [user, other, user])
    #expect(sink.transfers.map(\.payee) == [other, user, nil])
    #expect(sink.transfers.map { $0.amount?.fen } == [5_000, 5_000, 700])
    #expect(sink.transfers.map(\.state) == [.completed, .refund, .completed])
    #expect(sink.transfers.map(\.memo) == ["转账 查档", "交易退款", "在线支付 演示商城"])
    #expect(sink.rules == ["own money", "own money", "no movement"])
    #expect(
      sink.reasons == [
        "both 收入金额 and 支出金额 hold an amount",
        "column \"账户\" holds no account",
      ]
    )
  }

  @Test func `of Alipay list orders with buyer and seller`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay_return/990000000_交易记录_20240402110300.csv"),
      as: "alipay-return-trades"
    )
    #expect(sink.transfers.map(\.state) == [.completed, .failed])
    #expect(sink.transfers[0].payer == Account(.alipay, "2088990000000004"))
    #expect(sink.transfers[0].payee == Account(.alipay, "2088990000000003"))
    #expect(sink.transfers[0].ids == ["20240305200040011100000000000003"])
  }
}
