internal import ClewEvidence

/// A row of a canonical table, its cells by the name of their column.
///
/// Cells that need no care (UTF-8 without quotes inside, no white space at the ends, no mark of a
/// spreadsheet in front) are read as the bytes that they are; all others as text, by the same rules.
struct CanonicalRow {
  let row: TabularRow
  let columns: CanonicalColumns
  /// What accounts the thread has met.
  let accounts: CellCache<Account>

  /// The text of a cell; empty where the column is missing.
  func text(_ column: CanonicalColumn) -> String {
    guard let index = columns.index(column) else { return "" }
    return unescaped(row.trimmed(index))
  }

  /// The text of a cell with the white space around it: what somebody wrote is not trimmed.
  func exact(_ column: CanonicalColumn) -> String {
    guard let index = columns.index(column) else { return "" }
    return unescaped(row.exact(index))
  }

  /// Takes off the apostrophe that `clew export` puts before what a spreadsheet might compute.
  private func unescaped(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "'"), let index = columns.index(.escaped),
      row.trimmed(index) == "1"
    else { return text }
    return String(text.unicodeScalars.dropFirst())
  }

  /// Where the bytes of a cell lie in the row, if they are its text as they stand.
  private func plain(_ column: CanonicalColumn) -> Range<Int>? {
    columns.index(column).flatMap { row.plainRange($0) }
  }

  /// The account in a cell; `nil` where the cell is empty.
  func account(_ column: CanonicalColumn) throws(RowFault) -> Account? {
    if let range = plain(column) {
      return try accounts.value(of: row.raw, range) { () throws(RowFault) in
        guard let account = AccountNormalizer.canonical(self.text(column)) else {
          throw .cell(column.name, expected: "account of its scheme")
        }
        return account
      }
    }
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let account = AccountNormalizer.canonical(text) else {
      throw .cell(column.name, expected: "account of its scheme")
    }
    return account
  }

  /// The account in a cell that must not be empty.
  func requiredAccount(_ column: CanonicalColumn) throws(RowFault) -> Account {
    guard let account = try account(column) else {
      throw .cell(column.name, expected: "account")
    }
    return account
  }

  /// The group in a cell; `nil` where the cell is empty.
  func group(_ column: CanonicalColumn) throws(RowFault) -> Account? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let group = AccountNormalizer.canonicalGroup(text) else {
      throw .cell(column.name, expected: "group")
    }
    return group
  }

  /// The time in a cell; `nil` where the cell is empty.
  func time(_ column: CanonicalColumn = .time) throws(RowFault) -> Timestamp? {
    if let range = plain(column), let time = Timestamp(isoBytes: row.raw[range]) { return time }
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let time = Timestamp(parsing: text) else { throw .cell(column.name, expected: "time") }
    return time
  }

  /// The amount in yuan in a cell; `nil` where the cell is empty.
  func amount(_ currency: String = "CNY") throws(RowFault) -> Money? {
    if let range = plain(.amount), let fen = Money.fen(plainBytes: row.raw[range]) {
      return Money(fen: fen, currency: currency)
    }
    let text = text(.amount)
    guard !text.isEmpty else { return nil }
    guard let money = Money(parsing: text, currency: currency), money.fen >= 0 else {
      throw .cell("amount", expected: "amount in yuan with at most two decimals")
    }
    return money
  }

  /// A whole number from 0 on; `nil` where the cell is empty.
  func count(_ column: CanonicalColumn) throws(RowFault) -> Int64? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let count = Int64(text), count >= 0 else {
      throw .cell(column.name, expected: "whole number")
    }
    return count
  }

  /// The platform that an account belongs to.
  static func platform(_ account: Account?) -> String {
    switch account?.scheme {
    case .wechat, .wechatGroup: "wechat"
    case .qq, .qqGroup: "qq"
    case .phone: "phone"
    case .alipay: "alipay"
    case .telegram: "telegram"
    case .email: "email"
    default: ""
    }
  }
}

/// What the importers of the canonical tables share: the header is the first row, UTF-8 is meant.
protocol CanonicalImporter: Importer {
  /// By which columns the table is known.
  var signature: TabularSignature { get }
}

extension CanonicalImporter {
  var version: Int { 2 }

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, signature).map { _ in
      Recognition(confidence: 60, sign: signature.sign)
    }
  }

  /// Reads the rows, each judged by itself; columns beyond `known` are named in the decisions and
  /// stay in the originals.
  func readTable(
    _ source: StagedSource,
    into sink: any UnitSink,
    known: [String],
    _ body: @escaping @Sendable (CanonicalRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    let table = try table(source, into: sink, known: known)
    let columns = CanonicalColumns(table.layout.columns)
    return try table.run(into: sink) {
      let accounts = CellCache<Account>()
      return { row throws(RowFault) in
        try body(CanonicalRow(row: row, columns: columns, accounts: accounts))
      }
    }
  }

  /// Reads the rows in their order: `body` may remember what it saw.
  func readInOrder(
    _ source: StagedSource,
    into sink: any UnitSink,
    known: [String],
    _ body: (CanonicalRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    let table = try table(source, into: sink, known: known)
    let columns = CanonicalColumns(table.layout.columns)
    let accounts = CellCache<Account>()
    return try table.run(into: sink) { row throws(RowFault) in
      try body(CanonicalRow(row: row, columns: columns, accounts: accounts))
    }
  }

  private func table(
    _ source: StagedSource,
    into sink: any UnitSink,
    known: [String]
  ) throws -> TabularImport {
    let table = try TabularImport(source, signature)
    let known = known + ["escaped"]
    let unknown = table.layout.columns.names.filter { !known.contains($0) && !$0.isEmpty }
    if !unknown.isEmpty {
      sink.setDecision("columns kept in the original only", unknown.joined(separator: ", "))
    }
    return table
  }

  /// A signature whose header is the first row.
  static func header(_ required: [[String]], forbidden: [String] = []) -> TabularSignature {
    TabularSignature(required: required, forbidden: forbidden, headerRows: 1)
  }
}
