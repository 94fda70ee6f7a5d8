internal import Foundation
internal import GRDB

/// One entry of the audit log.
public struct AuditEntry: Sendable, Hashable {
  /// Its place, counted from 1 without a gap.
  public let sequence: Int64
  /// When it was written, ISO 8601 in UTC.
  public let at: String
  /// What was done, such as `import`, `unread` or `merge`.
  public let action: String
  /// With what, never the content of evidence.
  public let detail: String
  /// SHA-256 over the entry before and this one, lower-case hex.
  public let hash: String
}

/// The hash chain: each entry digests the one before.
///
/// A changed, removed or inserted entry breaks every later hash. A cut tail shows only
/// against a head that was noted elsewhere.
enum AuditLog {
  /// The hash before the first entry.
  static let root = String(repeating: "0", count: 64)

  static func hash(
    previous: String,
    sequence: Int64,
    at: String,
    action: String,
    detail: String
  ) -> String {
    var digest = FieldDigest()
    digest.add(previous)
    digest.add(sequence)
    digest.add(at)
    digest.add(action)
    digest.add(detail)
    return digest.hex
  }

  static func append(action: String, detail: String, to database: Database) throws {
    let last = try Row.fetchOne(
      database,
      sql: "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
    )
    let sequence = (last?["sequence"] ?? 0 as Int64) + 1
    let previous: String = last?["hash"] ?? root
    let at = Date().formatted(.iso8601)
    try database.execute(
      sql: "INSERT INTO audit(sequence, at, action, detail, hash) VALUES(?,?,?,?,?)",
      arguments: [
        sequence, at, action, detail,
        hash(previous: previous, sequence: sequence, at: at, action: action, detail: detail),
      ]
    )
  }

  static func entries(_ database: Database) throws -> [AuditEntry] {
    try Row.fetchAll(database, sql: "SELECT * FROM audit ORDER BY sequence").map { row in
      AuditEntry(
        sequence: row["sequence"],
        at: row["at"],
        action: row["action"],
        detail: row["detail"],
        hash: row["hash"]
      )
    }
  }

  /// The first entry whose hash does not follow from the one before, or `nil`.
  static func firstBreak(in entries: [AuditEntry]) -> Int64? {
    var previous = root
    for (index, entry) in entries.enumerated() {
      let expected = hash(
        previous: previous,
        sequence: entry.sequence,
        at: entry.at,
        action: entry.action,
        detail: entry.detail
      )
      guard entry.sequence == Int64(index) + 1, entry.hash == expected else {
        return entry.sequence
      }
      previous = entry.hash
    }
    return nil
  }
}

extension CaseFile {
  /// The audit log from its first entry.
  public func auditLog() throws -> [AuditEntry] { try read(AuditLog.entries) }
}
