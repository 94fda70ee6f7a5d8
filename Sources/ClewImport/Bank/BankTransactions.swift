internal import ClewEvidence

/// Reads bank statements as the police platforms return them (交易明细信息) and their aliases.
///
/// In bank bookkeeping 借 is money that leaves the account. A failed row is kept as a failed
/// transfer. Cash, fees and interest have no counterparty. The clearing accounts of payment
/// platforms are services, not persons. A counterparty with a name only is a name account bound to
/// the statement's account, so that equal names in two statements stay apart. A serial number is
/// unique only in its bank and therefore carries the account in front.
struct BankTransactions: Importer {
  let format = "bank-transactions"
  let title = "Bank statement"
  let version = 1

  private static let signature = TabularSignature(
    required: [
      BankColumns.own, BankColumns.times, BankColumns.amounts, BankColumns.directions,
      BankColumns.peers,
    ], forbidden: ["借贷类型", "对应的协查数据"])

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 80, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    var statement = BankStatement(BankColumns(table.layout.columns))
    var hasOwner = false
    let units = try table.run(into: sink) { row throws(RowFault) in
      let items = try statement.items(row)
      if !hasOwner, let own = statement.own {
        hasOwner = true
        sink.setOwner(own)
      }
      return .accept(items)
    }
    if statement.badIdentities > 0 {
      sink.setDecision(
        "identity numbers that fail their check", String(statement.badIdentities))
    }
    return units
  }
}

/// Reads rows one after the other; the balance of the row before may tell a direction.
private struct BankStatement {
  let columns: BankColumns
  private(set) var own: Account?
  private(set) var badIdentities = 0
  private var names = NamesSeen()
  private var links: Set<AccountLink> = []
  private var balance: (account: Account, fen: Int64)?

  init(_ columns: BankColumns) { self.columns = columns }

  mutating func items(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    let card = AccountNormalizer.bankNumber(row.clean(columns.card))
    let number = AccountNormalizer.bankNumber(row.clean(columns.account))
    guard let account = card ?? number else { throw .cell("交易卡号", expected: "number") }
    own = account
    let at = try columns.time(row)
    let currency = BankWords.currency(row.clean(columns.currency))
    guard let signed = Money(parsing: row.clean(columns.amount), currency: currency),
      signed.fen != .min
    else { throw .cell("交易金额", expected: "amount in yuan") }
    let isOut = try direction(row, account, signed.fen)
    let peer = peer(row, of: account)
    let transfer = Transfer(
      payer: isOut ? account : peer.account, payee: isOut ? peer.account : account,
      amount: Money(fen: abs(signed.fen), currency: currency), at: at, channel: "bank",
      memo: TenpayColumns.distinct([
        row.clean(columns.summary), row.clean(columns.remark), row.clean(columns.merchant),
      ]).joined(separator: " "),
      ids: Self.ids(row.clean(columns.serial), account),
      state: BankWords.state(row.clean(columns.success)))
    let holder = row.clean(columns.holder)
    return [.transfer(transfer)] + names.contact(account, holder, .registration)
      + names.contact(peer.account, peer.name, .counterparty)
      + link(account, number, holder)
      + link(account, identity(row.clean(columns.holderIdentity)), holder)
      + link(peer.isPerson ? peer.account : nil, identity(row.clean(columns.peerIdentity)), peer.name)
  }

  private static func ids(_ serial: String, _ account: Account) -> [String] {
    serial.isEmpty ? [] : ["\(account.value)/\(serial)"]
  }

  private mutating func identity(_ text: String) -> Account? {
    guard let checked = AccountNormalizer.identity(text) else { return nil }
    if !checked.isValid { badIdentities += 1 }
    return checked.account
  }

  private mutating func link(
    _ first: Account?, _ second: Account?, _ holder: String
  ) -> [EvidenceItem] {
    guard let first, let second, first != second else { return [] }
    let link = AccountLink(first, second, basis: .registration, holder: holder)
    guard !links.contains(link) else { return [] }
    if links.count < 1_000_000 { links.insert(link) }
    return [.accountLink(link)]
  }

  /// The word, else the sign, else the balance; a row that none of them explains is refused.
  private mutating func direction(
    _ row: TabularRow, _ account: Account, _ fen: Int64
  ) throws(RowFault) -> Bool {
    let after = Money(parsing: row.clean(columns.balance))?.fen
    let before = balance
    if let after { balance = (account, after) }
    let word = row.clean(columns.direction)
    if let isOut = BankWords.isOut(word) { return isOut }
    // `-` means nothing to other cells, so look at the cell itself.
    if columns.direction.map({ row.trimmed($0) }) == "-" { return true }
    guard word.isEmpty else { throw .cell("收付标志", expected: "direction") }
    if fen < 0 { return true }
    if let after, let before, before.account == account {
      let (change, isOverflow) = after.subtractingReportingOverflow(before.fen)
      if !isOverflow, change == fen { return false }
      if !isOverflow, change == -fen { return true }
    }
    throw RowFault("column \"收付标志\" is empty and no balance tells the direction")
  }

  private func peer(
    _ row: TabularRow, of account: Account
  ) -> (account: Account?, name: String, isPerson: Bool) {
    let name = row.clean(columns.peerName)
    let number = AccountNormalizer.bankNumber(row.clean(columns.peer))
    if BankWords.isPlatform(name) || (name.isEmpty && BankWords.isPlatform(row.clean(columns.peer))) {
      let text = name.isEmpty ? row.clean(columns.peer) : name
      return (Account(.service, text), "", false)
    }
    if let number { return (number, name, true) }
    if name.isEmpty { return (nil, "", false) }
    return (Account(.name, "\(name)#\(account.value)"), name, true)
  }
}
