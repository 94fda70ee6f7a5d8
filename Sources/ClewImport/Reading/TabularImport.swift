internal import ClewEvidence

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
  ///   - makePlain: Makes what takes rows that need no care, once for each thread, with the accounts of
  ///     that thread; it says of them what the body would.
  ///   - makeBody: Makes what judges rows, once for each thread.
  /// - Returns: How many units the reader counted.
  /// - Throws: `ImportError` for the file as a whole, and the sink's errors.
  func run(
    into sink: any UnitSink,
    makePlain: @escaping @Sendable (AccountShelf) -> (any PlainRows)? = { _ in nil },
    makeBody: @escaping @Sendable () -> (TabularRow) throws(RowFault) -> RowOutcome
  ) throws -> Int64 {
    guard let batches = sink as? any BatchSink else { return try run(into: sink, makeBody()) }
    let registry = batches.registry
    let pool = OrderedPool<TabularJob, Result<TabularJob.Outcome, any Error>> {
      let shelf = AccountShelf(registry)
      let worker = TabularWorker(shelf, makeBody(), makePlain(shelf))
      return { job in Result { try worker.work(on: job) } }
    }
    defer { pool.stop() }
    func take(_ result: Result<TabularJob.Outcome, any Error>) throws {
      let outcome = try result.get()
      reader.count(rows: outcome.rows, outcome.counts)
      try batches.take(outcome.batch)
    }
    var job = TabularJob(judge: RowJudge(self))
    // The header is one row, and so is what stands before it.
    while let piece = try job.judge.header == nil
      ? reader.next().map(TabularPiece.row) : reader.nextPiece()
    {
      if case .row(let row) = piece {
        // Rows before the header are judged without it.
        var judge = job.judge
        if isHeader(row, &judge) {
          try pool.add(job, take)
          job = TabularJob(judge: judge)
          continue
        }
      }
      job.add(piece)
      if job.bytes >= TabularChunk.limit {
        try pool.add(job, take)
        job = TabularJob(judge: job.judge)
      }
    }
    try pool.add(job, take)
    try pool.finish(take)
    return try finish(job.judge, sink)
  }

  /// Whether the row is the header, which the judge then knows; it is no unit.
  private func isHeader(_ row: TabularRow, _ judge: inout RowJudge) -> Bool {
    guard judge.header == nil, row.line == layout.headerLine else { return false }
    judge.header = row
    // The table of a sheet was written here, so its quotes are sound whatever the width.
    if source.container == nil { reader.expectedCells = row.count }
    return true
  }

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
