internal import Foundation
internal import GRDB

extension CaseFile {
  /// How many records the case holds.
  public func recordCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM record") ?? 0 }
  }

  /// Hands every record to `body`, in the order in which it came in.
  ///
  /// The order depends on the order of import; whoever computes something sorts by ``RecordID``.
  public func forEachRecord(_ body: (StoredRecord) throws -> Void) throws {
    try read { database in
      try PageReader(database).forEachRecord { record, _ in try body(record) }
    }
  }

  /// The records with the given numbers, in the order of the numbers.
  public func records(_ ids: [RecordID]) throws -> [StoredRecord] {
    try read { database in
      let reader = try PageReader(database)
      var places: [(place: Int64, index: Int)] = []
      for (index, id) in ids.enumerated() {
        let place = try Int64.fetchOne(
          database,
          sql: "SELECT place FROM record WHERE key = ?",
          arguments: [Data(id.bytes)]
        )
        if let place { places.append((place, index)) }
      }
      return try reader.records(at: places.sorted { $0.place < $1.place })
        .sorted { $0.index < $1.index }.map(\.record)
    }
  }

  /// The records whose printed number begins with `text`.
  public func records(matching text: String) throws -> [StoredRecord] {
    guard let bounds = RecordID.bounds(text: text) else { return [] }
    let low = RecordID(high: bounds.lowest, low: 0).bytes
    let high = RecordID(high: bounds.highest, low: .max).bytes
    let ids = try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT key FROM record WHERE key BETWEEN ? AND ? ORDER BY key",
        arguments: [Data(low), Data(high)]
      ).compactMap { RecordID(bytes: try $0.bytes(0)) }
    }
    return try records(ids)
  }

  /// Where a record was seen, by source and place.
  public func sightings(of id: RecordID) throws -> [Sighting] {
    try read { database in
      let key = Data(id.bytes)
      guard
        let chosen = try Int64.fetchOne(
          database,
          sql: "SELECT place FROM record WHERE key = ?",
          arguments: [key]
        )
      else { return [] }
      let further = try Int64.fetchAll(
        database,
        sql: "SELECT place FROM again WHERE key = ?",
        arguments: [key]
      )
      let reader = try PageReader(database)
      let record = try reader.sighting(at: chosen)
      let sightings = try [record] + further.map { try reader.sighting(at: $0) }
      let paths = try Dictionary(
        Row.fetchAll(database, sql: "SELECT id, path FROM source")
          .map { (try $0.number(0), try $0.text(1)) },
        uniquingKeysWith: { first, _ in first }
      )
      return sightings.map { seen in
        Sighting(
          source: seen.source,
          path: paths[seen.source] ?? "",
          position: seen.position,
          original: seen.original,
          differs: seen.row != record.row
        )
      }.sorted(by: Self.precedes)
    }
  }

  private static func precedes(_ left: Sighting, _ right: Sighting) -> Bool {
    if left.source != right.source { return left.source < right.source }
    let (one, other) = (left.position, right.position)
    if one.part != other.part { return one.part.utf8.lexicographicallyPrecedes(other.part.utf8) }
    return one.row < other.row
  }

  static func accounts(_ database: Database) throws -> [(Int64, Account)] {
    try Row.fetchAll(database, sql: "SELECT id, scheme, value FROM account").compactMap { row in
      guard let scheme = AccountScheme(rawValue: try row.text(1)) else { return nil }
      return (try row.number(0), Account(scheme, try row.text(2)))
    }
  }
}

/// Reads pages of a case.
struct PageReader {
  /// One page, its entries still packed.
  struct Page {
    let number: Int64
    let source: Int64
    let kinds: RecordKinds
    let count: Int
    let body: [UInt8]
    let accounts: [UInt8]
    let chosen: BitSet

    /// Reads the entries.
    func decoder() throws -> PageDecoder { try PageDecoder(body, accounts: accounts) }
  }

  /// One entry with all that is kept of it.
  struct Seen {
    let source: Int64
    let position: UnitPosition
    let row: RecordRow
    let original: Original
  }

  private let database: Database
  /// The accounts of the case.
  let names: AccountNames

  init(_ database: Database) throws {
    self.database = database
    names = AccountNames(try CaseFile.accounts(database))
  }

