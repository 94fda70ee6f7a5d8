internal import ClewEvidence
internal import Foundation

/// Reads a whole table with all cores and keeps nothing of it: the reader alone, for measurements.
public struct TableSum: Sendable, Hashable {
  /// How many rows there are below the header.
  public private(set) var rows: Int64 = 0
  /// How many of their cells hold something.
  public private(set) var cells: Int64 = 0
  /// The amounts of one column, in fen.
  public private(set) var fen: Int64 = 0

  /// Reads a table whose header is its first row.
  ///
  /// - Parameters:
  ///   - column: A column of amounts.
  ///   - path: The table.
  /// - Throws: `ImportError` where the table has no such column, a row cannot be split or an amount not
  ///   be read.
  public init(of column: String, in path: String) throws {
    let source = try Self.source(path)
    let signature = TabularSignature(required: [[column]], headerRows: 1)
    guard let layout = TabularLayout.detect(source, signature),
      let place = layout.columns.index(column)
    else { throw ImportError.missingColumns(path: path, columns: [column]) }
    let reader = TabularReader(
      try TextWindow(source, layout.decision),
      encoding: layout.decision.encoding,
      dialect: layout.dialect
    )
    guard let header = try reader.next() else { throw ImportError.empty(path: path) }
    reader.expectedCells = header.count
    let pool = OrderedPool<TabularPiece, Part?> {
      let table = TabularLines(layout.dialect, columns: header.count)
      return { Part($0, table, layout, place) }
    }
    defer { pool.stop() }
    func add(_ part: Part?) throws {
      guard let part else {
        throw ImportError.malformed(path: path, line: nil, reason: "a row cannot be read")
      }
      rows += part.rows
      cells += part.cells
      fen += part.fen
    }
    while let piece = try reader.nextPiece() { try pool.add(piece, add) }
    try pool.finish(add)
  }

  private static func source(_ path: String) throws -> StagedSource {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw EvidenceError.noSuchFile(path: path)
    }
    let head = try file.read(upToCount: 1 << 16) ?? Data()
    let bytes = try file.seekToEnd()
    try file.close()
    return StagedSource(
      displayPath: path,
      name: path,
      copyPath: path,
      bytes: Int64(clamping: bytes),
      sha256: "",
      sidecars: [],
      head: Array(head),
      tables: nil
    )
  }

  /// What one piece adds.
  private struct Part: Sendable {
    var rows: Int64 = 0
    var cells: Int64 = 0
    var fen: Int64 = 0

    /// Reads a piece; `nil` where a row of it cannot be read.
    init?(_ piece: TabularPiece, _ table: TabularLines, _ layout: TabularLayout, _ amount: Int) {
      switch piece {
      case .row(let row): guard add(row, amount) else { return nil }
      case .lines(let chunk): guard add(chunk, table, layout, amount) else { return nil }
      }
    }

    private mutating func add(_ row: TabularRow, _ amount: Int) -> Bool {
      guard row.fault == nil else { return false }
      rows += 1
      for index in 0..<row.count where !row.bytes(index).isEmpty { cells += 1 }
      let text = row.trimmed(amount)
      guard !text.isEmpty else { return true }
      guard let money = Money(parsing: text) else { return false }
      fen += money.fen
      return true
    }

    private mutating func add(
      _ chunk: TabularChunk,
      _ table: TabularLines,
      _ layout: TabularLayout,
      _ amount: Int
    ) -> Bool {
      table.split(chunk)
      let bytes = chunk.bytes.span
      for line in table.lines where line.end > line.start {
        guard line.cells >= 0, chunk.isText(line, layout.decision.encoding) else { return false }
        rows += 1
        for column in 0..<table.columns {
          let cell = table.cell(line, column)
          if cell.end > cell.start { cells += 1 }
        }
        let cell = table.cell(line, amount)
        guard cell.end > cell.start else { continue }
        let text = bytes.extracting(Int(cell.start)..<Int(cell.end))
        guard let sum = Money.fen(plainBytes: text) else { return false }
        fen += sum
      }
      return true
    }
  }
}
