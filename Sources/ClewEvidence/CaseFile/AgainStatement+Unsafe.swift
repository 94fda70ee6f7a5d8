internal import GRDB
internal import GRDBSQLite

/// The statement that notes further sightings of records.
///
/// It is bound and stepped directly: it runs once for every repeat, and the general interface costs several
/// times what SQLite itself does.
struct AgainStatement {
  private let insertion: Statement

  init(_ database: Database) throws {
    insertion = try database.makeStatement(
      sql: "INSERT OR IGNORE INTO again(key, place) VALUES(?,?)"
    )
  }

  /// Notes that an entry is a further sighting of the record of a key.
  func insert(_ key: RecordID, place: Int64) throws {
    let handle = unsafe insertion.sqliteStatement
    unsafe bind(key, to: handle)
    unsafe sqlite3_bind_int64(handle, 2, place)
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
