internal import ClewEvidence

/// Reads the sheet 转账明细 of an Alipay return: payer and payee by their user ids.
struct AlipayTransfers: Importer {
  let format = "alipay-return-transfers"
  let title = "Alipay return: transfers"
  let version = 1

  private static let signature = TabularSignature(
    required: [["交易号"], ["付款方支付宝账号"], ["收款方支付宝账号"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let order = columns.index("交易号")
    let payer = columns.index("付款方支付宝账号")
    let payee = columns.index("收款方支付宝账号")
    let bank = columns.index("收款机构信息")
    let time = columns.index("到账时间", "交易时间")
    let amount = columns.index("转账金额(元)", "转账金额")
    let product = columns.index("转账产品名称")
    let withdrawal = columns.index("提现流水号")
    var names = NamesSeen()
    return try table.run(into: sink) { row throws(RowFault) in
      let from = AlipayParty(row.clean(payer))
      let to = AlipayParty(row.clean(payee)) ?? AlipayParty(row.clean(bank))
      guard from != nil || to != nil else {
        throw .cell("付款方支付宝账号", expected: "account")
      }
      guard let money = Money(parsing: row.clean(amount)), money.fen >= 0 else {
        throw .cell("转账金额（元）", expected: "amount in yuan")
      }
      guard let at = Timestamp(parsing: row.clean(time)) else {
        throw .cell("到账时间", expected: "time")
      }
      let transfer = Transfer(
        payer: from?.account, payee: to?.account, amount: money, at: at, channel: "alipay",
        memo: row.clean(product),
        ids: TenpayColumns.distinct([row.clean(order), row.clean(withdrawal)]))
      return .accept(
        [.transfer(transfer)] + names.contact(from?.account, from?.name ?? "", .counterparty)
          + names.contact(to?.account, to?.name ?? "", .counterparty))
    }
  }
}
