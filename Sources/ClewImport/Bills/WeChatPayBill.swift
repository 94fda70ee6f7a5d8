internal import ClewEvidence

/// Reads the bill that a user exports from WeChat Pay (微信支付账单), as CSV or as a sheet.
///
/// The owner is known by nickname only. 支出 is money that the owner pays, 收入 money that he gets;
/// rows with neither move money between the owner's own accounts and are passed over. Both order
/// numbers are kept, by which the same payment is found in chats and returns. A red packet to a
/// group is one row without receivers.
struct WeChatPayBill: Importer {
  let format = "wechat-pay-bill"
  let title = "WeChat Pay bill (微信支付账单)"
  let version = 1

  private static let signature = TabularSignature(
    required: [["交易单号"], ["交易类型"], ["交易对方"], ["收/支"], ["当前状态"]],
    forbidden: ["用户id", "对应的协查数据"]
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let preamble = TabularPreamble(source, table.layout)
    let nickname = preamble.value(of: "微信昵称", "昵称") ?? ""
    var rows = WeChatPayRows(
      WeChatPayColumns(table.layout.columns),
      BillParties(nickname: nickname, source),
      nickname: nickname
    )
    _ = try TabularImport(source, Self.signature).run(into: SilentSink()) { row throws(RowFault) in
      rows.learn(row)
      return .skip("")
    }
    sink.setOwner(rows.owner)
    sink.setDecision(
      "owner",
      nickname.isEmpty
        ? "not stated: the owner stands under a name that never merges"
        : "known by nickname only, which never merges"
    )
    return try table.run(into: sink) { row throws(RowFault) in try rows.outcome(row) }
  }
}

/// Where the columns of a WeChat Pay bill stand.
struct WeChatPayColumns {
  let time, kind, peer, goods, direction, amount, state, order, shopOrder, remark: Int?

  init(_ columns: TabularColumns) {
    time = columns.index("交易时间")
    kind = columns.index("交易类型")
    peer = columns.index("交易对方")
    goods = columns.index("商品")
    direction = columns.index("收/支")
    amount = columns.index("金额(元)", "金额")
    state = columns.index("当前状态")
    order = columns.index("交易单号")
    shopOrder = columns.index("商户单号")
    remark = columns.index("备注")
  }
}

/// Reads rows of a WeChat Pay bill.
private struct WeChatPayRows {
  let columns: WeChatPayColumns
  private var parties: BillParties
  private let nickname: String
  private var refunds = BillRefunds()
  private var hasNamedOwner = false

  var owner: Account { parties.owner }

  init(_ columns: WeChatPayColumns, _ parties: BillParties, nickname: String) {
    self.columns = columns
    self.parties = parties
    self.nickname = nickname
  }

  /// Notes what the state of a payment says of its refund.
  mutating func learn(_ row: TabularRow) {
    guard let amount = Money(parsing: row.clean(columns.amount)), amount.fen >= 0,
      !Self.isRefund(row.clean(columns.kind))
    else { return }
    let name = row.clean(columns.peer)
    switch WeChatPayState(row.clean(columns.state), amount) {
    case .returned: refunds.tell(name, amount)
    case .partly(let part): refunds.tell(name, part)
    default: break
    }
  }

  mutating func outcome(_ row: TabularRow) throws(RowFault) -> RowOutcome {
    let isIncome: Bool
    switch row.clean(columns.direction) {
    case "收入", "收": isIncome = true
    case "支出", "支": isIncome = false
    case "", "中性交易", "其他": return .skip("neither income nor expense")
    default: throw .cell("收/支", expected: "收入 or 支出")
    }
    guard let amount = Money(parsing: row.clean(columns.amount)), amount.fen >= 0 else {
      throw .cell("金额(元)", expected: "amount in yuan")
    }
    guard let at = Timestamp(parsing: row.clean(columns.time)) else {
      throw .cell("交易时间", expected: "time")
    }
    let kind = row.clean(columns.kind)
    let name = row.clean(columns.peer)
    let isRefund = Self.isRefund(kind)
    if isRefund, refunds.explains(name, amount) {
      return .skip("refund that its payment tells")
    }
    let isShop = Self.isShop(kind)
    let peer = isShop ? BillParties.shop(name) : parties.person(name, mask: "")
    let state = WeChatPayState(row.clean(columns.state), amount)
    var transfer = Transfer(
      payer: isIncome ? peer : owner,
      payee: isIncome ? owner : peer,
      amount: amount,
      at: at,
      channel: TabularCell.holds(kind, "红包") ? "wechat-redpacket" : "wechat",
      memo: memo(row),
      ids: TenpayColumns.distinct([row.clean(columns.order), row.clean(columns.shopOrder)]),
      state: isRefund ? .refund : state.transferState
    )
    var items: [EvidenceItem] = [.transfer(transfer)]
    if case .partly(let part) = state, !isRefund {
      (transfer.payer, transfer.payee) = (transfer.payee, transfer.payer)
      transfer.amount = part
      transfer.state = .refund
      items.append(.transfer(transfer))
    }
    if !hasNamedOwner, !nickname.isEmpty {
      hasNamedOwner = true
      items.append(
        .contact(Contact(owner: owner, contact: owner, name: nickname, nature: .own))
      )
    }
    // A person's name on this bill is a nickname or the owner's remark, a shop's is its sign.
    return .accept(
      items + parties.entry(peer, name: name, nature: isShop ? .counterparty : .stranger)
    )
  }

  /// The payer's note, what was bought, and the remark.
  private func memo(_ row: TabularRow) -> String {
    var goods = row.clean(columns.goods)
    for mark in ["转账备注:", "转账备注："] where goods.hasPrefix(mark) {
      goods = String(goods.dropFirst(mark.count))
    }
    return TenpayColumns.distinct([goods, row.clean(columns.remark)]).joined(separator: " ")
  }

  private static func isRefund(_ kind: String) -> Bool { kind.hasSuffix("退款") }

  /// Whether the kind of a row says that the counterparty is a shop; a collection code is not one.
  private static func isShop(_ kind: String) -> Bool {
    ["商户", "消费", "缴费", "充值", "信用卡还款"].contains { TabularCell.holds(kind, $0) }
  }
}

/// What 当前状态 says of a payment.
enum WeChatPayState: Equatable {
  case completed, sent, failed, returned
  /// A part went back.
  case partly(Money)

  /// Reads the state; an unknown word says only that the money was sent.
  init(_ text: String, _ amount: Money) {
    func holds(_ words: String...) -> Bool { words.contains { TabularCell.holds(text, $0) } }
    if holds("已退款("), let part = Self.part(text) {
      self = part.fen >= amount.fen ? .returned : .partly(part)
    } else if holds("已退款（"), let part = Self.part(text) {
      self = part.fen >= amount.fen ? .returned : .partly(part)
    } else if holds("全额退款", "已退还", "已退款", "退回") {
      self = .returned
    } else if holds("失败", "关闭", "取消", "撤销") {
      self = .failed
    } else if holds("已收钱", "已存入", "支付成功", "已到账", "充值完成", "已收款", "已领取", "完成") {
      self = .completed
    } else {
      self = .sent
    }
  }

  var transferState: Transfer.State {
    switch self {
    case .completed, .partly: .completed
    case .sent: .sent
    case .failed: .failed
    case .returned: .returned
    }
  }

  /// The amount in the brackets of 已退款(￥1.00).
  private static func part(_ text: String) -> Money? {
    let parts = text.unicodeScalars.split { "()\u{FF08}\u{FF09}".unicodeScalars.contains($0) }
    return parts.count < 2 ? nil : Money(parsing: String(parts[1]))
  }
}
