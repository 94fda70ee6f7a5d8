internal import ClewEvidence

/// Why a row is refused; the reason names the column, never its content.
struct RowFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// A cell that does not hold what its column promises.
  static func cell(_ column: String, expected: String) -> RowFault {
    RowFault("column \"\(column)\" holds no \(expected)")
  }
}

/// What becomes of a row.
enum RowOutcome {
  case accept([EvidenceItem])
  case skip(String)
}

/// Reads one table into a sink: the part that all tabular importers share.
///
/// Every row is handed to the sink exactly once: what cannot be split or decoded, and a last row
/// that the file breaks off, is rejected; what stands before the header, a repeated header and rows of
/// empty cells are skipped by name; the importer decides on the rest. The header is no unit.
struct TabularImport {
  let source: StagedSource
  let layout: TabularLayout
  let reader: TabularReader

  init(_ source: StagedSource, _ signature: TabularSignature) throws {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard let layout = TabularLayout.detect(source, signature) else {
      throw ImportError.missingColumns(
        path: source.displayPath,
        columns: signature.required.compactMap(\.first)
      )
    }
    try self.init(source, layout)
  }

  /// Reads a table whose layout is known.
  init(_ source: StagedSource, _ layout: TabularLayout) throws {
    self.source = source
    self.layout = layout
    reader = TabularReader(
      try TextWindow(source, layout.decision),
      encoding: layout.decision.encoding,
      dialect: layout.dialect,
      countsRecords: source.container != nil
    )
  }

  /// Reads all rows.
  ///
  /// - Returns: How many units the reader counted.
  func run(
    into sink: any UnitSink,
    _ body: (TabularRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    var headers: Int64 = 0
    var header: TabularRow?
    while let row = try reader.next() {
      if header == nil, row.line == layout.headerLine {
        header = row
        headers += 1
        // The table of a sheet was written here, so its quotes are sound whatever the width.
        if source.container == nil { reader.expectedCells = row.count }
        continue
      }
      try hand(row, header: header, to: sink, body)
    }
    guard header != nil else {
      throw ImportError.malformed(
        path: source.displayPath,
        line: layout.headerLine,
        reason: "the header is not reached"
      )
    }
    sink.setDecision("encoding", reader.encodingSummary)
    if source.container == nil, !TextScore.isASCII(source.head) {
      let isWhole = Int64(source.head.count) >= source.bytes
      let choice = TextChoice(head: source.head, isWhole: isWhole)
      sink.setDecision("encoding scores", choice.summary)
    }
    sink.setDecision("delimiter", layout.dialect.name)
    sink.setDecision("header line", String(layout.headerLine))
    return reader.rowsRead - headers
  }

  private func hand(
    _ row: TabularRow,
    header: TabularRow?,
    to sink: any UnitSink,
    _ body: (TabularRow) throws(RowFault) -> RowOutcome
  ) throws {
    let position = UnitPosition(row: row.line, offset: row.offset)
    func reject(_ reason: String) throws {
      try sink.reject(at: position, bytes: reader.sourceBytes(of: row), reason: reason)
    }
    if let fault = row.fault { return try reject(fault.reason) }
    guard let header else { return try sink.skip(at: position, rule: "preamble") }
    if row.isBlank { return try sink.skip(at: position, rule: "blank row") }
    if isRepeated(row, header) { return try sink.skip(at: position, rule: "repeated header") }
    let split = row.count == 1 ? row.splitAgain(layout.dialect) ?? row : row
    if !row.isTerminated, split.count < header.count {
      return try reject(
        "the file ends inside this row: \(split.count) of \(header.count) cells"
      )
    }
    let outcome: RowOutcome
    do {
      outcome = try body(split)
    } catch {
      return try reject(error.reason)
    }
    switch outcome {
    case .accept(let items): try sink.accept(items, at: position, original: .text(row.text))
    case .skip(let rule): try sink.skip(at: position, rule: rule)
    }
  }

  private func isRepeated(_ row: TabularRow, _ header: TabularRow) -> Bool {
    guard row.count == header.count, row.bytes(0).elementsEqual(header.bytes(0)) else {
      return false
    }
    return (0..<row.count).allSatisfy {
      TabularCell.headerName(row.exact($0)) == TabularCell.headerName(header.exact($0))
    }
  }
}

/// Which names of accounts a file has already given, so that each is said once.
struct NamesSeen {
  private var seen: Set<[Account]> = []
  private static let limit = 1_000_000

  /// The entry for a name, or nothing when the same was said before or there is no name.
  mutating func contact(
    _ account: Account?,
    _ name: String,
    _ nature: Contact.Nature
  ) -> [EvidenceItem] {
    guard let account, !name.isEmpty else { return [] }
    let key = [account, Account(.name, name)]
    guard !seen.contains(key) else { return [] }
    if seen.count < Self.limit { seen.insert(key) }
    return [.contact(Contact(owner: nil, contact: account, name: name, nature: nature))]
  }
}
