import Foundation
internal import GRDB

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

  /// Opens an existing case for reading.
  ///
  /// - Throws: ``EvidenceError/noSuchFile(path:)`` when there is none.
  public static func openForReading(_ path: String) throws -> CaseFile {
    guard FileManager.default.fileExists(atPath: path) else {
      throw EvidenceError.noSuchFile(path: path)
    }
    return try CaseFile(path: path, writable: false)
  }

  private init(path: String, writable: Bool) throws {
    self.path = path
    lock = writable ? try CaseLock(casePath: path) : nil
    let isNew = !FileManager.default.fileExists(atPath: path)
    var configuration = Configuration()
    configuration.readonly = false
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
          PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
          PRAGMA cache_size = -\(Self.cacheKiB)
          """
      )
    }
    do {
      if !isNew { try Self.checkHeader(path) }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      if isNew {
        try queue.write { database in
          for statement in Schema.statements { try database.execute(sql: statement) }
          try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
          try database.execute(sql: "PRAGMA user_version = \(Schema.version)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      }
      try queue.read { try Self.checkVersion($0, path: path) }
    } catch let error as DatabaseError {
      throw Self.translate(error, path: path)
    }
  }

  private static func checkHeader(_ path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw EvidenceError.permissionDenied(path: path)
    }
    let head = (try? handle.read(upToCount: 16)) ?? Data()
    try? handle.close()
    guard head.isEmpty || head == Data("SQLite format 3\0".utf8) else {
      throw EvidenceError.notACase(path: path, reason: "no SQLite database")
    }
  }

  private static func checkVersion(_ database: Database, path: String) throws {
    let application = try Int64.fetchOne(database, sql: "PRAGMA application_id")
    let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard application == Schema.applicationID else {
      throw EvidenceError.notACase(path: path, reason: "another program's database")
    }
    guard version == Schema.version else {
      throw EvidenceError.notACase(
        path: path,
        reason: "version \(version) of the tables, this program reads \(Schema.version)"
      )
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

  /// Runs a write in one transaction and translates its errors.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.write(body)
    } catch let error as DatabaseError {
      throw Self.translate(error, path: path)
    }
  }

  /// Runs a read and translates its errors.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try queue.read(body)
    } catch let error as DatabaseError {
      throw Self.translate(error, path: path)
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
