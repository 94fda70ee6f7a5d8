internal import Foundation
internal import GRDB

extension CaseFile {
  /// The sources in order of import.
  public func sources() throws -> [SourceSummary] { try sources(only: nil) }

  /// The sources, or one of them only.
  func sources(only number: Int64?) throws -> [SourceSummary] {
    try read { database in
      var skips: [Int64: [String: Int64]] = [:]
      let skipped = try Row.fetchAll(
        database,
        sql: "SELECT source, rule, count FROM skip WHERE ?1 IS NULL OR source = ?1",
        arguments: [number]
      )
      for row in skipped {
        skips[try row.number(0), default: [:]][try row.text(1)] = try row.number(2)
      }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT source.id, path, bytes, sha256, sidecars, format, version, sign, decisions, units,
            stored, rejected, duplicate, skipped, scheme, value
          FROM source LEFT JOIN account ON account.id = owner
          WHERE ?1 IS NULL OR source.id = ?1 ORDER BY source.id
          """,
        arguments: [number]
      )
      return try rows.map { try Self.summary($0, skips: skips[$0.number(0)] ?? [:]) }
    }
  }

  private static func summary(_ row: Row, skips: [String: Int64]) throws -> SourceSummary {
    var counts = UnitCounts()
    counts.units = try row.number(9)
    counts.stored = try row.number(10)
    counts.rejected = try row.number(11)
    counts.duplicate = try row.number(12)
    counts.skipped = try row.number(13)
    var owner: Account?
    if let text = try row.optionalText(14), let scheme = AccountScheme(rawValue: text) {
      owner = Account(scheme, try row.text(15))
    }
    let sidecars = unpack(try row.text(4)).filter { $0.count == 3 }.map {
      StagedSource.Sidecar(suffix: $0[0], bytes: Int64($0[1]) ?? 0, sha256: $0[2])
    }
    var decisions: [String: String] = [:]
    for pair in unpack(try row.text(8)) where pair.count == 2 { decisions[pair[0]] = pair[1] }
    return SourceSummary(
      number: try row.number(0),
      path: try row.text(1),
      bytes: try row.number(2),
      sha256: try row.text(3),
      sidecars: sidecars,
      format: try row.text(5),
      importerVersion: Int(clamping: try row.number(6)),
      sign: try row.text(7),
      owner: owner,
      decisions: decisions,
      counts: counts,
      skips: skips
    )
  }

  /// The files that no importer reads, by path.
  public func unreadFiles() throws -> [UnreadFile] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT path, bytes, sha256, reason FROM unread ORDER BY path"
      ).map {
        UnreadFile(
          path: try $0.text(0),
          bytes: try $0.number(1),
          sha256: try $0.text(2),
          reason: try $0.text(3)
        )
      }
    }
  }

  /// The refused units, by source and place.
  public func rejects() throws -> [RejectedUnit] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT source, part, row, byte_offset, bytes, reason FROM reject
          ORDER BY source, part, row, byte_offset
          """
      ).map { row in
        RejectedUnit(
          source: try row.number(0),
          position: UnitPosition(
            part: try row.text(1),
            row: try row.number(2),
            offset: try row.optionalNumber(3)
          ),
          bytes: Array(try row.bytes(4)),
          reason: try row.text(5)
        )
      }
    }
  }
}
