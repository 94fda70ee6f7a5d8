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

  /// What the log says of a source: its bytes, its counts and the digest of all that it brought.
  static func detail(
    source: Int64,
    sha256: String,
    format: String,
    version: Int,
    counts: UnitCounts,
    digest: String
  ) -> String {
    """
    source \(source) sha256 \(sha256) format \(format) version \(version) units \(counts.units) \
    stored \(counts.stored) rejected \(counts.rejected) duplicate \(counts.duplicate) skipped \
    \(counts.skipped) digest \(digest)
    """
  }

  /// What the log says of a file that nobody reads: digests, because paths hold names.
  static func detail(unread file: UnreadFile) -> String {
    var (path, entry) = (FieldDigest(), FieldDigest())
    path.add(file.path)
    entry.add(file.path)
    entry.add(file.bytes)
    entry.add(file.sha256)
    entry.add(file.reason)
    return "path \(path.hex) sha256 \(file.sha256) bytes \(file.bytes) entry \(entry.hex)"
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
    try Row.fetchAll(
      database,
      sql: "SELECT sequence, at, action, detail, hash FROM audit ORDER BY sequence"
    ).map { row in
      AuditEntry(
        sequence: try row.number(0),
        at: try row.text(1),
        action: try row.text(2),
        detail: try row.text(3),
        hash: try row.text(4)
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
