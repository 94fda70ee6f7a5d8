internal import Foundation
internal import GRDB

/// The digest of all that a source brought into the case.
enum SourceDigest {
  /// Digests sightings, originals, rejects and skips of one source in the order they came in.
  static func compute(source: Int64, in database: Database) throws -> String {
    var digest = RollingDigest()
    let sightings = try Row.fetchCursor(
      database,
      sql: """
        SELECT record.key, sighting.part, sighting.row, sighting.byte_offset,
          coalesce(sighting.content, record.content)
        FROM sighting JOIN record ON record.id = sighting.record WHERE source = ?
        ORDER BY sighting.rowid
        """,
      arguments: [source]
    )
    while let row = try sightings.next() {
      digest.add(row[0] as Data)
      digest.add(row[1] as String)
      digest.add(row[2] as Int64)
      digest.add(row[3] as Int64? ?? -1)
      digest.add(row[4] as Data)
    }
    let originals = try Row.fetchCursor(
      database,
      sql: "SELECT part, row, content FROM original WHERE source = ? ORDER BY part, row",
      arguments: [source]
    )
    while let row = try originals.next() {
      digest.add(row[0] as String)
      digest.add(row[1] as Int64)
      digest.add(row[2] as Data)
    }
    let rejects = try Row.fetchCursor(
      database,
      sql: """
        SELECT part, row, byte_offset, bytes, reason FROM reject WHERE source = ? ORDER BY rowid
        """,
      arguments: [source]
    )
    while let row = try rejects.next() {
      digest.add(row[0] as String)
      digest.add(row[1] as Int64)
      digest.add(row[2] as Int64? ?? -1)
      digest.add(row[3] as Data)
      digest.add(row[4] as String)
    }
    for row in try Row.fetchAll(
      database,
      sql: "SELECT rule, count FROM skip WHERE source = ? ORDER BY rule",
      arguments: [source]
    ) {
      digest.add(row[0] as String)
      digest.add(row[1] as Int64)
    }
    return digest.hex
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
    let sources = try sources()
    try read { database in
      if let problem = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), problem != "ok"
      {
        result.problems.append("the case database is damaged")
      }
      try Self.checkRecords(database, into: &result)
      for source in sources {
        result.sources += 1
        let noted = try String.fetchOne(
          database,
          sql: "SELECT digest FROM source WHERE id = ?",
          arguments: [source.number]
        )
        if try SourceDigest.compute(source: source.number, in: database) != noted {
          result.problems.append("source \(source.number): its records are not as imported")
        }
        if !source.counts.isConserved {
          result.problems.append("source \(source.number): its unit counts do not add up")
        }
      }
      let entries = try AuditLog.entries(database)
      result.auditEntries = entries.count
      result.auditHead = entries.last?.hash ?? AuditLog.root
      if let broken = AuditLog.firstBreak(in: entries) {
        result.problems.append("audit log: entry \(broken) does not follow from the one before")
      }
      try Self.checkAudit(entries, against: sources, into: &result)
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

  private static func checkRecords(_ database: Database, into result: inout Verification) throws {
    let decoder = RecordDecoder(accounts: try accounts(database))
    let cursor = try Row.fetchCursor(database, sql: "SELECT * FROM record ORDER BY id")
    var broken = 0
    while let row = try cursor.next() {
      result.records += 1
      let content: Data = row[2]
      let key: Data = row[1]
      guard let fields = decoder.row(row), let item = fields.item,
        Data(RecordIdentity.content(of: fields).bytes) == content,
        Data(RecordIdentity.id(of: item).bytes) == key
      else {
        broken += 1
        continue
      }
    }
    if broken > 0 { result.problems.append("\(broken) records are not as imported") }
  }

  /// Every source must have its audit entry with the same digest and counts.
  private static func checkAudit(
    _ entries: [AuditEntry],
    against sources: [SourceSummary],
    into result: inout Verification
  ) throws {
    let details = Set(entries.filter { $0.action == "import" }.map(\.detail))
    for source in sources {
      let counts = source.counts
      let expected = """
        source \(source.number) sha256 \(source.sha256) format \(source.format) version \
        \(source.importerVersion) units \(counts.units) stored \(counts.stored) rejected \
        \(counts.rejected) duplicate \(counts.duplicate) skipped \(counts.skipped)
        """
      if !details.contains(expected) {
        result.problems.append("source \(source.number): the audit log tells another story")
      }
    }
  }
}
