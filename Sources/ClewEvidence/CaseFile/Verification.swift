internal import Foundation
internal import GRDB

/// The digest of all that a source brought into the case, and of what the case says of it.
enum SourceDigest {
  /// Digests the source's own row, its units with their originals, its rejects, its skips and the
  /// fingerprints of its rows.
  ///
  /// Its pages come as their digest (``PageDigest``).
  static func compute(source: Int64, pages: String, in database: Database) throws -> String {
    var digest = RollingDigest()
    digest.add(pages)
    for sql in [
      """
      SELECT source.id, identity, path, name, bytes, sha256, sidecars, format, version, sign,
        scheme, value, decisions, units, stored, rejected, duplicate, skipped
      FROM source LEFT JOIN account ON account.id = owner WHERE source.id = ?
      """,
      """
      SELECT part, row, byte_offset, bytes, reason FROM reject WHERE source = ? ORDER BY rowid
      """,
      "SELECT rule, count FROM skip WHERE source = ? ORDER BY rule",
      "SELECT chunk, rows FROM delivery_rows WHERE source = ? ORDER BY chunk",
    ] {
      let rows = try Row.fetchCursor(database, sql: sql, arguments: [source])
      while let row = try rows.next() {
        for value in row.databaseValues { digest.add(value) }
      }
      digest.add(-1 as Int64)
    }
    return digest.hex
  }
}

extension RollingDigest {
  /// Adds a value with its kind in front.
  fileprivate mutating func add(_ value: DatabaseValue) {
    switch value.storage {
    case .null: add(0 as Int64)
    case .int64(let number):
      add(1 as Int64)
      add(number)
    case .double(let number):
      add(2 as Int64)
      add(Int64(bitPattern: number.bitPattern))
    case .string(let text):
      add(3 as Int64)
      add(text)
    case .blob(let data):
      add(4 as Int64)
      add(data)
    }
  }
}

/// What a verification found, one line for each difference.
public struct Verification: Sendable, Hashable {
  /// How many sources, records and audit entries were looked at.
  public var sources = 0
  /// How many records were digested again.
  public var records = 0
  /// How many audit entries were chained again.
  public var auditEntries = 0
  /// How many originals were found and hashed again.
  public var originals = 0
  /// The originals that are no longer where they were: not a fault of the case.
  public var missingOriginals: [String] = []
  /// The differences; empty when all is as it was.
  public var problems: [String] = []
  /// The hash of the last audit entry, to be noted outside of the case.
  public var auditHead = AuditLog.root
}

extension CaseFile {
  /// Digests everything again and compares it with what was noted on import.
  ///
  /// - Parameter hashOfFile: Returns the SHA-256 of a file, or `nil` where it cannot be read; asked
  ///   for each original that is no member of an archive.
  /// - Returns: What was looked at, and every difference.
  /// - Throws: ``EvidenceError`` when the case cannot be read.
  public func verify(hashOfFile: (String) -> String?) throws -> Verification {
    var result = Verification()
    var sources: [SourceSummary] = []
    do {
      sources = try self.sources()
      try read { database in
        let check = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
        if let check, check != "ok" { result.problems.append("the case database is damaged") }
        let pages = try PageCheck.run(database, into: &result)
        try Self.checkSources(sources, pages: pages, in: database, into: &result)
      }
    } catch EvidenceError.damagedDatabase {
      result.problems.append("the case database cannot be read to its end")
    }
    for source in sources where !source.path.contains("!/") {
      guard let hash = hashOfFile(source.path) else {
        result.missingOriginals.append(source.path)
        continue
      }
      result.originals += 1
      if hash != source.sha256 {
        result.problems.append("\(source.path): the file is not the one that was imported")
      }
    }
    return result
  }

  private static func checkSources(
    _ sources: [SourceSummary],
    pages: [Int64: String],
    in database: Database,
    into result: inout Verification
  ) throws {
    let entries = try AuditLog.entries(database)
    var details = Set(entries.filter { $0.action == "import" }.map(\.detail))
    for source in sources {
      result.sources += 1
      let number = source.number
      let digest = try SourceDigest.compute(
        source: number,
        pages: pages[number] ?? "",
        in: database
      )
      let noted = try String.fetchOne(
        database,
        sql: "SELECT digest FROM source WHERE id = ?",
        arguments: [number]
      )
      if digest != noted {
        result.problems.append("source \(number): its records are not as imported")
      }
      if !source.counts.isConserved {
        result.problems.append("source \(number): its unit counts do not add up")
      }
      let detail = AuditLog.detail(
        source: number,
        sha256: source.sha256,
        format: source.format,
        version: source.importerVersion,
        counts: source.counts,
        digest: digest
      )
      if details.remove(detail) == nil {
        result.problems.append("source \(number): the audit log tells another story")
      }
    }
    if details.count > 0 {
      result.problems.append(
        "\(details.count) sources of the audit log are not in the case as noted"
      )
    }
    result.auditEntries = entries.count
    result.auditHead = entries.last?.hash ?? AuditLog.root
    if let broken = AuditLog.firstBreak(in: entries) {
      result.problems.append("audit log: entry \(broken) does not follow from the one before")
    }
    try checkUnread(entries, in: database, into: &result)
    try checkDecisions(entries, in: database, into: &result)
  }

  /// The last audit entry of every unread file must say what the list says.
  private static func checkUnread(
    _ entries: [AuditEntry],
    in database: Database,
    into result: inout Verification
  ) throws {
    var last: [Substring: String] = [:]
    for entry in entries where entry.action == "unread" {
      last[entry.detail.prefix { $0 != "s" }] = entry.detail
    }
    let listed = try Row.fetchAll(
      database,
      sql: "SELECT path, bytes, sha256, reason FROM unread"
    ).map {
      AuditLog.detail(
        unread: UnreadFile(
          path: try $0.text(0),
          bytes: try $0.number(1),
          sha256: try $0.text(2),
          reason: try $0.text(3)
        )
      )
    }
    if Set(listed) != Set(last.values) {
      result.problems.append("the list of files that were not read is not as noted")
    }
  }
}
