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

  /// How many records the case holds.
  public func recordCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM record") ?? 0 }
  }

  /// Hands every record to `body`, in the order in which it came in.
  ///
  /// The order depends on the order of import; whoever computes something sorts by ``RecordID``.
  public func forEachRecord(_ body: (StoredRecord) throws -> Void) throws {
    try read { database in
      let accounts = try Self.accounts(database)
      let cursor = try Row.fetchCursor(database, sql: "SELECT * FROM record ORDER BY id")
      let decoder = RecordDecoder(accounts: accounts)
      while let row = try cursor.next() {
        if let record = try decoder.record(row) { try body(record) }
      }
    }
  }

  /// The records with the given numbers, in the order of the numbers.
  public func records(_ ids: [RecordID]) throws -> [StoredRecord] {
    try read { database in
      let accounts = try Self.accounts(database)
      var found: [StoredRecord] = []
      let statement = try database.makeStatement(sql: "SELECT * FROM record WHERE key = ?")
      for id in ids {
        if let row = try Row.fetchOne(statement, arguments: [Data(id.bytes)]),
          let record = try RecordDecoder(accounts: accounts).record(row)
        {
          found.append(record)
        }
      }
      return found
    }
  }

  /// The records whose printed number begins with `text`.
  public func records(matching text: String) throws -> [StoredRecord] {
    guard let bounds = RecordID.bounds(text: text) else { return [] }
    return try read { database in
      let accounts = try Self.accounts(database)
      let low = RecordID(high: bounds.lowest, low: 0).bytes
      let high = RecordID(high: bounds.highest, low: .max).bytes
      return try Row.fetchAll(
        database,
        sql: "SELECT * FROM record WHERE key BETWEEN ? AND ? ORDER BY key",
        arguments: [Data(low), Data(high)]
      ).compactMap { try RecordDecoder(accounts: accounts).record($0) }
    }
  }

  /// Where a record was seen, by source and place.
  public func sightings(of id: RecordID) throws -> [Sighting] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT sighting.source, source.path, sighting.part, sighting.row, sighting.byte_offset,
            sighting.content IS NOT NULL, original.content, record.text
          FROM record JOIN sighting ON sighting.record = record.id
          JOIN source ON source.id = sighting.source
          LEFT JOIN original ON original.source = sighting.source
            AND original.part = sighting.part AND original.row = sighting.row
          WHERE record.key = ? ORDER BY sighting.source, sighting.part, sighting.row
          """,
        arguments: [Data(id.bytes)]
      ).map { row in
        let original: Original
        switch (row[6] as DatabaseValue).storage {
        case .string(let text): original = .text(text)
        case .blob(let data): original = Self.original(data)
        default: original = .text(try row.text(7))
        }
        return Sighting(
          source: try row.number(0),
          path: try row.text(1),
          position: UnitPosition(
            part: try row.text(2),
            row: try row.number(3),
            offset: try row.optionalNumber(4)
          ),
          original: original,
          differs: try row.number(5) != 0
        )
      }
    }
  }

  /// Text with a NUL is stored as bytes.
  private static func original(_ data: Data) -> Original {
    guard data.contains(0), let text = String(validating: data, as: UTF8.self) else {
      return .bytes(Array(data))
    }
    return .text(text)
  }

  static func accounts(_ database: Database) throws -> [Int64: Account] {
    var accounts: [Int64: Account] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT id, scheme, value FROM account") {
      if let scheme = AccountScheme(rawValue: try row.text(1)) {
        accounts[try row.number(0)] = Account(scheme, try row.text(2))
      }
    }
    return accounts
  }
}

/// Turns rows of the record table into records.
struct RecordDecoder {
  let accounts: [Int64: Account]

  /// The record; `nil` where its columns fit no item, which only damage can cause.
  func record(_ row: Row) throws -> StoredRecord? {
    // By position, in the order of the table's columns: lookups by name cost too much here.
    guard let id = RecordID(bytes: try row.bytes(1)), let fields = try self.row(row) else {
      return nil
    }
    return fields.item.map { StoredRecord(id: id, item: $0) }
  }

  func row(_ row: Row) throws -> RecordRow? {
    guard let kind = RecordRow.Kind(rawValue: try row.number(3)) else { return nil }
    var fields = RecordRow(kind: kind)
    fields.a = try account(row, 4)
    fields.b = try account(row, 5)
    fields.g = try account(row, 6)
    if let milliseconds = try row.optionalNumber(7) {
      guard let number = UInt8(exactly: try row.number(8)),
        let zone = Timestamp.Zone(rawValue: number)
      else { return nil }
      fields.at = Timestamp(milliseconds: milliseconds, zone: zone)
    }
    fields.sort = try row.text(9)
    fields.fen = try row.optionalNumber(10)
    fields.currency = try row.optionalText(11)
    fields.n = try row.optionalNumber(12)
    fields.text = try row.text(13)
    fields.second = try row.optionalText(14)
    fields.third = try row.optionalText(15)
    fields.reference = try row.optionalText(16)
    return fields
  }

  private func account(_ row: Row, _ index: Int) throws -> Account? {
    guard let number = try row.optionalNumber(index) else { return nil }
    guard let account = accounts[number] else { throw StoredFault() }
    return account
  }
}
