internal import ClewEvidence

/// Some rows for one thread to judge, and with them to fill one batch.
struct TabularJob: Sendable {
  let judge: RowJudge
  private(set) var pieces: [TabularPiece] = []
  private(set) var bytes = 0

  init(judge: RowJudge) { self.judge = judge }

  mutating func add(_ piece: TabularPiece) {
    pieces.append(piece)
    bytes += piece.bytes
  }

  /// What became of a job.
  struct Outcome {
    let batch: UnitBatch
    /// How many rows the lines were; single rows are counted by the reader.
    let rows: Int64
    let counts: TextDecoder.Counts
  }
}

/// Takes rows whose cells need no care, straight from their bytes.
///
/// What it takes goes into the batch exactly as the general way would put it there; what it does not know
/// for certain it leaves to that.
protocol PlainRows: AnyObject {
  /// Looks at some lines ahead, so that the memory is asked for what they need.
  func prepare(
    _ lines: ArraySlice<TabularLines.Line>,
    of table: TabularLines,
    in chunk: TabularChunk
  )

  /// Takes one of the lines that were prepared last.
  ///
  /// - Parameters:
  ///   - line: The line, which is plain.
  ///   - number: Its number among the plain ones that were prepared.
  ///   - position: Where it stands.
  ///   - table: Knows its cells.
  ///   - chunk: The lines.
  ///   - batch: Where it goes.
  /// - Returns: Whether it was taken.
  func take(
    _ line: TabularLines.Line,
    number: Int,
    at position: UnitPosition,
    of table: TabularLines,
    in chunk: TabularChunk,
    into batch: UnitBatch
  ) -> Bool
}

/// Judges rows on one thread.
final class TabularWorker {
  private let shelf: AccountShelf
  private let body: (TabularRow) throws(RowFault) -> RowOutcome
  private let plain: (any PlainRows)?
  private var table: TabularLines?
  private var decoder: TextDecoder?
  private var rows: Int64 = 0
  private var cells: [TabularRow.Cell] = []

  /// How many lines are looked at ahead.
  private static let ahead = 64

  init(
    _ shelf: AccountShelf,
    _ body: @escaping (TabularRow) throws(RowFault) -> RowOutcome,
    _ plain: (any PlainRows)?
  ) {
    self.shelf = shelf
    self.body = body
    self.plain = plain
  }

  /// Fills a batch with the rows of a job.
  func work(on job: TabularJob) throws -> TabularJob.Outcome {
    let batch = UnitBatch(shelf)
    rows = 0
    for piece in job.pieces {
      switch piece {
      case .row(let row): try job.judge.hand(row, to: batch, body)
      case .lines(let chunk): try judge(chunk, job.judge, batch)
      }
    }
    batch.seal()
    let counts = decoder?.takeCounts() ?? TextDecoder.Counts()
    return TabularJob.Outcome(batch: batch, rows: rows, counts: counts)
  }

  private func judge(_ chunk: TabularChunk, _ judge: RowJudge, _ batch: UnitBatch) throws {
    let table = self.table ?? TabularLines(judge.dialect, columns: judge.plainColumns)
    self.table = table
    table.split(chunk)
    let lines = table.lines
    let first = judge.header?.bytes(0) ?? []
    var line = chunk.line
    var taken: Int64 = 0
    defer { rows += taken }
    for start in stride(from: 0, to: lines.count, by: Self.ahead) {
      let group = lines[start..<min(start + Self.ahead, lines.count)]
      if let plain { plain.prepare(group, of: table, in: chunk) }
      var number = 0
      for next in group {
        if let plain, next.cells >= 0 {
          number += 1
          let position = UnitPosition(row: line, offset: chunk.offset + Int64(next.start))
          if chunk.isText(next, judge.encoding), !begins(next, table, chunk, like: first),
            plain.take(next, number: number - 1, at: position, of: table, in: chunk, into: batch)
          {
            taken += 1
            line += 1
            continue
          }
        }
        try scan(next, chunk, judge, &line, batch)
      }
    }
  }

  /// Whether the first cell is that of the header, so that the line may be the header again.
  private func begins(
    _ line: TabularLines.Line,
    _ table: TabularLines,
    _ chunk: TabularChunk,
    like header: ArraySlice<UInt8>
  ) -> Bool {
    let cell = table.cell(line, 0)
    guard Int(cell.end - cell.start) == header.count else { return false }
    return chunk.bytes[Int(cell.start)..<Int(cell.end)].elementsEqual(header)
  }

  /// Judges a line the general way; where there are CRs in it, it is several rows.
  private func scan(
    _ next: TabularLines.Line,
    _ chunk: TabularChunk,
    _ judge: RowJudge,
    _ line: inout Int64,
    _ batch: UnitBatch
  ) throws {
    var start = Int(next.start)
    var decoder = self.decoder ?? TextDecoder(judge.encoding)
    defer { self.decoder = decoder }
    while start < Int(next.next) {
      let outcome = TabularScanner.scan(
        chunk.bytes,
        from: start,
        dialect: judge.dialect,
        isGB18030: judge.encoding.hasPairs,
        isAtEnd: true,
        expected: nil,
        cells: &cells
      )
      var fault: TabularFault?
      let (end, after): (Int, Int)
      switch outcome {
      case .row(let rowEnd, let rowNext, _): (end, after) = (rowEnd, rowNext)
      case .fault(let found, let rowEnd, let rowNext):
        (end, after) = (rowEnd, rowNext)
        fault = found
      case .incomplete: preconditionFailure("a chunk ends with a line")
      }
      if end > start {
        let raw = Array(chunk.bytes[start..<end])
        let encoding = decoder.unitEncoding(of: raw)
        if encoding == nil, fault == nil { fault = .undecodable }
        let row = TabularRow(
          offset: chunk.offset + Int64(start),
          line: line,
          raw: raw,
          cells: fault == nil ? cells : [],
          fault: fault,
          isTerminated: after > end,
          encoding: encoding ?? .utf8
        )
        rows += 1
        try judge.hand(row, to: batch, body)
      }
      line += 1
      start = after
    }
  }
}

extension TabularChunk {
  /// Whether a line is its own text: ASCII, or well-formed UTF-8 where the file is.
  func isText(_ line: TabularLines.Line, _ encoding: TextEncoding) -> Bool {
    if line.isASCII { return true }
    guard encoding == .utf8 else { return false }
    let span = bytes.span.extracting(Int(line.start)..<Int(line.end))
    return (try? UTF8Span(validating: span)) != nil
  }
}

extension RowJudge {
  /// How many cells a row must have whose cells can be told apart by the delimiter alone; 0 where none can.
  fileprivate var plainColumns: Int {
    if dialect.delimiter == UInt8(ascii: "|"), encoding.hasPairs { return 0 }
    let count = header?.count ?? 0
    return count > 1 ? count : 0
  }
}
