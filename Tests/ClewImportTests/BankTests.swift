import ClewEvidence
import ClewImport
import Testing

struct BankTests {
  static let own = Account(.card, "6299990000000000053")

  @Test func `the sample has four rows, one of them failed and one in cash`() throws {
    let sink = try importing(
      try StagedBytes.fixture("bank/交易明细信息.csv"),
      as: "bank-transactions"
    )
    #expect(sink.units.count == 4)
    #expect(sink.rejects.isEmpty && sink.skips.isEmpty)
    #expect(sink.owner == Self.own)
    #expect(sink.decisions["encoding"] == "GB18030")
    let flows = sink.transfers.map {
      "\($0.payer?.value ?? "-") \($0.payee?.value ?? "-") \($0.amount?.fen ?? 0) \($0.state)"
    }
    #expect(
      flows == [
        "6299990000000000046 6299990000000000053 80000 completed",
        "6299990000000000053 6299990000000000038 78000 completed",
        "6299990000000000053 6299990000000000038 78000 failed",
        "6299990000000000053 - 2000 completed",
      ]
    )
    #expect(
      sink.transfers.map { $0.at?.shanghai } == [
        "2024-03-07 15:45:00", "2024-03-07 16:10:00", "2024-03-07 16:15:00", "2024-03-08 09:00:00",
      ]
    )
    #expect(sink.transfers[0].ids == ["6299990000000000053/DEMO03071545"])
    #expect(
      sink.links.map { "\($0.first) \($0.second) \($0.holder)" } == [
        "card:6299990000000000053 account:990000000005 戊五",
        "card:6299990000000000053 id:990000199501010056 戊五",
      ]
    )
    #expect(sink.contacts.map(\.name) == ["戊五", "丁四", "丙三"])
  }

  static let header = "交易卡号,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名"

  private func read(_ rows: String...) throws -> CollectingSink {
    try importing(([Self.header] + rows + [""]).joined(separator: "\n"), as: "bank-transactions")
  }

  @Test(arguments: [
    ("出", true), ("借", true), ("借方", true), ("D", true), ("转出", true), ("-", true),
    ("进", false), ("贷", false), ("收入", false), ("C", false), ("+", false),
  ])
  func `pitfall 7: 借 is money that leaves`(word: String, isOut: Bool) throws {
    let sink = try read(
      "6299990000000000053,2024-03-07 15:45:00,1.00,,\(word),6299990000000000046,丁四"
    )
    #expect((sink.transfers.first?.payer == Self.own) == isOut)
    #expect((sink.transfers.first?.payee == Self.own) == !isOut)
  }

  @Test func `an empty direction is told by sign or balance or refused`() throws {
    let sink = try read(
      "6299990000000000053,2024-03-07 15:45:00,-1.00,9.00,,6299990000000000046,丁四",
      "6299990000000000053,2024-03-07 15:46:00,2.00,11.00,,6299990000000000046,丁四",
      "6299990000000000053,2024-03-07 15:47:00,1.00,10.00,,6299990000000000046,丁四",
      "6299990000000000053,2024-03-07 15:48:00,5.00,99.00,,6299990000000000046,丁四",
      "6299990000000000053,2024-03-07 15:49:00,5.00,99.00,横,6299990000000000046,丁四"
    )
    #expect(sink.transfers.map { $0.payer == Self.own } == [true, false, true])
    #expect(sink.transfers[0].amount == Money(fen: 100))
    #expect(
      sink.reasons == [
        "column \"收付标志\" is empty and no balance tells the direction",
        "column \"收付标志\" holds no direction",
      ]
    )
  }

  @Test func `clearing accounts of platforms are no persons`() throws {
    let sink = try read(
      "6299990000000000053,2024-03-07 15:45:00,1.00,,出,243300133,财付通-微信转账",
      "6299990000000000053,2024-03-07 15:45:00,1.00,,出,,支付宝（中国）网络技术有限公司",
      "6299990000000000053,2024-03-07 15:45:00,1.00,,出,,丙三"
    )
    #expect(sink.transfers.map { $0.payee?.scheme } == [.service, .service, .name])
    #expect(sink.transfers[2].payee?.value == "丙三#6299990000000000053")
  }

  @Test func `date and time may stand apart under other names`() throws {
    let sink = try importing(
      "查询卡号,交易日期,交易时间,交易金额,借贷标志,对方账号,对方户名\n"
        + "6299990000000000053_CNY,20240307,154500,1.00,贷,6299990000000000046,丁四\n"
        + "6299990000000000053_CNY,2024-03-07,15:45:01,1.00,贷,6299990000000000046,丁四\n"
        + "6299990000000000053_CNY,2024-03-07,,1.00,贷,6299990000000000046,丁四\n",
      as: "bank-transactions"
    )
    #expect(
      sink.transfers.map { $0.at?.shanghai } == [
        "2024-03-07 15:45:00", "2024-03-07 15:45:01", "2024-03-07 00:00:00",
      ]
    )
  }

  @Test func `a whole row inside one quoted cell is split again`() throws {
    let sink = try read(
      "\"6299990000000000053,2024-03-07 15:45:00,1.00,,进,6299990000000000046,\"\"丁四\"\"\""
    )
    #expect(sink.transfers.map(\.payer) == [Account(.card, "6299990000000000046")])
    #expect(sink.contacts.map(\.name) == ["丁四"])
  }

  @Test func `numbers that a spreadsheet damaged refuse the row`() throws {
    let sink = try read("6.29999E+18,2024-03-07 15:45:00,1.00,,进,6299990000000000046,丁四")
    #expect(sink.reasons == ["column \"交易卡号\" holds no number"])
  }
}
