internal import GRDB

extension CaseFile {
  /// Which records are handed over with the sources that hold them.
  package enum Counting: Sendable {
    /// Transfers, calls, own profiles, and the messages of these platforms.
    case platforms(Set<String>)
    /// Every record.
    case everything

    func counts(_ item: EvidenceItem) -> Bool {
      switch (self, item) {
      case (.everything, _), (_, .transfer), (_, .call): true
      case (_, .contact(let contact)): contact.nature == .own
      case (.platforms(let platforms), .message(let message)):
        platforms.contains(message.platform)
      default: false
      }
    }
  }

  /// Hands every record to `body`, in the order in which it came in, with its sources where they
  /// matter for telling repeats apart; elsewhere the list is empty.
  ///
  /// The list has one entry for each row that holds the record, so a source may stand in it twice.
  ///
  /// - Complexity: O(*records* + *repeats* log *repeats*); 16 bytes of memory for each repeat.
  package func forEachRecord(
    counting: Counting,
    _ body: (StoredRecord, [Int64]) throws -> Void
  ) throws {
    try read { database in
      let reader = try PageReader(database)
      var repeats = try Repeats(database)
      try reader.forEachRecord { record, seen in
        var sources: [Int64] = []
        if counting.counts(record.item) {
          sources = (repeats.sources(of: seen.place) + [seen.source]).sorted()
        }
        try body(record, sources)
      }
    }
  }
}

/// The sources that hold a record again, asked for in the order of the records' places.
private struct Repeats {
  /// The place of the record, and the source that repeats it.
  private var entries: [(place: Int64, source: Int64)] = []
  private var next = 0

  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT record.place, page.source FROM again JOIN record ON record.key = again.key
        JOIN page ON page.id = again.place >> \(Place.bits)
        """
    )
    while let row = try rows.next() {
      entries.append((try row.number(0), try row.number(1)))
    }
    entries.sort { ($0.place, $0.source) < ($1.place, $1.source) }
  }

  mutating func sources(of place: Int64) -> [Int64] {
    while next < entries.count, entries[next].place < place { next += 1 }
    let first = next
    while next < entries.count, entries[next].place == place { next += 1 }
    return entries[first..<next].map(\.source)
  }
}
