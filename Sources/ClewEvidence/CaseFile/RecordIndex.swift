internal import GRDB

/// Enters the keys of one source into the index of records, when all its units are written.
///
/// A key that the case does not hold makes a new record, whose place is the entry. A key that it
/// holds already makes a further sighting. Where two entries of one key say different things, the
/// record is the entry of the lower rank, so that the order of import does not matter; both entries
/// stay in their pages.
struct RecordIndex {
  private let leaves: RecordLeaves
  private let again: AgainStatement
  private let database: Database

  init(_ database: Database) throws {
    self.database = database
    leaves = try RecordLeaves(database)
    again = try AgainStatement(database)
  }

  /// Which of two entries of one key is the record: the one of the lower rank.
  ///
  /// That is the one that knows more of its ends, or else that of the smaller digest. Equal ranks say the
  /// same.
  static func rank(of row: RecordRow, content: UInt64) -> UInt64 {
    UInt64(row.unknownEnds) << 62 | content >> 2
  }

  /// What became of the entries of a source.
  struct Outcome {
    /// The entries that made a record that the case did not hold.
    var new: BitSet
    /// The entries that are the record.
    var chosen: BitSet
  }

  /// Enters all keys.
  ///
  /// - Parameters:
  ///   - sorter: The keys.
  ///   - count: How many there are.
  ///   - ordinal: The number of an entry within the source, from its place.
  /// - Returns: What became of each entry.
  /// - Throws: Database errors, and those of the sorter's files.
  func enter(
    _ sorter: KeySorter,
    count: Int,
    ordinal: (Int64) -> Int
  ) throws -> Outcome {
    // Nearly every entry is new and the record: what is not is taken out, and no bit of the rest is touched.
    var outcome = Outcome(new: BitSet(full: count), chosen: BitSet(full: count))
    var displaced: [Int64] = []
    var merge = LeafMerge(leaves)
    func enter(_ group: ArraySlice<KeyEntry>) throws {
      guard let first = group.first else { return }
      var best = first
      for entry in group where entry.content < best.content { best = entry }
      if let known = try merge.take(first) {
        let isBetter = best.content < known.content
        try merge.put(isBetter ? best : known, isChange: isBetter)
        outcome.new.remove(ordinal(first.place))
        if isBetter {
          try again.insert(best.key, place: known.place)
          displaced.append(known.place)
        } else {
          try again.insert(best.key, place: best.place)
          outcome.chosen.remove(ordinal(best.place))
        }
      } else {
        try merge.put(best, isChange: true)
      }
      guard group.count > 1 else { return }
      for entry in group {
        if entry.place != first.place { outcome.new.remove(ordinal(entry.place)) }
        guard entry.place != best.place else { continue }
        outcome.chosen.remove(ordinal(entry.place))
        try again.insert(entry.key, place: entry.place)
      }
    }
    try sorter.forEachPart { part in
      var start = 0
      while start < part.count {
        var end = start + 1
        while end < part.count, part[end].high == part[start].high, part[end].low == part[start].low
        {
          end += 1
        }
        try enter(part[start..<end])
        start = end
      }
    }
    try merge.finish()
    try Choice.clear(displaced, in: database)
    return outcome
  }
}

/// Which entries of a page are records; a page without a row in the table consists of records only.
enum Choice {
  /// Writes the entries of a page that are records, unless all are.
  static func write(page: Int64, chosen: BitSet, in database: Database) throws {
    guard !chosen.isFull else { return }
    try database.execute(
      sql: "INSERT OR REPLACE INTO choice(page, bits) VALUES(?,?)",
      arguments: [page, chosen.data]
    )
  }

  /// The entries of a page that are records.
  static func read(page: Int64, count: Int, in database: Database) throws -> BitSet {
    guard
      let row = try Row.fetchOne(
        database,
        sql: "SELECT bits FROM choice WHERE page = ?",
        arguments: [page]
      )
    else { return BitSet(full: count) }
    guard let bits = BitSet(try row.bytes(0), count: count) else { throw StoredFault() }
    return bits
  }

  /// Notes that the entries at these places are no longer the record.
  static func clear(_ places: [Int64], in database: Database) throws {
    for (page, places) in Dictionary(grouping: places, by: { Place.page($0) })
      .sorted(by: { $0.key < $1.key })
    {
      let count = try Int64.fetchOne(
        database,
        sql: "SELECT count FROM page WHERE id = ?",
        arguments: [page]
      )
      guard let count = count.flatMap(Int.init(exactly:)) else { throw StoredFault() }
      var bits = try read(page: page, count: count, in: database)
      for place in places where Place.entry(place) < count { bits.remove(Place.entry(place)) }
      try write(page: page, chosen: bits, in: database)
    }
  }
}

/// Where an entry lies: the number of its page and its number within the page.
enum Place {
  /// How many bits of a place are the entry's.
  static let bits: Int64 = 20
  /// The most entries that a page can hold.
  static let entryLimit = 1 << bits

  static func of(page: Int64, entry: Int) -> Int64 { page << bits | Int64(entry) }
  static func page(_ place: Int64) -> Int64 { place >> bits }
  static func entry(_ place: Int64) -> Int { Int(place & (1 << bits - 1)) }
}

extension EvidenceItem {
  /// Which of two rows of one record is the record, wherever it is asked.
  ///
  /// That is the one whose rank comes first by bytes: 16 hexadecimal digits of
  /// ``RecordIndex/rank(of:content:)``.
  package var rank: String {
    let row = RecordRow(self)
    var page = PageEncoder()
    func stored(_ account: Account?) -> StoredAccount? {
      account.map { StoredAccount(number: 0, digest: StoredAccount.digest(of: $0)) }
    }
    let content = page.add(
      row,
      accounts: RowAccounts(a: stored(row.a), b: stored(row.b), g: stored(row.g)),
      key: RecordID(high: 0, low: 0),
      at: UnitPosition(row: 0),
      original: nil
    )
    return hexText(word: RecordIndex.rank(of: row, content: content))
  }
}
