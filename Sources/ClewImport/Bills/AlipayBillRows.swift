internal import ClewEvidence

/// Reads rows of an Alipay bill.
struct AlipayBillRows {
  private let columns: AlipayBillColumns
  private var parties: BillParties
  private var ownerName: String
  private var refunds = BillRefunds()
  private var hasNamedOwner = false

  /// Whose bill it is.
  var owner: Account { parties.owner }

  init(_ columns: AlipayBillColumns, _ parties: BillParties, ownerName: String) {
    self.columns = columns
    self.parties = parties
    self.ownerName = ownerName
  }

  /// Notes refunds that a payment tells itself, and the owner's name below the table.
  mutating func learn(_ row: TabularRow) {
    if ownerName.isEmpty, let name = Self.trailingName(row) { ownerName = name }
    guard let amount = Money(parsing: row.clean(columns.amount)) else { return }
    if let part = Money(parsing: row.clean(columns.refunded)), part.fen > 0 {
      refunds.tell(row.clean(columns.peer), part)
    } else if AlipayState.state(row.clean(columns.state)) == .failed {
      // A closed order that was paid before also has a row for the money that came back.
      refunds.tell(row.clean(columns.peer), amount)
    }
  }

  mutating func outcome(_ row: TabularRow) throws(RowFault) -> RowOutcome {
    if Self.isTrailer(row) {
      guard Self.trailingName(row) != nil, !hasNamedOwner else { return .skip("notes of the bill") }
      return .accept(ownEntry())
    }
    guard let amount = Money(parsing: row.clean(columns.amount)), amount.fen >= 0 else {
      throw .cell("金额", expected: "amount in yuan")
    }
    let paid = row.clean(columns.paid)
    guard let at = Timestamp(parsing: paid.isEmpty ? row.clean(columns.time) : paid) else {
      throw .cell("交易时间", expected: "time")
    }
    let name = row.clean(columns.peer)
    var state = AlipayState.state(row.clean(columns.state))
    let isIncome: Bool
    switch row.clean(columns.direction) {
    case "收入", "收": isIncome = true
    case "支出", "支": isIncome = false
    case "", "其他", "不计收支":
      switch state {
      case .failed: isIncome = false
      case .refund: isIncome = true
      default:
        let isOwn = name.isEmpty || name.utf8.elementsEqual(ownerName.utf8)
        return .skip(
          isOwn ? "between own accounts" : "neither income nor expense, direction unknown"
        )
      }
    default: throw .cell("收/支", expected: "收入 or 支出")
    }
    if state == .refund, refunds.explains(name, amount) {
      return .skip("refund that its payment tells")
    }
    let part = Money(parsing: row.clean(columns.refunded)).flatMap { $0.fen > 0 ? $0 : nil }
    if let part, part.fen >= amount.fen, state == .completed { state = .returned }
    let (peer, entry) = counterparty(row, name)
    var transfer = Transfer(
      payer: isIncome ? peer : owner,
      payee: isIncome ? owner : peer,
      amount: amount,
      at: at,
      channel: "alipay",
      memo: TenpayColumns.distinct([row.clean(columns.goods), row.clean(columns.remark)])
        .joined(separator: " "),
      ids: Self.ids(row.clean(columns.order), row.clean(columns.shopOrder), state),
      state: state
    )
    var items: [EvidenceItem] = [.transfer(transfer)]
    if let part, part.fen < amount.fen, state == .completed {
      (transfer.payer, transfer.payee) = (transfer.payee, transfer.payer)
      transfer.amount = part
      transfer.state = .refund
      items.append(.transfer(transfer))
    }
    return .accept(items + (hasNamedOwner ? [] : ownEntry()) + entry)
  }

  private mutating func ownEntry() -> [EvidenceItem] {
    hasNamedOwner = true
    guard !ownerName.isEmpty else { return [] }
    return [
      .contact(Contact(owner: owner, contact: owner, name: ownerName, nature: .registration))
    ]
  }

  /// A shop where the order has a shop's number, else a person known by name.
  private mutating func counterparty(
    _ row: TabularRow,
    _ name: String
  ) -> (account: Account?, entry: [EvidenceItem]) {
    let logon = row.clean(columns.peerLogon)
    if !row.clean(columns.shopOrder).isEmpty, !Self.isBetweenPersons(row.clean(columns.kind)) {
      let shop = BillParties.shop(name)
      return (shop, parties.entry(shop, name: name, nature: .counterparty))
    }
    let isMasked = AccountNormalizer.isMasked(logon)
    let known = isMasked ? nil : AccountNormalizer.alipayLogon(logon)
    if let known, known.scheme.isPersonal {
      return (known, parties.entry(known, name: name, nature: .counterparty))
    }
    let person = parties.person(name, mask: isMasked ? logon : "")
    return (
      person,
      parties.entry(person, name: name, mask: isMasked ? logon : "", nature: .counterparty)
    )
  }

  /// Whether a kind of order moves money between persons whatever its numbers.
  private static func isBetweenPersons(_ kind: String) -> Bool {
    ["转账", "红包", "亲友代付", "收钱码"].contains { TabularCell.holds(kind, $0) }
  }

  /// The order's number; of a refund also the number of the order that it takes back.
  private static func ids(_ order: String, _ shop: String, _ state: Transfer.State) -> [String] {
    var original = ""
    if state == .refund,
      let mark = order.utf8.firstIndex(where: { $0 == UInt8(ascii: "_") || $0 == 0x2A })
    {
      original = String(order[..<mark])
    }
    return TenpayColumns.distinct([order, original, shop])
  }

  private static let trailers = [
    "---", "共", "已收入", "待收入", "已支出", "待支出", "导出时间", "收入：", "支出：", "不计收支：", "特别提示",
    "收入:", "支出:", "不计收支:", "导出信息", "姓名", "支付宝账户", "起始时间", "导出交易类型",
  ]

  /// Whether a row is one of the lines that stand around the table.
  private static func isTrailer(_ row: TabularRow) -> Bool {
    let first = row.trimmed(0)
    let filled = (0..<row.count).count { !row.trimmed($0).isEmpty }
    guard filled <= 3 else { return false }
    if trailers.contains(where: { first.hasPrefix($0) }) { return true }
    // Numbered notes: `1.` or `1、`.
    let digits = first.utf8.prefix { (0x30...0x39).contains($0) }
    guard (1...2).contains(digits.count) else { return false }
    let rest = String(first.dropFirst(digits.count))
    return rest.hasPrefix("、") || (rest.hasPrefix(".") && rest.utf8.count > 8)
  }

  /// The name of 导出时间:[…]    用户:name.
  private static func trailingName(_ row: TabularRow) -> String? {
    guard row.trimmed(0).hasPrefix("导出时间") else { return nil }
    for cell in 0..<row.count {
      let parts = row.trimmed(cell).split(separator: "用户", maxSplits: 1)
      guard let rest = parts.last, parts.count == 2, let mark = rest.unicodeScalars.first,
        mark == ":" || mark == "\u{FF1A}"
      else { continue }
      let name = TabularCell.trim(String(rest.unicodeScalars.dropFirst()))
      if !name.isEmpty { return name }
    }
    return nil
  }
}
