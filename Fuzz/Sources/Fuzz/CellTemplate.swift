import Foundation
import GRDB

/// A fixture database whose cells an input replaces: what a whole-file mutation rarely reaches,
/// because SQLite refuses a damaged page before any importer sees a cell.
///
/// An edit is table, row, column and kind of value (a byte each), a length (two bytes, the low one
/// first), and that many bytes; edits follow one another.
struct CellTemplate {
  /// A table with the columns whose cells can be replaced.
  private struct Table {
    let name: String
    let columns: [String]
    let rows: [Int64]
  }

  private let bytes: [UInt8]
  private let tables: [Table]

  /// Looks at the tables of a database.
  init(_ bytes: [UInt8], in folder: String) throws {
    self.bytes = bytes
    tables = try Self.open(bytes, folder) { database in
      let names = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      )
      return names.sorted().compactMap { name in
        let rows = try? Int64.fetchAll(database, sql: "SELECT rowid FROM \(Self.quoted(name))")
        let columns = (try? database.columns(in: name).map(\.name)) ?? []
        return rows.map { Table(name: name, columns: columns, rows: $0) }
      }
    }
    .filter { !$0.columns.isEmpty && !$0.rows.isEmpty }
  }

  /// One input for each text or blob of the database: the edit that leaves the cell as it is.
  func seeds(in folder: String) throws -> [[UInt8]] {
    try Self.open(bytes, folder) { database in
      var seeds: [[UInt8]] = []
      var seen: Set<[UInt8]> = []
      for (table, place) in zip(tables, UInt8(0)...) {
        for (row, line) in zip(table.rows, UInt8(0)...) {
          for (column, index) in zip(table.columns, UInt8(0)...) {
            let sql =
              "SELECT \(Self.quoted(column)) FROM \(Self.quoted(table.name)) WHERE rowid = ?"
            guard let value = try DatabaseValue.fetchOne(database, sql: sql, arguments: [row])
            else { continue }
            let (kind, cell): (UInt8, [UInt8]) =
              switch value.storage {
              case .string(let text): (2, Array(text.utf8))
              case .blob(let data): (3, Array(data))
              case .int64(let number):
                (1, (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
              case .null, .double: (0, [])
              }
            guard kind > 0, cell.count < 1 << 16, seen.insert([place, index, kind] + cell).inserted
            else { continue }
            let length = [UInt8(cell.count & 0xFF), UInt8(cell.count >> 8)]
            seeds.append([place, line, index, kind] + length + cell)
          }
        }
      }
      return seeds
    }
  }

  /// The database with the cells of an input in place of its own; an edit that its schema forbids is
  /// left out.
  func database(with edits: ArraySlice<UInt8>, in folder: String) throws -> [UInt8] {
    var rest = edits
    let path = try Self.write(bytes, folder)
    try Self.open(path) { database in
      while rest.count >= 6 {
        let head = Array(rest.prefix(6))
        let cell = Array(rest.dropFirst(6).prefix(Int(head[4]) | Int(head[5]) << 8))
        rest = rest.dropFirst(6 + cell.count)
        try? edit(database, head, cell)
      }
    }
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  private func edit(_ database: Database, _ head: [UInt8], _ cell: [UInt8]) throws {
    guard !tables.isEmpty else { return }
    let table = tables[Int(head[0]) % tables.count]
    let row = table.rows[Int(head[1]) % table.rows.count]
    let name = Self.quoted(table.name)
    let column = Self.quoted(table.columns[Int(head[2]) % table.columns.count])
    let number = cell.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let value: DatabaseValue
    switch head[3] % 6 {
    case 0: value = .null
    case 1: value = Int64(bitPattern: number).databaseValue
    // Bytes that are no UTF-8 become text too, as a damaged phone would hold them.
    case 2:
      return try database.execute(
        sql: "UPDATE \(name) SET \(column) = CAST(? AS TEXT) WHERE rowid = ?",
        arguments: [Data(cell), row]
      )
    case 3: value = Data(cell).databaseValue
    case 4: value = Double(bitPattern: number).databaseValue
    default:
      return try database.execute(sql: "DELETE FROM \(name) WHERE rowid = ?", arguments: [row])
    }
    try database.execute(
      sql: "UPDATE \(name) SET \(column) = ? WHERE rowid = ?",
      arguments: [value, row]
    )
  }

  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private static func write(_ bytes: [UInt8], _ folder: String) throws -> String {
    let path = folder + "/cells.db"
    for suffix in ["-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private static func open<Answer>(
    _ bytes: [UInt8],
    _ folder: String,
    _ body: (Database) throws -> Answer
  ) throws -> Answer {
    try open(write(bytes, folder), body)
  }

  private static func open<Answer>(
    _ path: String,
    _ body: (Database) throws -> Answer
  ) throws -> Answer {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(body)
  }
}
