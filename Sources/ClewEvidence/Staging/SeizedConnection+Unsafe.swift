internal import GRDBSQLite

/// A hardened SQLite connection to a private copy: every call of the C interface is in this file.
///
/// The connection and its statements are used by one task at a time (they are not `Sendable`); a
/// statement keeps its connection alive, so no pointer outlives what it points to.
@safe final class SeizedConnection {
  /// Why SQLite refuses.
  struct Failure: Error { let reason: String }

  /// When the running statement must be done.
  private final class Deadline {
    var instant = ContinuousClock.now
    func isPast() -> Bool { ContinuousClock.now > instant }
  }

  fileprivate let handle: OpaquePointer
  private let deadline = Deadline()
  /// A row of a plain table takes microseconds.
  private static let rowBudget = Duration.seconds(5)
  /// No cell may be longer.
  private static let cellLimit: Int32 = 64 << 20

  /// Opens the copy and hardens the connection before the schema is read.
  init(path: String) throws(Failure) {
    // A leading slash or `./` keeps SQLite from reading the name as a URI.
    let plain = path.hasPrefix("/") ? path : "./" + path
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
    let code = unsafe sqlite3_open_v2(plain, &opened, flags, nil)
    guard let opened = unsafe opened, code == SQLITE_OK else {
      unsafe sqlite3_close_v2(opened)
      throw Failure(reason: "it cannot be opened (SQLite code \(code))")
    }
    unsafe handle = opened
    try harden()
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  private func harden() throws(Failure) {
    unsafe sqlite3_extended_result_codes(handle, 1)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Self.cellLimit)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 10)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    unsafe sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0)
    deadline.instant = .now + Self.rowBudget
    // The context lives as long as the connection; SQLite calls back only inside our calls.
    unsafe sqlite3_progress_handler(
      handle,
      20_000,
      { context in
        guard let context = unsafe context else { return 0 }
        return unsafe Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().isPast()
          ? 1 : 0
      },
      Unmanaged.passUnretained(deadline).toOpaque()
    )
    // Phones register collations of their own; rows are read in key order, so any order serves.
    unsafe sqlite3_collation_needed(handle, nil) { _, database, encoding, name in
      unsafe sqlite3_create_collation(database, name, encoding, nil) { _, n1, p1, n2, p2 in
        let left = unsafe UnsafeRawBufferPointer(start: p1, count: Int(n1))
        let right = unsafe UnsafeRawBufferPointer(start: p2, count: Int(n2))
        if unsafe left.elementsEqual(right) { return 0 }
        return unsafe left.lexicographicallyPrecedes(right) ? -1 : 1
      }
    }
    for pragma in [
      "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON",
      "locking_mode=EXCLUSIVE", "temp_store=MEMORY", "cache_size=-16000",
    ] {
      let statement = try prepare("PRAGMA \(pragma)")
      while try step(statement) {}
    }
    unsafe sqlite3_set_authorizer(
      handle,
      { _, action, first, _, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION: return SQLITE_OK
        case SQLITE_PRAGMA:
          guard let first = unsafe first else { return SQLITE_DENY }
          let name = unsafe String(cString: first)
          return name == "quick_check" || name == "table_xinfo" ? SQLITE_OK : SQLITE_DENY
        default: return SQLITE_DENY
        }
      },
      nil
    )
  }

  /// Checks the structure of all pages.
  ///
  /// Values against a NOT NULL or CHECK rule are no damage: apps add such rules later.
  func checkPages() throws(Failure) {
    let pages = try prepare("PRAGMA main.quick_check(20)")
    let megabytes = Double(sizeInBytes()) / 1_048_576
    let budget = Duration.seconds(5) + .seconds(megabytes / 2)
    while try step(pages, budget: budget) {
      guard case .text(let bytes) = pages.value(0) else { continue }
      let lines = bytes.split(separator: UInt8(ascii: "\n")).map { line in
        String(decoding: line.filter(Self.isPrintable), as: UTF8.self)
      }
      let faults = lines.filter { line in
        line != "ok" && !line.hasPrefix("***") && !line.hasPrefix("NULL value in ")
          && !line.hasPrefix("CHECK constraint failed in ")
      }
      if let first = faults.first {
        throw Failure(reason: "the page check reports: \(first.prefix(100))")
      }
    }
  }

  private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

  private func sizeInBytes() -> Int64 {
    guard let path = unsafe sqlite3_db_filename(handle, "main") else { return 0 }
    guard let file = try? EvidenceFile(path: unsafe String(cString: path)) else { return 0 }
    return file.stamp.bytes
  }

  /// Compiles one statement.
  func prepare(_ sql: String) throws(Failure) -> SeizedStatement {
    var made: OpaquePointer?
    deadline.instant = .now + Self.rowBudget
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &made, nil)
    guard code == SQLITE_OK, let made = unsafe made else { throw failure(code) }
    return unsafe SeizedStatement(made, connection: self)
  }

  /// Moves to the next row; `false` when there is none.
  func step(
    _ statement: SeizedStatement,
    budget: Duration = rowBudget
  ) throws(Failure) -> Bool {
    deadline.instant = .now + budget
    switch unsafe sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  private func failure(_ code: Int32) -> Failure {
    switch code & 0xFF {
    case SQLITE_INTERRUPT: Failure(reason: "reading it takes longer than any sound file would")
    case SQLITE_NOTADB: Failure(reason: "it is encrypted or no database at all")
    case SQLITE_TOOBIG: Failure(reason: "a cell is longer than 64 MiB")
    case SQLITE_FULL: Failure(reason: "the disk is full")
    default:
      Failure(
        reason: unsafe String(cString: sqlite3_errstr(code)) + " (SQLite code \(code))"
      )
    }
  }
}

/// A compiled statement and the values of its present row.
@safe final class SeizedStatement {
  /// One cell.
  enum Value {
    case null
    case integer(Int64)
    case real(Double)
    case text([UInt8])
    case blob([UInt8])
  }

  fileprivate let handle: OpaquePointer
  private let connection: SeizedConnection

  fileprivate init(_ handle: OpaquePointer, connection: SeizedConnection) {
    unsafe self.handle = handle
    self.connection = connection
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// The cell in a column of the present row; a column that does not exist is null.
  func value(_ column: Int32) -> Value {
    switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(handle, column))
    case SQLITE_TEXT: .text(bytes(column))
    case SQLITE_BLOB: .blob(bytes(column))
    default: .null
    }
  }

  /// The text of a column, if its bytes are strict UTF-8; only for text and blob cells.
  func validText(_ column: Int32) -> String? {
    unsafe withBytes(column) { unsafe String(validating: $0, as: UTF8.self) }
  }

  /// Whether the cell is text or a blob.
  func isTextual(_ column: Int32) -> Bool {
    let type = unsafe sqlite3_column_type(handle, column)
    return type == SQLITE_TEXT || type == SQLITE_BLOB
  }

  /// Hands the bytes of a text or blob cell to `body`, which must not keep them.
  func withBytes<R>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    // Text first: it fixes the length that `bytes` reports, in UTF-8.
    let isText = unsafe sqlite3_column_type(handle, column) == SQLITE_TEXT
    let start =
      isText
      ? unsafe UnsafeRawPointer(sqlite3_column_text(handle, column))
      : unsafe sqlite3_column_blob(handle, column)
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe body(
      UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
    )
  }

  private func bytes(_ column: Int32) -> [UInt8] {
    unsafe withBytes(column) { unsafe Array($0) }
  }
}
