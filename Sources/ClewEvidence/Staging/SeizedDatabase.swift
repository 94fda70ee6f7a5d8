/// Reads the base tables of a seized SQLite database, of which it opens the private copy only.
///
/// The schema of such a file is hostile input. Nothing of it runs: views and virtual tables are not
/// listed, triggers cannot fire because nothing is written, generated columns are left out, and an
/// authoriser lets SQLite compile nothing but plain reads. The page structure is checked first; a
/// damaged database is refused as a whole, because rows behind a broken page would be missing
/// without a trace. A write-ahead log or hot journal beside the copy is applied to the copy.
///
/// ```swift
/// let database = try SeizedDatabase(source)
/// try database.forEachRow(of: "rcontact", columns: ["username", "alias"]) { row in
///   print(row.key, try row.text(0) ?? "")
/// }
/// ```
public final class SeizedDatabase {
  /// The base tables that can be read, by exact name, with their columns in order.
  ///
  /// SQLite's own tables, views, virtual tables and generated columns are not among them.
  public let tables: [String: [String]]

  private let displayPath: String
  private let connection: SeizedConnection

  /// Opens the copy of a source whose pages were checked when it was staged.
  ///
  /// - Throws: ``EvidenceError/damagedDatabase(path:reason:)``.
  public convenience init(_ source: StagedSource) throws(EvidenceError) {
    try self.init(copyPath: source.copyPath, displayPath: source.displayPath, checksPages: false)
  }

  /// Opens a private copy.
  ///
  /// - Parameters:
  ///   - copyPath: The copy, which SQLite may change when it applies a log.
  ///   - displayPath: The path that messages name.
  ///   - checksPages: Whether the structure of all pages is checked first.
  /// - Throws: ``EvidenceError/damagedDatabase(path:reason:)``.
  public init(
    copyPath: String,
    displayPath: String,
    checksPages: Bool = true
  ) throws(EvidenceError) {
    self.displayPath = displayPath
    do {
      connection = try SeizedConnection(path: copyPath)
      if checksPages { try connection.checkPages() }
      tables = try Self.readTables(connection)
    } catch {
      throw .damagedDatabase(path: displayPath, reason: error.reason)
    }
  }

  /// Hands every row of a table to `body`, in the order of the rows' keys.
  ///
  /// - Parameters:
  ///   - table: The exact name of the table; an absent table has no rows.
  ///   - columns: The columns to read. One that the table lacks reads as `nil`, for versions of an
  ///     app differ.
  ///   - body: Called once for each row; the row is valid during the call.
  /// - Returns: How many rows were handed over.
  /// - Throws: ``EvidenceError/damagedDatabase(path:reason:)`` when reading breaks off, or what
  ///   `body` throws.
  /// - Complexity: O(*n*) for *n* rows; memory does not grow with *n*.
  @discardableResult
  public func forEachRow(
    of table: String,
    columns: [String],
    _ body: (borrowing SeizedRow) throws -> Void
  ) throws -> Int64 {
    guard let present = tables[table] else { return 0 }
    let statement: SeizedStatement
    do {
      statement = try Self.select(columns, of: table, present: present, on: connection)
    } catch {
      throw EvidenceError.damagedDatabase(path: displayPath, reason: error.reason)
    }
    var slots: [Int32] = []
    var next: Int32 = 1
    for column in columns {
      if present.contains(where: { $0.utf8.elementsEqual(column.utf8) }) {
        slots.append(next)
        next += 1
      } else {
        slots.append(-1)
      }
    }
    var count: Int64 = 0
    while true {
      do {
        guard try connection.step(statement) else { break }
      } catch {
        throw EvidenceError.damagedDatabase(path: displayPath, reason: error.reason)
      }
      count += 1
      try body(
        SeizedRow(statement: statement, slots: slots, columns: columns, ordinal: count)
      )
    }
    return count
  }

  private static func select(
    _ columns: [String],
    of table: String,
    present: [String],
    on connection: SeizedConnection
  ) throws(SeizedConnection.Failure) -> SeizedStatement {
    let wanted = columns.filter { column in
      present.contains { $0.utf8.elementsEqual(column.utf8) }
    }
    let list = wanted.map(quote).map { ", \($0)" }.joined()
    let lower = Set(present.map { $0.lowercased() })
    // A column may hide the row's key under one of its three names; a table may have no such key.
    for key in ["rowid", "_rowid_", "oid"] where !lower.contains(key) {
      if let statement = try? connection.prepare(
        "SELECT \(key)\(list) FROM main.\(quote(table)) ORDER BY \(key)"
      ) {
        return statement
      }
      break
    }
    return try connection.prepare("SELECT NULL\(list) FROM main.\(quote(table))")
  }

  private static func readTables(
    _ connection: SeizedConnection
  ) throws(SeizedConnection.Failure) -> [String: [String]] {
    let masters = try connection.prepare(
      "SELECT name, rootpage FROM main.sqlite_master WHERE type = 'table'"
    )
    var names: [String] = []
    while try connection.step(masters) {
      // A virtual table has no root page.
      guard case .integer(let root) = masters.value(1), root > 0,
        case .text(let bytes) = masters.value(0), !bytes.contains(0),
        let name = String(validating: bytes, as: UTF8.self),
        !name.lowercased().hasPrefix("sqlite_")
      else { continue }
      names.append(name)
    }
    var tables: [String: [String]] = [:]
    for name in names {
      let columns = try connection.prepare("PRAGMA main.table_xinfo(\(quote(name)))")
      var list: [String] = []
      while try connection.step(columns) {
        guard case .text(let bytes) = columns.value(1), case .integer(0) = columns.value(6),
          let column = String(validating: bytes, as: UTF8.self)
        else { continue }
        list.append(column)
      }
      tables[name] = list
    }
    return tables
  }

  private static func quote(_ name: String) -> String {
    var quoted = "\""
    for scalar in name.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
