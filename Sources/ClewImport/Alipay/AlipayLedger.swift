internal import ClewEvidence

/// Reads the sheet 账户明细 of an Alipay return: the orders of an account.
///
/// 收入 and 支出 are seen from the user's side. A closed order without either is a failed payment by
/// the user; a finished one without either moved money between the user's own accounts and is
/// skipped.
struct AlipayLedger: Importer {
  let format = "alipay-return-ledger"
  let title = "Alipay return: account statement"
  let version = 1

  private static let signature = TabularSignature(
    required: [["交易号"], ["用户信息"], ["交易对方信息"], ["收/支"]])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let places = Places(table.layout.columns)
    var names = NamesSeen()
    var hasOwner = false
    return try table.run(into: sink) { row throws(RowFault) in
      guard let user = AlipayParty(row.clean(places.user)) else {
        throw .cell("用户信息", expected: "account")
      }
      if !hasOwner, user.account.scheme == .alipay {
        hasOwner = true
        sink.setOwner(user.account)
      }
      let peer = AlipayParty(row.clean(places.peer))
      let state = AlipayState.state(row.clean(places.state))
      let isIncome: Bool
      switch row.clean(places.direction) {
      case "收入", "收": isIncome = true
      case "支出", "支": isIncome = false
      case "", "其他", "不计收支":
        guard state == .failed else { return .skip("neither income nor expense") }
        isIncome = false
      default: throw .cell("收/支", expected: "收入 or 支出")
      }
      guard let amount = Money(parsing: row.clean(places.amount)), amount.fen >= 0 else {
        throw .cell("金额（元）", expected: "amount in yuan")
      }
      let paid = row.clean(places.paid)
      guard let at = Timestamp(parsing: paid.isEmpty ? row.clean(places.created) : paid) else {
        throw .cell("付款时间", expected: "time")
      }
      let transfer = Transfer(
        payer: isIncome ? peer?.account : user.account,
        payee: isIncome ? user.account : peer?.account, amount: amount, at: at,
        channel: "alipay",
        memo: TenpayColumns.distinct([row.clean(places.goods), row.clean(places.remark)])
          .joined(separator: " "),
        ids: TenpayColumns.distinct([row.clean(places.order), row.clean(places.shopOrder)]),
        state: state)
      return .accept(
        [.transfer(transfer)] + names.contact(user.account, user.name, .registration)
          + names.contact(peer?.account, peer?.name ?? "", .counterparty))
    }
  }

  private struct Places {
    let order, shopOrder, created, paid, user, peer, goods, amount, direction, state, remark: Int?

    init(_ columns: TabularColumns) {
      order = columns.index("交易号")
      shopOrder = columns.index("商户订单号", "商家订单号")
      created = columns.index("交易创建时间", "创建时间")
      paid = columns.index("付款时间")
      user = columns.index("用户信息")
      peer = columns.index("交易对方信息")
      goods = columns.index("消费名称", "商品名称")
      amount = columns.index("金额(元)", "金额", "交易金额(元)")
      direction = columns.index("收/支")
      state = columns.index("交易状态")
      remark = columns.index("备注")
    }
  }
}
