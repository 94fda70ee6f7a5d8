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

  /// Reads all rows one after the other: `body` may remember what it saw.
  ///
  /// - Returns: How many units the reader counted.
  func run(
    into sink: any UnitSink,
    _ body: (TabularRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    var judge = RowJudge(self)
    while let row = try reader.next() {
      if !isHeader(row, &judge) { try judge.hand(row, to: sink, body) }
    }
    return try finish(judge, sink)
  }

  /// Reads all rows, each judged by itself, with all processors where the sink takes batches.
  ///
  /// - Parameters:
  ///   - sink: Where the units go.
  ///   - makeBody: Makes what judges rows, once for each thread.
  /// - Returns: How many units the reader counted.
  /// - Throws: `ImportError` for the file as a whole, and the sink's errors.
  func run(
    into sink: any UnitSink,
    makeBody: @escaping @Sendable () -> (TabularRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    guard let batches = sink as? any BatchSink else { return try run(into: sink, makeBody()) }
    var judge = RowJudge(self)
    var rows: [TabularRow] = []
    var bytes = 0
    let pool = OrderedPool<(RowJudge, [TabularRow]), Result<UnitBatch, any Error>> {
      let body = makeBody()
      return { piece in
        Result {
          let batch = UnitBatch()
          for row in piece.1 { try piece.0.hand(row, to: batch, body) }
          return batch
        }
      }
    }
    defer { pool.stop() }
    while let row = try reader.next() {
      // Rows before the header are judged without it.
      let before = judge
      if isHeader(row, &judge) {
        try pool.add((before, rows)) { try batches.take($0.get()) }
        (rows, bytes) = ([], 0)
        continue
      }
      rows.append(row)
      bytes += row.raw.count
      if bytes >= Self.pieceBytes {
        try pool.add((judge, rows)) { try batches.take($0.get()) }
        (rows, bytes) = ([], 0)
      }
    }
    try pool.add((judge, rows)) { try batches.take($0.get()) }
    try pool.finish { try batches.take($0.get()) }
    return try finish(judge, sink)
  }

  /// Whether the row is the header, which the judge then knows; it is no unit.
  private func isHeader(_ row: TabularRow, _ judge: inout RowJudge) -> Bool {
    guard judge.header == nil, row.line == layout.headerLine else { return false }
    judge.header = row
    // The table of a sheet was written here, so its quotes are sound whatever the width.
    if source.container == nil { reader.expectedCells = row.count }
    return true
  }

  /// How many bytes of rows make one piece, and so one batch.
  private static let pieceBytes = 96 * 1024

  private func finish(_ judge: RowJudge, _ sink: any UnitSink) throws -> Int64 {
    guard judge.header != nil else {
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
    return reader.rowsRead - 1
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
