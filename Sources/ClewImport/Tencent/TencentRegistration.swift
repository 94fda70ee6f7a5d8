internal import ClewEvidence

/// Reads `TenpayRegInfo.txt`, the registration of an account in a Tencent return.
///
/// A row whose first six cells are empty adds a card to the account above. The second table, headed
/// 注销信息, holds earlier holders of the same account: they become links that have ended. A card
/// that is no longer bound is a hint only. A file of one sentence says that there is no such
/// account: one unit, skipped.
struct TencentRegistration: Importer {
  let format = "tencent-registration"
  let title = "Tencent return: registration (TenpayRegInfo)"
  let version = 1

  private static let words = ["账户状态", "注册身份证号", "注销信息", "不存在", "数据错误"]

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let decision = Self.decide(source) else { return nil }
    let head = decision.plainHead(source.head, isWhole: Int64(source.head.count) >= source.bytes)
    let encoding: TextEncoding = decision.encoding == .gb18030 ? .gb18030 : .utf8
    let reader = TabularReader(TextWindow(plain: head), encoding: encoding, dialect: .plainTab)
    for _ in 0..<40 {
      guard let row = try? reader.next() else { return nil }
      if Self.isSentence(row) {
        return Recognition(confidence: 80, sign: "sentence: no such account")
      }
      if RegistrationTable(TabularColumns(row)) != nil {
        return Recognition(confidence: 90, sign: "header 账号, 注册姓名, 注册身份证号")
      }
    }
    return nil
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let decision = Self.decide(source) else {
      throw ImportError.undecodable(
        path: source.displayPath, reason: "no known encoding shows the words of a registration")
    }
    let reader = TabularReader(
      try TextWindow(source, decision), encoding: decision.encoding, dialect: .plainTab)
    var state = RegistrationState()
    var headers: Int64 = 0
    while let row = try reader.next() {
      let position = UnitPosition(row: row.line, offset: row.offset)
      if let fault = row.fault {
        try sink.reject(
          at: position, bytes: reader.sourceBytes(of: row), reason: fault.reason)
      } else if row.isBlank {
        try sink.skip(at: position, rule: "blank row")
      } else if let table = RegistrationTable(TabularColumns(row)) {
        headers += 1
        state.table = table
      } else if row.count == 1, row.clean(0) == "注销信息" {
        try sink.skip(at: position, rule: "title of the cancelled registrations")
      } else if Self.isSentence(row) {
        try sink.skip(at: position, rule: "queried, no such account")
      } else {
        let items: [EvidenceItem]
        do {
          items = try state.items(row)
        } catch {
          try sink.reject(
            at: position, bytes: reader.sourceBytes(of: row), reason: error.reason)
          continue
        }
        if let owner = state.owner { sink.setOwner(owner) }
        try sink.accept(items, at: position, original: .text(row.text))
      }
    }
    sink.setDecision("encoding", reader.encodingSummary)
    if state.badIdentities > 0 {
      sink.setDecision("identity numbers that fail their check", String(state.badIdentities))
    }
    return reader.rowsRead - headers
  }

  private static func decide(_ source: StagedSource) -> TextDecision? {
    source.tables == nil ? TextDecision.decide(head: source.head, words: words) : nil
  }

  /// `账号…不存在` or `帐号数据错误`, alone on its line.
  private static func isSentence(_ row: TabularRow) -> Bool {
    guard row.count == 1, row.raw.count <= 512 else { return false }
    let text = row.clean(0)
    let isAbout = text.hasPrefix("账号") || text.hasPrefix("帐号")
    return isAbout && (text.hasSuffix("不存在") || text.contains("数据错误"))
  }
}

/// Where the columns of one of the two registration tables stand.
private struct RegistrationTable {
  let status, account, name, registered, identity, phone, bound, bank, card: Int?
  let cancelled, boundAt, unboundAt: Int?

  init?(_ columns: TabularColumns) {
    account = columns.index("账号", "帐号")
    name = columns.index("注册姓名")
    identity = columns.index("注册身份证号")
    registered = columns.index("注册时间")
    guard account != nil, name != nil, identity != nil else { return nil }
    status = columns.index("账户状态", "帐户状态")
    phone = columns.index("绑定手机")
    bound = columns.index("绑定状态")
    bank = columns.index("开户行信息")
    card = columns.index("银行账号", "银行帐号")
    cancelled = columns.index("注销时间")
    boundAt = columns.index("绑定时间")
    unboundAt = columns.index("解绑时间")
  }
}

/// What a row means depends on the table that it stands in and on the account above it.
private struct RegistrationState {
  var table: RegistrationTable?
  private(set) var owner: Account?
  private(set) var badIdentities = 0
  private var current: (account: Account, name: String)?

  mutating func items(_ row: TabularRow) throws(RowFault) -> [EvidenceItem] {
    guard let table else { throw RowFault("a row before any header") }
    let text = row.clean(table.account)
    if text.isEmpty {
      guard table.cancelled == nil, let current,
        row.clean(table.name).isEmpty, row.clean(table.identity).isEmpty
      else { throw .cell("账号", expected: "account") }
      let links = try card(row, table, current.account, current.name)
      guard !links.isEmpty else { throw .cell("银行账号", expected: "number") }
      return links
    }
    guard let account = AccountNormalizer.tenpay(text) else {
      throw .cell("账号", expected: "account")
    }
    if owner == nil { owner = account }
    let name = row.clean(table.name)
    let start = try time(row, table.registered, "注册时间")
    let end = try time(row, table.cancelled, "注销时间")
    if table.cancelled == nil { current = (account, name) }
    var items: [EvidenceItem] = [
      .contact(
        Contact(
          owner: nil, contact: account, name: name,
          nature: table.cancelled == nil ? .registration : .deleted))
    ]
    let identityText = row.clean(table.identity)
    if !identityText.isEmpty {
      guard let checked = AccountNormalizer.identity(identityText) else {
        throw .cell("注册身份证号", expected: "identity number of 15 or 18 characters")
      }
      if !checked.isValid { badIdentities += 1 }
      items.append(
        .accountLink(
          AccountLink(
            account, checked.account, basis: .registration, validFrom: start, validUntil: end,
            holder: name)))
    }
    if let phone = AccountNormalizer.phone(row.clean(table.phone)) {
      items.append(
        .accountLink(AccountLink(account, phone, basis: .bound, holder: name)))
    }
    return items + (try card(row, table, account, name))
  }

  private func card(
    _ row: TabularRow, _ table: RegistrationTable, _ account: Account, _ name: String
  ) throws(RowFault) -> [EvidenceItem] {
    guard let card = AccountNormalizer.bankNumber(row.clean(table.card)) else { return [] }
    let unbound = try time(row, table.unboundAt, "解绑时间")
    let cancelled = try time(row, table.cancelled, "注销时间")
    let isUnbound = ["解绑", "未绑", "解除"].contains { row.clean(table.bound).contains($0) }
    return [
      .accountLink(
        AccountLink(
          account, card, basis: isUnbound ? .mention : .bound,
          validFrom: try time(row, table.boundAt, "绑定时间"),
          validUntil: unbound ?? cancelled, holder: name))
    ]
  }

  private func time(
    _ row: TabularRow, _ column: Int?, _ name: String
  ) throws(RowFault) -> Timestamp? {
    let text = row.clean(column)
    if text.isEmpty { return nil }
    guard let time = Timestamp(parsing: text) else { throw .cell(name, expected: "time") }
    return time
  }
}
