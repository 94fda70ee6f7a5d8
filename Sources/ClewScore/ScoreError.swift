/// Why a case cannot be scored.
public enum ScoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A truth table is missing or cannot be read.
  case unreadableTable(path: String)
  /// A truth table lacks a column.
  case missingColumn(table: String, column: String)
  /// A cell holds something else than its column asks for.
  case unreadableCell(table: String, line: Int, column: String, expected: String)

  /// What is wrong and where, in one line.
  public var description: String {
    switch self {
    case .unreadableTable(let path):
      "\(path): cannot be read as UTF-8; expected a truth table as clew simulate writes it"
    case .missingColumn(let table, let column):
      "\(table): has no column \"\(column)\"; expected a truth table as clew simulate writes it"
    case .unreadableCell(let table, let line, let column, let expected):
      "\(table):\(line): column \"\(column)\" does not hold \(expected)"
    }
  }
}
