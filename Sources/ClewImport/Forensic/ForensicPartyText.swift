internal import ClewEvidence

/// One side of a call or message as spreadsheets of forensic tools write it: `From:  +86… Name`,
/// `wxid_… Name (owner)`.
struct ForensicPartyText {
  /// `from`, `to` or empty.
  let role: String
  let account: Account?
  let name: String
  let isOwner: Bool
  let isSystem: Bool
  /// Whether the cell holds nothing but a withheld number.
  let isWithheld: Bool

  /// Reads one line.
  init(_ line: String, _ app: ForensicApp) {
    var rest = TabularCell.trim(line)
    var role = ""
    for word in ["from", "to", "general", "participant"]
    where rest.lowercased().hasPrefix(word + ":") {
      role = word == "from" || word == "to" ? word : ""
      rest = TabularCell.trim(String(rest.dropFirst(word.count + 1)))
    }
    var isOwner = false
    for mark in ["(owner)", "（机主）", "(机主)"] where rest.lowercased().hasSuffix(mark) {
      isOwner = true
      rest = TabularCell.trim(String(rest.dropLast(mark.count)))
    }
    self.role = role
    self.isOwner = isOwner
    isSystem = rest.lowercased().hasPrefix("system message")
    let tokens = rest.split(separator: " ").map(String.init)
    // A number may hold spaces: the longest beginning that is one.
    let count =
      app.isPhone
      ? stride(from: min(tokens.count, 8), to: 0, by: -1).first { length in
        AccountNormalizer.phone(tokens[..<length].joined(separator: " ")) != nil
      } ?? min(tokens.count, 1) : min(tokens.count, 1)
    let identifier = tokens[..<count].joined(separator: " ")
    account = isSystem ? nil : app.account(identifier)
    name = tokens[count...].joined(separator: " ")
    isWithheld = ForensicNumber.isWithheld(identifier)
  }

  /// Reads the lines of a cell.
  static func parties(_ cell: String, _ app: ForensicApp) -> [ForensicPartyText] {
    cell.unicodeScalars.split { $0.value == 10 || $0.value == 13 }
      .map { ForensicPartyText(String($0), app) }
      .filter { $0.account != nil || !$0.name.isEmpty || $0.isSystem || $0.isWithheld }
  }

  /// Who called or wrote whom among the sides of a row; `nil` where the other number is withheld.
  static func ends(
    _ parties: [ForensicPartyText],
    owner: Account,
    words: [String]
  ) throws(RowFault) -> [(from: Account, to: Account)]? {
    let me = parties.first(where: \.isOwner)?.account ?? owner
    let others = parties.filter { !$0.isOwner }
    let known = others.filter { $0.account != nil }
    guard !known.isEmpty else {
      if others.allSatisfy(\.isWithheld) { return nil }
      throw .cell("Parties", expected: "number")
    }
    let senders = known.filter { $0.role == "from" }.compactMap(\.account)
    let receivers = known.filter { $0.role == "to" }.compactMap(\.account)
    if let sender = senders.first, !receivers.isEmpty { return receivers.map { (sender, $0) } }
    if !senders.isEmpty { return ForensicEnds.ends(senders, owner: me, isOut: false) }
    if !receivers.isEmpty { return ForensicEnds.ends(receivers, owner: me, isOut: true) }
    guard let isOut = words.lazy.compactMap(ForensicWords.isOutgoing).first else {
      throw RowFault("neither \"Parties\" nor \"Direction\" says who began")
    }
    return ForensicEnds.ends(known.compactMap(\.account), owner: me, isOut: isOut)
  }
}

/// Tables out of workbooks of forensic tools: a title, the header within the first rows, and dates
/// whose order the whole sheet shows.
struct ForensicSheet {
  let table: TabularImport
  let columns: TabularColumns
  let clock: ForensicTime
  let scope: String
  private let orderDecision: String?

  /// Opens the sheet and looks at all its dates.
  init(_ source: StagedSource, _ signature: TabularSignature, dates: [String]) throws {
    var order = ForensicDateOrder()
    let first = try TabularImport(source, signature)
    let places = dates.compactMap { first.layout.columns.index($0) }
    if !places.isEmpty {
      while let row = try first.reader.next() {
        guard row.fault == nil, row.line > first.layout.headerLine else { continue }
        for place in places { order.see(row.trimmed(place)) }
      }
    }
    table = try TabularImport(source, signature)
    columns = table.layout.columns
    clock = ForensicTime(order: order.order)
    orderDecision = order.decision
    scope = String(source.sha256.prefix(12))
  }

  /// Reads all rows; the file does not say whose device it is.
  func run(
    _ source: StagedSource,
    into sink: any UnitSink,
    _ body: (ForensicRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    ForensicOwner(source).report(to: sink, sign: "")
    if let orderDecision { sink.setDecision("order of day and month", orderDecision) }
    return try table.run(into: sink) { row throws(RowFault) in
      try body(ForensicRow(row, columns))
    }
  }

  /// The first date that a row holds under these names.
  func time(_ row: ForensicRow, _ names: [String]) throws(RowFault) -> Timestamp? {
    for name in names {
      let text = row.text(name)
      if text.isEmpty { continue }
      guard let time = clock.timestamp(text) else { throw .cell(name, expected: "time") }
      return time
    }
    return nil
  }

  /// A signature of such a sheet.
  static func signature(_ required: [[String]], forbidden: [String] = []) -> TabularSignature {
    TabularSignature(required: required, forbidden: forbidden, headerRows: 5)
  }
}
