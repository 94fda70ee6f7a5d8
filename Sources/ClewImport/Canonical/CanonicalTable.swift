internal import ClewEvidence

/// A row of a canonical table, its cells by the name of their column.
///
/// Cells that need no care (UTF-8 without quotes inside, no white space at the ends, no mark of a
/// spreadsheet in front) are read as the bytes that they are; all others as text, by the same rules.
struct CanonicalRow: CanonicalCells {
  let row: TabularRow
  let columns: CanonicalColumns
  /// What accounts the thread has met.
  let accounts: CellCache<Account>

  /// The text of a cell as it stands; `nil` where the table has no such column.
  func cell(_ column: CanonicalColumn) -> String? { columns.index(column).map { row.exact($0) } }

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

  /// The time in a cell; `nil` where the cell is empty.
  func time(_ column: CanonicalColumn) throws(RowFault) -> Timestamp? {
    if let range = plain(column), let time = Timestamp(isoBytes: row.raw[range]) { return time }
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let time = Timestamp(parsing: text) else { throw .cell(column.name, expected: "time") }
    return time
  }

  /// The amount in yuan in a cell; `nil` where the cell is empty.
  func amount(_ currency: String) throws(RowFault) -> Money? {
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
  ///
  /// `plain` makes what takes the rows that need no care; it says of them what the body would.
  func readTable(
    _ source: StagedSource,
    into sink: any UnitSink,
    known: [String],
    plain: @escaping @Sendable (CanonicalColumns, AccountShelf) -> (any PlainRows)? = { _, _ in nil
    },
    _ body: @escaping @Sendable (CanonicalRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    let table = try table(source, into: sink, known: known)
    let columns = CanonicalColumns(table.layout.columns)
    return try table.run(into: sink, makePlain: { plain(columns, $0) }) {
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
