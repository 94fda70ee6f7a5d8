import Foundation
import GRDBSQLite
import Testing

/// Makes databases for tests, as an app would, with SQLite itself.
@safe final class SQLiteMaker {
  fileprivate let handle: OpaquePointer

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

extension SQLiteMaker {
  /// The bytes in the first cell that a query gives.
  func bytes(_ sql: String) throws -> [UInt8] {
    var statement: OpaquePointer?
    #expect(unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK)
    defer { unsafe sqlite3_finalize(statement) }
    guard unsafe sqlite3_step(statement) == SQLITE_ROW else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(statement, 0))
    return unsafe Array(
      UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, 0), count: count)
    )
  }
}

/// A temporary folder, removed at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  /// Names, bytes and modification times of everything in a folder.
  static func state(of folder: String) throws -> [String: [String]] {
    var state: [String: [String]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      let bytes = FileManager.default.contents(atPath: path) ?? Data()
      state[name] = [bytes.base64EncodedString(), "\(changed)"]
    }
    return state
  }
}
