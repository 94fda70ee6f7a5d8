/// Part of a table: one row, or some lines without quotes in them.
enum TabularPiece: Sendable {
  case row(TabularRow)
  case lines(TabularChunk)

  /// How many bytes of the table it is.
  var bytes: Int {
    switch self {
    case .row(let row): row.raw.count
    case .lines(let chunk): chunk.bytes.count
    }
  }
}

/// Some lines of a table, each with its end; there is no quote in them, so that every line is a row.
struct TabularChunk: Sendable {
  let bytes: [UInt8]
  /// The physical line on which the first begins, from 1.
  let line: Int64
  /// The offset in the file of the first byte.
  let offset: Int64
  /// Whether there is a CR in them.
  let hasReturns: Bool

  /// How many bytes of lines are taken at once.
  static let limit = 96 * 1024
}