  /// Hands every page to `body`, or those with any of these kinds, in the order in which they were
  /// written.
  func forEachPage(holding kinds: RecordKinds? = nil, _ body: (Page) throws -> Void) throws {
    let cursor = try Row.fetchCursor(
      database,
      sql: """
        SELECT page.id, source, count, body, bits, kinds, accounts FROM page
        LEFT JOIN choice ON page = page.id WHERE ?1 IS NULL OR kinds & ?1 ORDER BY page.id
        """,
      arguments: [kinds?.rawValue]
    )
    while let row = try cursor.next() { try body(Self.page(row)) }
  }

  /// Hands every record to `body`, with the source and place of the entry that it is, in the order of
  /// the places.
  ///
  /// - Parameters:
  ///   - kinds: Pages without any of these kinds are passed over.
  ///   - body: Takes a record; what it throws ends the reading.
  /// - Throws: `StoredFault` for a damaged page, database errors, and what `body` throws.
  func forEachRecord(
    holding kinds: RecordKinds? = nil,
    _ body: (StoredRecord, (source: Int64, place: Int64)) throws -> Void
  ) throws {
    try forEachPage(holding: kinds) { page in
      var decoder = try page.decoder()
      var entry = 0
      while let next = try decoder.next() {
        defer { entry += 1 }
        guard entry < page.count else { throw StoredFault() }
        guard page.chosen.contains(entry) else { continue }
        if let item = try decoder.row(of: next, accounts: names).item {
          let place = Place.of(page: page.number, entry: entry)
          try body(StoredRecord(id: next.key, item: item), (page.source, place))
        }
      }
    }
  }

  /// The records at places that are sorted.
  func records(
    at places: [(place: Int64, index: Int)]
  ) throws -> [(record: StoredRecord, index: Int)] {
    var found: [(record: StoredRecord, index: Int)] = []
    var at = 0
    while at < places.count {
      let number = Place.page(places[at].place)
      var decoder = try page(number).decoder()
      var entry = 0
      while at < places.count, Place.page(places[at].place) == number {
        guard let next = try decoder.next() else { throw StoredFault() }
        while at < places.count, places[at].place == Place.of(page: number, entry: entry) {
          if let item = try decoder.row(of: next, accounts: names).item {
            found.append((StoredRecord(id: next.key, item: item), places[at].index))
          }
          at += 1
        }
        entry += 1
      }
    }
    return found
  }

  /// The entry at a place.
  func sighting(at place: Int64) throws -> Seen {
    let page = try page(Place.page(place))
    var decoder = try page.decoder()
    var first: PageDecoder.Entry?
    for entry in 0...Place.entry(place) {
      guard let next = try decoder.next() else { break }
      if next.flags.contains(.firstOfUnit) { first = next }
      guard entry == Place.entry(place), let first else { continue }
      return Seen(
        source: page.source,
        position: try decoder.position(of: next),
        row: try decoder.row(of: next, accounts: names),
        original: try decoder.original(of: first, accounts: names)
      )
    }
    throw StoredFault()
  }

  private func page(_ number: Int64) throws -> Page {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT page.id, source, count, body, bits, kinds, accounts FROM page
        LEFT JOIN choice ON page = page.id WHERE page.id = ?
        """,
      arguments: [number]
    )
    guard let row else { throw StoredFault() }
    return try Self.page(row)
  }

  private static func page(_ row: Row) throws -> Page {
    guard let count = Int(exactly: try row.number(2)), count >= 0, count <= Place.entryLimit
    else { throw StoredFault() }
    let body = try row.bytes(3)
    // An entry has no fewer bytes, so a wild count cannot ask for memory.
    guard count <= body.count / PageEncoder.leastBytes else { throw StoredFault() }
    let bits = try row.optionalBytes(4)
    guard let chosen = bits.map({ BitSet($0, count: count) }) ?? BitSet(full: count) else {
      throw StoredFault()
    }
    return Page(
      number: try row.number(0),
      source: try row.number(1),
      kinds: RecordKinds(rawValue: try row.number(5)),
      count: count,
      body: Array(body),
      accounts: Array(try row.bytes(6)),
      chosen: chosen
    )
  }
}
