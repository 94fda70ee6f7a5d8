internal import Foundation
internal import GRDB

extension CaseFile {
  /// The sources in order of import.
  public func sources() throws -> [SourceSummary] {
    try read { database in
      var skips: [Int64: [String: Int64]] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT source, rule, count FROM skip") {
        skips[row[0], default: [:]][row[1]] = row[2]
      }
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT source.*, scheme, value FROM source LEFT JOIN account ON account.id = owner
          ORDER BY source.id
          """
      )
      return rows.map { Self.summary($0, skips: skips[$0["id"]] ?? [:]) }
    }
  }

  private static func summary(_ row: Row, skips: [String: Int64]) -> SourceSummary {
    var counts = UnitCounts()
    counts.units = row["units"]
    counts.stored = row["stored"]
    counts.rejected = row["rejected"]
    counts.duplicate = row["duplicate"]
    counts.skipped = row["skipped"]
    var owner: Account?
    if let text = row["scheme"] as String?, let scheme = AccountScheme(rawValue: text) {
      owner = Account(scheme, row["value"])
    }
    let sidecars = unpack(row["sidecars"]).filter { $0.count == 3 }.map {
      StagedSource.Sidecar(suffix: $0[0], bytes: Int64($0[1]) ?? 0, sha256: $0[2])
    }
    var decisions: [String: String] = [:]
    for pair in unpack(row["decisions"]) where pair.count == 2 { decisions[pair[0]] = pair[1] }
    return SourceSummary(
      number: row["id"],
      path: row["path"],
      bytes: row["bytes"],
      sha256: row["sha256"],
      sidecars: sidecars,
      format: row["format"],
      importerVersion: row["version"],
      sign: row["sign"],
      owner: owner,
      decisions: decisions,
      counts: counts,
      skips: skips
    )
  }

  /// The files that no importer reads, by path.
  public func unreadFiles() throws -> [UnreadFile] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM unread ORDER BY path").map {
        UnreadFile(path: $0["path"], bytes: $0["bytes"], sha256: $0["sha256"], reason: $0["reason"])
      }
    }
  }

  /// The refused units, by source and place.
  public func rejects() throws -> [RejectedUnit] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM reject ORDER BY source, part, row, byte_offset"
      ).map { row in
        let bytes: Data = row["bytes"]
        return RejectedUnit(
          source: row["source"],
          position: UnitPosition(part: row["part"], row: row["row"], offset: row["byte_offset"]),
          bytes: Array(bytes),
          reason: row["reason"]
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
        if let record = decoder.record(row) { try body(record) }
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
          let record = RecordDecoder(accounts: accounts).record(row)
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
      ).compactMap { RecordDecoder(accounts: accounts).record($0) }
    }
  }

  /// Where a record was seen, by source and place.
  public func sightings(of id: RecordID) throws -> [Sighting] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT sighting.*, source.path, record.text, original.content AS original
          FROM record JOIN sighting ON sighting.record = record.id
          JOIN source ON source.id = sighting.source
          LEFT JOIN original ON original.source = sighting.source
            AND original.part = sighting.part AND original.row = sighting.row
          WHERE record.key = ? ORDER BY sighting.source, sighting.part, sighting.row
          """,
        arguments: [Data(id.bytes)]
      ).map { row in
        let stored: DatabaseValue = row["original"]
        let original: Original
        switch stored.storage {
        case .string(let text): original = .text(text)
        case .blob(let data): original = .bytes(Array(data))
        default: original = .text(row["text"])
        }
        return Sighting(
          source: row["source"],
          path: row["path"],
          position: UnitPosition(part: row["part"], row: row["row"], offset: row["byte_offset"]),
          original: original,
          differs: !(row["content"] as DatabaseValue).isNull
        )
      }
    }
  }

  static func accounts(_ database: Database) throws -> [Int64: Account] {
    var accounts: [Int64: Account] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT id, scheme, value FROM account") {
      if let scheme = AccountScheme(rawValue: row[1]) {
        accounts[row[0]] = Account(scheme, row[2])
      }
    }
    return accounts
  }
}

/// Turns rows of the record table into records.
struct RecordDecoder {
  let accounts: [Int64: Account]

  func record(_ row: Row) -> StoredRecord? {
    // By position, in the order of the table's columns: lookups by name cost too much here.
    let key: Data = row[1]
    guard let id = RecordID(bytes: key), let fields = self.row(row) else { return nil }
    return fields.item.map { StoredRecord(id: id, item: $0) }
  }

  func row(_ row: Row) -> RecordRow? {
    guard let kind = RecordRow.Kind(rawValue: row[3]) else { return nil }
    var fields = RecordRow(kind: kind)
    fields.a = account(row, 4)
    fields.b = account(row, 5)
    fields.g = account(row, 6)
    if let milliseconds = row[7] as Int64? {
      let zone = Timestamp.Zone(rawValue: UInt8(clamping: row[8] as Int64? ?? 0)) ?? .epoch
      fields.at = Timestamp(milliseconds: milliseconds, zone: zone)
    }
    fields.sort = row[9]
    fields.fen = row[10]
    fields.currency = row[11]
    fields.n = row[12]
    fields.text = row[13]
    fields.second = row[14]
    fields.third = row[15]
    fields.reference = row[16]
    return fields
  }

  private func account(_ row: Row, _ index: Int) -> Account? {
    (row[index] as Int64?).flatMap { accounts[$0] }
  }
}
