import Crypto
import Foundation
import GRDB

/// Writes one SQLite file the way an extraction tool leaves it, the same bytes for the same rows.
///
/// Only invented cases are written with it: evidence is never written. The page size is fixed, there
/// is no journal, nothing is vacuumed, and the mark of the SQLite version in the header is constant,
/// so that two machines write the same file.
public final class ExportDatabase {
  /// One value of a row.
  public enum Value: Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
  }

  private let queue: DatabaseQueue
  private let path: String
  private var waiting: [(statement: Int, values: [Value])] = []
  private var statements: [String] = []
  private let batch: Int

  /// Creates the file, replacing an older one, and runs the statements of its schema.
  ///
  /// - Parameters:
  ///   - path: Where the file is created; its folder must exist.
  ///   - schema: `CREATE` statements, run in order.
  ///   - pageSize: The size of a page in bytes, a power of two from 512 to 65536.
  ///   - batch: How many rows are held in memory before they are written.
  /// - Throws: ``EvidenceError/inputOutput(path:reason:)``.
  public init(
    path: String, schema: [String], pageSize: Int = 1024, batch: Int = 4096
  ) throws(EvidenceError) {
    self.path = path
    self.batch = batch
    do {
      if FileManager.default.fileExists(atPath: path) {
        try FileManager.default.removeItem(atPath: path)
      }
      var configuration = Configuration()
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA page_size=\(pageSize)")
        try database.execute(sql: "PRAGMA journal_mode=OFF")
        try database.execute(sql: "PRAGMA synchronous=OFF")
        try database.execute(sql: "PRAGMA cache_size=-256")
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { database in
        for statement in schema { try database.execute(sql: statement) }
      }
    } catch {
      throw EvidenceError.inputOutput(path: path, reason: "\(error)")
    }
  }

  /// Names an `INSERT` statement for ``insert(_:_:)``.
  ///
  /// - Returns: The number by which the statement is called.
  public func prepare(_ sql: String) -> Int {
    statements.append(sql)
    return statements.count - 1
  }

  /// Adds one row by the statement of that number.
  public func insert(_ statement: Int, _ values: [Value]) throws(EvidenceError) {
    waiting.append((statement, values))
    if waiting.count >= batch { try flush() }
  }

  /// Writes what is held and closes the file.
  public func finish() throws(EvidenceError) {
    try flush()
    do {
      try queue.close()
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try handle.seek(toOffset: 96)
      try handle.write(contentsOf: Data([0x00, 0x2E, 0x63, 0x00]))
      try handle.close()
    } catch {
      throw EvidenceError.inputOutput(path: path, reason: "\(error)")
    }
  }

  private func flush() throws(EvidenceError) {
    let rows = waiting
    waiting.removeAll(keepingCapacity: true)
    guard !rows.isEmpty else { return }
    let texts = statements
    do {
      try queue.write { database in
        let prepared = try texts.map { try database.cachedStatement(sql: $0) }
        for row in rows {
          let arguments = row.values.map(Self.databaseValue)
          try prepared[row.statement].execute(arguments: StatementArguments(arguments))
        }
      }
    } catch {
      throw EvidenceError.inputOutput(path: path, reason: "\(error)")
    }
  }

  private static func databaseValue(_ value: Value) -> DatabaseValue {
    switch value {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}

/// The digest by which a generated file is compared with the one that was committed.
package enum ExportDigest {
  /// The SHA-256 of a file as lower-case hex.
  package static func sha256(ofFile path: String) throws(EvidenceError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EvidenceError.noSuchFile(path: path)
    }
    let digits = Array("0123456789abcdef")
    var text = ""
    for byte in SHA256.hash(data: data) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}
