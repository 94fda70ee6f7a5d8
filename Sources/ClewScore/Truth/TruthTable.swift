import Foundation

/// A table of a truth folder: comma-separated with a header line and double quotes where needed.
struct TruthTable {
  /// One row with the line on which it begins.
  struct Row {
    let table: String
    let line: Int
    fileprivate let cells: [String]
    fileprivate let columns: [String: Int]

    /// A cell; empty where the table has no such column.
    func text(_ column: String) -> String {
      guard let place = columns[column], place < cells.count else { return "" }
      return cells[place]
    }

    /// A whole number; `nil` for an empty cell.
    func number(_ column: String) throws(ScoreError) -> Int? {
      let text = text(column)
      if text.isEmpty { return nil }
      guard let number = Int(text) else {
        throw .unreadableCell(
          table: table,
          line: line,
          column: column,
          expected: "a whole number"
        )
      }
      return number
    }

    /// A mark: `1` is true, and so is an absent column when it counts as true.
    func mark(_ column: String, absent: Bool = false) -> Bool {
      columns[column] == nil ? absent : text(column) == "1"
    }
  }

  let rows: [Row]

  init(path: String, needs: [String]) throws(ScoreError) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw .unreadableTable(path: path) }
    try self.init(text, name: (path as NSString).lastPathComponent, needs: needs)
  }

  init(_ text: String, name: String, needs: [String]) throws(ScoreError) {
    let lines = Self.records(Array(text.utf8))
    var columns: [String: Int] = [:]
    for (place, column) in (lines.first?.cells ?? []).enumerated() { columns[column] = place }
    for column in needs where columns[column] == nil {
      throw .missingColumn(table: name, column: column)
    }
    rows = lines.dropFirst().map {
      Row(table: name, line: $0.line, cells: $0.cells, columns: columns)
    }
  }

  /// Splits bytes into records; a quoted cell may hold commas, quotes and line feeds.
  private static func records(_ bytes: [UInt8]) -> [(line: Int, cells: [String])] {
    var records: [(line: Int, cells: [String])] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var (line, first, isQuoted) = (1, 1, false)
    var place = 0
    func end() {
      cells.append(String(decoding: cell, as: UTF8.self))
      cell = []
    }
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && place < bytes.count && bytes[place] == byte:
        cell.append(byte)
        place += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: end()
      case UInt8(ascii: "\r") where !isQuoted: break
      case UInt8(ascii: "\n") where !isQuoted:
        if !cells.isEmpty || !cell.isEmpty {
          end()
          records.append((first, cells))
          cells = []
        }
        first = line
      default: cell.append(byte)
      }
    }
    if !cells.isEmpty || !cell.isEmpty {
      end()
      records.append((first, cells))
    }
    return records
  }
}
