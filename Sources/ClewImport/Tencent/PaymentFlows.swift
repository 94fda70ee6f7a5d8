internal import ClewEvidence

/// Reads 支付流水汇总, in which Tencent and other payment firms answer: payer and payee in columns.
///
/// The accounts are those of the firm, else bank cards, else the shop's name. The amounts are yuan
/// unless the header says 分. 出 and 入 tell which side was asked for.
struct PaymentFlows: Importer {
  let format = "payment-flows"
  let title = "Payment firm's return: list of payments (支付流水)"
  let version = 1

  private static let payees = names(
    "收款方的支付帐号",
    "收款方的支付账号",
    "收款支付帐号",
    "收款支付账号",
    "收款方支付帐号",
    "收款方支付账号"
  )
  private static let payers = names(
    "付款方的支付帐号",
    "付款方的支付账号",
    "付款支付帐号",
    "付款支付账号",
    "付款方支付帐号",
    "付款方支付账号"
  )
  private static let directions = names("交易主体的出入账标识", "出入账标识")
  private static let signature = TabularSignature(
    required: [directions, payees, payers, names("交易时间")]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let places = Places(table.layout.columns)
    var names = NamesSeen()
    var owner: Account?
    sink.setDecision("unit of amounts", places.isFen ? "fen, by the header" : "yuan")
    return try table.run(into: sink) { row throws(RowFault) in
      let isOut = try Self.isOut(row.clean(places.direction))
      let shop = row.clean(places.payeeShop)
      let payer =
        try Self.account(row.clean(places.payer), "付款方的支付帐号")
        ?? AccountNormalizer.bankNumber(row.clean(places.payerCard))
        ?? BillParties.shop(row.clean(places.payerShop))
      let payee =
        try Self.account(row.clean(places.payee), "收款方的支付帐号")
        ?? AccountNormalizer.bankNumber(row.clean(places.payeeCard)) ?? BillParties.shop(shop)
      guard payer != nil || payee != nil else {
        throw .cell("付款方的支付帐号", expected: "account")
      }
      let text = row.clean(places.amount)
      guard let amount = places.isFen ? Money(fenText: text) : Money(parsing: text), amount.fen >= 0
      else { throw .cell("交易金额", expected: "amount") }
      guard let at = Timestamp(parsing: row.clean(places.time)) else {
        throw .cell("交易时间", expected: "time")
      }
      if owner == nil, let own = isOut ? payer : payee, own.scheme.isPersonal {
        owner = own
        sink.setOwner(own)
      }
      let kind = row.clean(places.kind)
      let memo = TenpayColumns.distinct([row.clean(places.remark), kind]).joined(separator: " ")
      let transfer = Transfer(
        payer: payer,
        payee: payee,
        amount: Money(fen: amount.fen, currency: BankWords.currency(row.clean(places.currency))),
        at: at,
        channel: TabularCell.holds(memo, "红包") ? "wechat-redpacket" : Self.channel(payer, payee),
        memo: memo,
        ids: TenpayColumns.distinct([row.clean(places.order), row.clean(places.serial)])
      )
      return .accept(
        [.transfer(transfer)] + names.contact(payee, shop, .counterparty)
          + names.contact(payer, row.clean(places.payerShop), .counterparty)
      )
    }
  }

  /// The names with and without the star that marks columns that must be filled in.
  fileprivate static func names(_ names: String...) -> [String] { names + names.map { "*" + $0 } }

  /// 出 is money that leaves the account that was asked for.
  private static func isOut(_ text: String) throws(RowFault) -> Bool {
    switch text {
    case "出", "出账", "借", "支出", "付": return true
    case "入", "进", "入账", "进账", "贷", "收入", "收": return false
    default: throw .cell("交易主体的出入账标识", expected: "出 or 入")
    }
  }

  /// An account of the firm: an Alipay user, a mobile number, else what Tenpay writes.
  private static func account(_ text: String, _ column: String) throws(RowFault) -> Account? {
    if text.isEmpty { return nil }
    if let alipay = AccountNormalizer.alipay(text) { return alipay }
    if text.utf8.count == 11, let phone = PhoneNumber.person(text) { return phone }
    guard let account = AccountNormalizer.tenpay(text) else {
      throw .cell(column, expected: "account")
    }
    return account
  }

  private static func channel(_ payer: Account?, _ payee: Account?) -> String {
    let schemes = [payer?.scheme, payee?.scheme]
    if schemes.contains(.alipay) { return "alipay" }
    let isTencent = [.wechat, .tenpay, .qq].contains { schemes.contains($0) }
    return isTencent ? "wechat" : "payment-firm"
  }

  private struct Places {
    let direction, payer, payerCard, payerShop, payee, payeeCard, payeeShop: Int?
    let time, currency, order, serial, kind, remark, amount: Int?
    let isFen: Bool

    init(_ columns: TabularColumns) {
      func index(_ names: [String]) -> Int? { columns.index(anyOf: names) }
      direction = index(PaymentFlows.directions)
      payer = index(PaymentFlows.payers)
      payee = index(PaymentFlows.payees)
      payerCard = index(PaymentFlows.names("付款方银行卡所属银行卡号", "付款银行卡号", "付款方银行卡号"))
      payeeCard = index(PaymentFlows.names("收款方银行卡所属银行卡号", "收款银行卡号", "收款方银行卡号"))
      payerShop = index(PaymentFlows.names("付款方的商户名称", "付款方商户名称"))
      payeeShop = index(PaymentFlows.names("收款方的商户名称", "收款方商户名称"))
      time = index(PaymentFlows.names("交易时间"))
      currency = index(PaymentFlows.names("币种", "交易币种"))
      order = index(PaymentFlows.names("支付订单号", "订单号"))
      serial = index(PaymentFlows.names("交易流水号", "流水号"))
      kind = index(PaymentFlows.names("交易类型"))
      remark = index(PaymentFlows.names("备注"))
      let fen = index(PaymentFlows.names("交易金额(分)"))
      amount = fen ?? index(PaymentFlows.names("交易金额(元)", "交易金额"))
      isFen = fen != nil
    }
  }
}
