import Foundation
internal import GRDB
internal import Glibc

/// One case on disk: sources, records, accounts, merges, rejects and the audit log.
///
/// A case file is one SQLite database. Sources enter it whole or not at all, each in one
/// transaction; a process that dies leaves the sources that were finished and nothing else.
/// One writer at a time: a lock file beside the case holds its process id.
public final class CaseFile {
  /// The path of the case file.
  public let path: String
  let queue: DatabaseQueue
  private let lock: CaseLock?

  /// How many unwritten pages SQLite may keep in memory, in KiB.
  private static let cacheKiB = 128 * 1024

  /// Opens a case for writing, and makes it when it does not exist.
  ///
  /// - Throws: ``EvidenceError/locked(path:holder:)`` when another process writes to it,
  ///   ``EvidenceError/notACase(path:reason:)`` for a foreign or newer file.
  public static func open(_ path: String) throws -> CaseFile {
    try CaseFile(path: path, writable: true)
  }

  /// Opens an existing case for writing.
  ///
  /// - Throws: ``EvidenceError/noSuchFile(path:)`` when there is none.
  public static func openExisting(_ path: String) throws -> CaseFile {
    guard CaseHeader.exists(path) else { throw EvidenceError.noSuchFile(path: path) }
    return try CaseFile(path: path, writable: true)
  }

  /// Opens an existing case for reading.
  ///
  /// - Throws: ``EvidenceError/noSuchFile(path:)`` when there is none.
  public static func openForReading(_ path: String) throws -> CaseFile {
    guard CaseHeader.exists(path) else { throw EvidenceError.noSuchFile(path: path) }
    return try CaseFile(path: path, writable: false)
  }

  private init(path: String, writable: Bool) throws {
    self.path = path
    lock = writable ? try CaseLock(casePath: path) : nil
    do {
      // Looked at without SQLite, which would begin to write into whatever database this is.
      if try !CaseHeader.check(path) { try Self.make(path) }
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(journal: "WAL"))
      try queue.read { try Self.checkVersion($0, path: path) }
    } catch let error as DatabaseError {
      lock?.release()
      throw Self.translate(error, path: path)
    } catch {
      lock?.release()
      throw error
    }
  }

  private static func configuration(journal: String) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = \(journal); PRAGMA synchronous = FULL;
          PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
          PRAGMA cache_size = -\(cacheKiB)
          """
      )
    }
    return configuration
  }

  /// Makes an empty case beside its place and moves it there: a process that dies leaves a whole
  /// case or none.
  private static func make(_ path: String) throws {
    let temporary = path + ".new"
    try? FileManager.default.removeItem(atPath: temporary)
    let queue = try DatabaseQueue(path: temporary, configuration: configuration(journal: "DELETE"))
    // Pages of sources are long; short database pages would cost a system call each.
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA page_size = 16384") }
    try queue.write { database in
      for statement in Schema.statements { try database.execute(sql: statement) }
      try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      try database.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }
    try queue.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: temporary)
    // A log left beside a case that somebody removed belongs to no other case.
    for suffix in ["-wal", "-shm", "-journal"] where CaseHeader.exists(path + suffix) {
      throw EvidenceError.notACase(
        path: path,
        reason: "the case is missing but \(path)\(suffix) is there; move it away first"
      )
    }
    guard unsafe rename(temporary, path) == 0 else {
      throw EvidenceError.fromErrno(errno, path: path)
    }
  }

  private static func checkVersion(_ database: Database, path: String) throws {
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id")
    let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard application == Schema.applicationID else {
      throw EvidenceError.notACase(path: path, reason: "another program's database")
    }
    if let reason = Schema.refusal(of: version) {
      throw EvidenceError.notACase(path: path, reason: reason)
    }
  }

  /// Turns a database error into one of ours, without the statement or its values.
  static func translate(_ error: DatabaseError, path: String) -> EvidenceError {
    switch error.resultCode {
    case .SQLITE_FULL: .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path, holder: "another process")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      .damagedDatabase(path: path, reason: error.message ?? "unreadable")
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: .permissionDenied(path: path)
    default: .inputOutput(path: path, reason: error.message ?? "database error")
    }
  }

  private static func damaged(_ path: String) -> EvidenceError {
    .damagedDatabase(path: path, reason: "a value is not of the kind that its column holds")
  }

  /// Runs a write in one transaction and translates its errors.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.write(body)
    } catch let error as DatabaseError {
      throw Self.translate(error, path: path)
    } catch is StoredFault {
      throw Self.damaged(path)
    }
  }

  /// Runs a read and translates its errors.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.read(body)
    } catch let error as DatabaseError {
      throw Self.translate(error, path: path)
    } catch is StoredFault {
      throw Self.damaged(path)
    }
  }

  /// Closes the database; nothing may be called afterwards.
  public func close() throws {
    do {
      try queue.close()
    } catch let error as DatabaseError {
      throw Self.translate(error, path: path)
    }
    lock?.release()
  }
}
