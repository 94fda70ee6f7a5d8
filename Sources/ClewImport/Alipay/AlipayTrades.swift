internal import ClewEvidence

/// Reads the sheet 交易记录 of an Alipay return: orders with buyer and seller.
struct AlipayTrades: Importer {
  let format = "alipay-return-trades"
  let title = "Alipay return: orders"
  let version = 1

  private static let signature = TabularSignature(
    required: [["交易号"], ["买家用户id"], ["卖家用户id"], ["交易状态"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let ids = [columns.index("交易号"), columns.index("外部交易号")]
    let state = columns.index("交易状态")
    let buyer = columns.index("买家用户id")
    let buyerName = columns.index("买家信息")
    let seller = columns.index("卖家用户id")
    let sellerName = columns.index("卖家信息")
    let amount = columns.index("交易金额(元)", "交易金额")
    let paid = columns.index("收款时间")
    let created = columns.index("创建时间")
    let goods = columns.index("商品名称")
    var names = NamesSeen()
    return try table.run(into: sink) { row throws(RowFault) in
      let from = AlipayParty(row.clean(buyer))
      let to = AlipayParty(row.clean(seller))
      guard from != nil || to != nil else { throw .cell("买家用户id", expected: "account") }
      guard let money = Money(parsing: row.clean(amount)), money.fen >= 0 else {
        throw .cell("交易金额（元）", expected: "amount in yuan")
      }
      let text = row.clean(paid)
      guard let at = Timestamp(parsing: text.isEmpty ? row.clean(created) : text) else {
        throw .cell("收款时间", expected: "time")
      }
      let transfer = Transfer(
        payer: from?.account, payee: to?.account, amount: money, at: at, channel: "alipay",
        memo: row.clean(goods), ids: TenpayColumns.distinct(ids.map { row.clean($0) }),
        state: AlipayState.state(row.clean(state)))
      return .accept(
        [.transfer(transfer)]
          + names.contact(from?.account, Self.name(row.clean(buyerName)), .counterparty)
          + names.contact(to?.account, Self.name(row.clean(sellerName)), .counterparty))
    }
  }

  /// 买家信息 is a name or repeats `2088…(name)`.
  private static func name(_ text: String) -> String {
    AccountNormalizer.alipayHolder(text)?.name ?? text
  }
}
