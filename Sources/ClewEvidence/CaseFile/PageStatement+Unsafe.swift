internal import GRDB
internal import GRDBSQLite

/// The statement that writes a page.
///
/// It is bound and stepped directly, as those of ``AgainStatement`` are, so that a page is copied once:
/// into the database.
struct PageStatement {
  private let insertion: Statement

  init(_ database: Database) throws {
    insertion = try database.makeStatement(
      sql: "INSERT INTO page(id, source, kinds, count, accounts, body) VALUES(?,?,?,?,?,?)"
    )
  }

  /// Writes a page.
  func insert(_ number: Int64, source: Int64, _ page: PageEncoder, accounts: [UInt8]) throws {
    let handle = unsafe insertion.sqliteStatement
    unsafe sqlite3_bind_int64(handle, 1, number)
    unsafe sqlite3_bind_int64(handle, 2, source)
    unsafe sqlite3_bind_int64(handle, 3, page.kinds.rawValue)
    unsafe sqlite3_bind_int64(handle, 4, Int64(page.count))
    let code = unsafe accounts.withUnsafeBytes { list in
      unsafe page.body.withUnsafeBytes { body in
        // No destructor: SQLite reads the bytes until the statement is cleared, below.
        unsafe sqlite3_bind_blob64(handle, 5, list.baseAddress, UInt64(list.count), nil)
        unsafe sqlite3_bind_blob64(handle, 6, body.baseAddress, UInt64(body.count), nil)
        defer {
          unsafe sqlite3_reset(handle)
          unsafe sqlite3_clear_bindings(handle)
        }
        return unsafe sqlite3_step(handle)
      }
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }
}
