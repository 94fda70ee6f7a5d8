internal import GRDB
internal import GRDBSQLite

/// The statements that enter keys into the index of records.
///
/// They are bound and stepped directly: they run once for every unit of a case, and the general
/// interface costs several times what SQLite itself does.
struct IndexStatements {
  /// Where the record of a key lies, and the beginning of its content's digest.
  struct Entry: Hashable {
    let place: Int64
    let content: UInt64
  }

  private let database: Database
  private let insertion: Statement
  private let search: Statement
  private let replacement: Statement
  private let further: Statement

  init(_ database: Database) throws {
    self.database = database
    insertion = try database.makeStatement(
      sql: "INSERT OR IGNORE INTO record(key, place, content) VALUES(?,?,?)"
    )
    search = try database.makeStatement(sql: "SELECT place, content FROM record WHERE key = ?")
    replacement = try database.makeStatement(
      sql: "UPDATE record SET place = ?2, content = ?3 WHERE key = ?1"
    )
    further = try database.makeStatement(
      sql: "INSERT OR IGNORE INTO again(key, place) VALUES(?,?)"
    )
  }

  /// Enters a key.
  ///
  /// - Returns: What the index holds under it already, else `nil`.
  func insert(_ key: RecordID, _ entry: Entry) throws -> Entry? {
    try run(insertion, key, entry.place, Int64(bitPattern: entry.content))
    if database.changesCount > 0 { return nil }
    let statement = unsafe search.sqliteStatement
    defer { unsafe sqlite3_reset(statement) }
    unsafe bind(key, to: statement)
    guard unsafe sqlite3_step(statement) == SQLITE_ROW,
      unsafe sqlite3_column_type(statement, 0) == SQLITE_INTEGER,
      unsafe sqlite3_column_type(statement, 1) == SQLITE_INTEGER
    else { throw StoredFault() }
    return Entry(
      place: unsafe sqlite3_column_int64(statement, 0),
      content: UInt64(bitPattern: unsafe sqlite3_column_int64(statement, 1))
    )
  }

  /// Lets another entry be the record of a key.
  func replace(_ key: RecordID, _ entry: Entry) throws {
    try run(replacement, key, entry.place, Int64(bitPattern: entry.content))
  }

  /// Enters a further sighting of a key.
  func insertAgain(_ key: RecordID, place: Int64) throws { try run(further, key, place, nil) }

  private func run(
    _ statement: Statement,
    _ key: RecordID,
    _ first: Int64,
    _ second: Int64?
  ) throws {
    let handle = unsafe statement.sqliteStatement
    unsafe bind(key, to: handle)
    unsafe sqlite3_bind_int64(handle, 2, first)
    if let second { unsafe sqlite3_bind_int64(handle, 3, second) }
    let code = unsafe sqlite3_step(handle)
    unsafe sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }

  private func bind(_ key: RecordID, to handle: OpaquePointer) {
    let bytes = key.bytes
    // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    unsafe bytes.withUnsafeBytes { raw in
      _ = unsafe sqlite3_bind_blob(handle, 1, raw.baseAddress, Int32(raw.count), transient)
    }
  }
}
