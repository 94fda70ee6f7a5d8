internal import ClewEvidence

/// Reads a table row by row; memory does not grow with the file.
///
/// Every line that is not empty becomes a row or a faulty row, and ``rowsRead`` counts both.
final class TabularReader {
  /// How the rows are written.
  let dialect: TabularDialect
  /// How many cells the header has, once known; multi-line rows must match it.
  var expectedCells: Int?
  /// How many rows were handed out.
  private(set) var rowsRead: Int64 = 0

  private let window: TextWindow
  private var decoder: TextDecoder
  private var line: Int64 = 1
  private let countsRecords: Bool
  private var cells: [TabularRow.Cell] = []

  /// Makes a reader.
  ///
  /// With `countsRecords` a row's place is its number among the records, so that line ends inside
  /// cells do not count: so it is in the table of a workbook's sheet.
  init(
    _ window: TextWindow,
    encoding: TextEncoding,
    dialect: TabularDialect,
    countsRecords: Bool = false
  ) {
    self.window = window
    self.countsRecords = countsRecords
    self.dialect = dialect
    decoder = TextDecoder(encoding)
  }

  /// What the log of decisions says of the encoding.
  var encodingSummary: String { decoder.summary }

  /// The bytes of a row as the file holds them.
  func sourceBytes(of row: TabularRow) -> [UInt8] { window.sourceBytes(of: row.raw) }

  /// The next part of the table: lines without quotes if there are some, else one row; `nil` at the end.
  ///
  /// The lines are counted when they are split (``count(rows:_:)``).
  func nextPiece() throws -> TabularPiece? {
    if let chunk = try nextLines() { return .lines(chunk) }
    return try next().map { .row($0) }
  }

  /// Counts the rows of a part that others have split.
  func count(rows: Int64, _ counts: TextDecoder.Counts) {
    rowsRead += rows
    decoder.add(counts)
  }

  private func nextLines() throws -> TabularChunk? {
    // The offsets of UTF-16 are not those of the text here.
    guard !decoder.encoding.isWide else { return nil }
    if window.bytes.count - window.start < TabularChunk.limit { try window.fill() }
    let start = window.start
    guard
      let found = TabularChunk.end(window.bytes, from: start, hasQuotes: dialect.hasQuotes)
    else { return nil }
    let bytes = Array(window.bytes[start..<found.end])
    let chunk = TabularChunk(
      bytes: bytes,
      line: line,
      offset: window.offset,
      hasReturns: found.hasReturns
    )
    line += Int64(TabularChunk.lineEnds(bytes, hasReturns: found.hasReturns))
    window.consume(bytes.count)
    return chunk
  }

  /// The next row that is not an empty line, or `nil` at the end.
  func next() throws -> TabularRow? {
    while true {
      if window.start == window.bytes.count {
        if window.isAtEnd { return nil }
        try window.fill()
        continue
      }
      let outcome = TabularScanner.scan(
        window.bytes,
        from: window.start,
        dialect: dialect,
        isGB18030: decoder.encoding.hasPairs,
        isAtEnd: window.isAtEnd,
        expected: expectedCells,
        cells: &cells
      )
      switch outcome {
      case .incomplete:
        if window.bytes.count - window.start > TabularLimit.row { return try skipLongRow() }
        try window.fill()
      case .fault(let fault, let end, let next):
        return emit(end: end, next: next, lines: 1, fault: fault)
      case .row(let end, let next, let lines):
        if end == window.start {
          window.consume(next - window.start)
          line += 1
        } else if end - window.start > TabularLimit.row {
          return try skipLongRow()
        } else {
          return emit(end: end, next: next, lines: lines, fault: nil)
        }
      }
    }
  }

  private func emit(end: Int, next: Int, lines: Int, fault: TabularFault?) -> TabularRow {
    let raw = Array(window.bytes[window.start..<end])
    var fault = fault
    let encoding = decoder.unitEncoding(of: raw)
    if encoding == nil, fault == nil { fault = .undecodable }
    let row = TabularRow(
      offset: window.offset,
      line: line,
      raw: raw,
      cells: fault == nil ? cells : [],
      fault: fault,
      isTerminated: next > end,
      encoding: encoding ?? .utf8
    )
    window.consume(next - window.start)
    line += countsRecords ? 1 : Int64(lines)
    rowsRead += 1
    return row
  }

  /// Passes over one physical line beyond the limit and keeps its beginning.
  private func skipLongRow() throws -> TabularRow {
    let offset = window.offset
    var kept: [UInt8] = []
    var length: Int64 = 0
    var isOver = false
    while !isOver {
      if window.start == window.bytes.count {
        if window.isAtEnd { break }
        try window.fill()
        continue
      }
      let rest = window.bytes[window.start...]
      let stop = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
      kept += rest[..<stop].prefix(max(0, TabularLimit.kept - kept.count))
      length += Int64(stop - window.start)
      isOver = stop < rest.endIndex
      window.consume(stop - window.start)
    }
    if isOver {
      if window.bytes.count - window.start < 2 { try window.fill() }
      let isPair =
        window.bytes[window.start] == 0x0D && window.bytes.count - window.start > 1
        && window.bytes[window.start + 1] == 0x0A
      window.consume(isPair ? 2 : 1)
    }
    let row = TabularRow(
      offset: offset,
      line: line,
      raw: kept,
      cells: [],
      fault: .longRow(bytes: length),
      isTerminated: isOver,
      encoding: .utf8
    )
    line += 1
    rowsRead += 1
    return row
  }
}
