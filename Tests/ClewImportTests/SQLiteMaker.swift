import Foundation
import GRDBSQLite
import Testing

/// Makes databases for tests, as an app would, with SQLite itself.
@safe final class SQLiteMaker {
  private let handle: OpaquePointer

  init(_ path: String, _ sql: String...) throws {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    #expect(unsafe sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK)
    unsafe handle = try #require(unsafe opened)
    for statement in sql { run(statement) }
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  func run(_ sql: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    #expect(code == SQLITE_OK, sourceLocation: sourceLocation)
  }
}
