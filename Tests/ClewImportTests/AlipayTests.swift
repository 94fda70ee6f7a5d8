import ClewEvidence
import ClewImport
import Testing

struct AlipayTests {
  static let p3 = Account(.alipay, "2088990000000003")
  static let p4 = Account(.alipay, "2088990000000004")

  @Test func `registration joins user, phone, identity and card`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay_return/990000000_注册信息_20240402110000.csv"),
      as: "alipay-return-registration"
    )
    #expect(sink.units.count == 1)
    #expect(sink.decisions["encoding"] == "GB18030")
    #expect(sink.contacts.map(\.name) == ["丙三"])
    #expect(
      sink.links.map { "\($0.first) \($0.second) \($0.basis)" } == [
        "alipay:2088990000000003 phone:+8613800000003 registration",
        "alipay:2088990000000003 id:990000199301010035 registration",
        "alipay:2088990000000003 card:6299990000000000038 bound",
      ]
    )
  }

  @Test func `the statement has one payment and one closed order`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay_return/990000000_账户明细_20240402110100_part1.csv"),
      as: "alipay-return-ledger"
    )
    #expect(sink.units.count == 2)
    #expect(sink.owner == Self.p3)
    let paid = sink.transfers[0]
    #expect(paid.payer == Self.p4)
    #expect(paid.payee == Self.p3)
    #expect(paid.amount == Money(fen: 300_000))
    #expect(paid.at?.shanghai == "2024-03-05 21:00:00")
    #expect(paid.ids == ["20240305200040011100000000000003"])
    #expect(paid.state == .completed)
    let closed = sink.transfers[1]
    #expect(closed.state == .failed)
    #expect(closed.payee == Account(.service, "演示商城"))
    #expect(closed.amount == Money(fen: 2000))
    #expect(
      sink.contacts.map { "\($0.contact) \($0.name) \($0.nature)" } == [
        "alipay:2088990000000003 丙三 registration", "alipay:2088990000000004 丁四 counterparty",
        "svc:演示商城 演示商城 counterparty",
      ]
    )
  }

  @Test func `the transfer sheet names both user ids`() throws {
    let sink = try importing(
      try StagedBytes.fixture("alipay_return/990000000_转账明细_20240402110200.csv"),
      as: "alipay-return-transfers"
    )
    #expect(sink.units.count == 1)
    #expect(sink.transfers.map(\.payer) == [Self.p4])
    #expect(sink.transfers.map(\.payee) == [Self.p3])
    #expect(sink.transfers.map { $0.amount?.fen } == [300_000])
  }

  static let ledger = "交易号,交易创建时间,用户信息,交易对方信息,金额（元）,收/支,交易状态"

  @Test(arguments: [
    ("张三(演示银行)(6299990000000000038)", "card:6299990000000000038", "张三"),
    ("(演示银行)6299990000000000038", "card:6299990000000000038", ""),
    ("13800000004", "phone:+8613800000004", ""), ("某店", "svc:某店", "某店"),
    ("2088990000000004（丁四）", "alipay:2088990000000004", "丁四"),
  ])
  func `a counterparty is written in many ways`(text: String, account: String, name: String) throws
  {
    let row = "1,2024-03-05 21:00:00,2088990000000003(丙三),\(text),1.00,支出,交易成功"
    let sink = try importing(Self.ledger + "\n" + row + "\n", as: "alipay-return-ledger")
    #expect(sink.transfers.first?.payee?.description == account)
    #expect(sink.contacts.dropFirst().map(\.name) == (name.isEmpty ? [] : [name]))
  }

  @Test func `pitfall 6: what is no flow of money makes no payment`() throws {
    let rows = [
      "1,2024-03-05 21:00:00,2088990000000003(丙三),138******04,1.00,收入,交易成功",
      "2,2024-03-05 21:00:00,2088990000000003(丙三),x,1.00,不计收支,交易成功",
      "3,2024-03-05 21:00:00,2088990000000003(丙三),x,1.00,支出,等待付款",
      "4,2024-03-05 21:00:00,2088990000000003(丙三),x,1.00,收入,退款成功",
      "5,2024-03-05 21:00:00,2088990000000003(丙三),x,1.234,支出,交易成功", "",
    ]
    let sink = try importing(
      ([Self.ledger] + rows).joined(separator: "\n"),
      as: "alipay-return-ledger"
    )
    #expect(sink.transfers.map(\.state) == [.completed, .failed, .refund])
    #expect(sink.transfers[0].payer == nil)
    #expect(sink.rules == ["neither income nor expense"])
    #expect(sink.reasons == ["column \"金额（元）\" holds no amount in yuan"])
  }

  @Test func `orders are read, and a login without a user is refused`() throws {
    let orders =
      "交易号,交易状态,买家用户id,买家信息,卖家用户id,卖家信息,交易金额（元）,收款时间,创建时间\n"
      + "1,TRADE_SUCCESS,2088990000000004,丁四,2088990000000003,丙三,3000,,2024-03-05 21:00:00\n"
    let sink = try importing(orders, as: "alipay-return-trades")
    #expect(sink.transfers.map(\.payee) == [Self.p3])
    let logins = "登陆账号,支付宝用户ID,账户名,客户端ip,操作发生时间\na,b,c,d,e\n"
    #expect(
      try importing(logins, as: "alipay-return-logins").reasons == [
        "column \"支付宝用户ID\" holds no user id of 16 digits"
      ]
    )
  }
}
