internal import ClewEvidence

/// Reads the sheet 余额明细 of an Alipay return: what moved the balance of an account.
///
/// A row bears the order number of the statement's row, so that both are one payment. It does not say
/// whether the order was completed; what moved the balance was paid. Taking out and paying in without
/// another account beside it moves the user's own money.
struct AlipayBalance: Importer {
  let format = "alipay-return-balance"
  let title = "Alipay return: balance"
  let version = 1

  private static let signature = TabularSignature(
    required: [["收入金额(+)(元)", "收入金额(元)"], ["支出金额(-)(元)", "支出金额(元)"], ["账户"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 85, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let places = Places(table.layout.columns)
    var names = NamesSeen()
    var hasOwner = false
    return try table.run(into: sink) { row throws(RowFault) in
      guard let user = AlipayParty(row.clean(places.user)) else {
        throw .cell("账户", expected: "account")
      }
      if !hasOwner, user.account.scheme == .alipay {
        hasOwner = true
        sink.setOwner(user.account)
      }
      let income = try Self.amount(row.clean(places.income), "收入金额")
      let outlay = try Self.amount(row.clean(places.outlay), "支出金额")
      guard income == 0 || outlay == 0 else {
        throw RowFault("both 收入金额 and 支出金额 hold an amount")
      }
      guard income + outlay > 0 else { return .skip("no movement") }
      let peer = AlipayParty(row.clean(places.peer))
      let kind = row.clean(places.kind)
      let isOwn = kind.contains("提现") || kind.contains("充值")
      if peer.map({ $0.account == user.account }) ?? isOwn { return .skip("own money") }
      guard let at = Timestamp(parsing: row.clean(places.time)) else {
        throw .cell("交易发生日期", expected: "time")
      }
      let transfer = Transfer(
        payer: income > 0 ? peer?.account : user.account,
        payee: income > 0 ? user.account : peer?.account,
        amount: Money(fen: income + outlay),
        at: at,
        channel: "alipay",
        memo: TenpayColumns.distinct([kind, row.clean(places.remark)]).joined(separator: " "),
        ids: TenpayColumns.distinct([row.clean(places.order)]),
        state: kind.contains("退款") || kind.contains("退回") ? .refund : .completed
      )
      return .accept(
        [.transfer(transfer)] + names.contact(user.account, user.name, .registration)
          + names.contact(peer?.account, peer?.name ?? "", .counterparty)
      )
    }
  }

  /// An amount in fen whose sign repeats its column's; 0 for an empty cell.
  private static func amount(_ text: String, _ column: String) throws(RowFault) -> Int64 {
    guard !text.isEmpty else { return 0 }
    guard let money = Money(parsing: text) else {
      throw .cell(column, expected: "amount in yuan")
    }
    return Int64(clamping: money.fen.magnitude)
  }

  private struct Places {
    let order, user, peer, time, income, outlay, kind, remark: Int?

    init(_ columns: TabularColumns) {
      order = columns.index("交易订单号/外部流水号", "交易订单号", "外部流水号")
      user = columns.index("账户")
      peer = columns.index("对方帐户", "对方账户")
      time = columns.index("交易发生日期", "银行处理日期")
      income = columns.index("收入金额(+)(元)", "收入金额(元)")
      outlay = columns.index("支出金额(-)(元)", "支出金额(元)")
      kind = columns.index("业务类型")
      remark = columns.index("备注")
    }
  }
}
