internal import Foundation
internal import GRDB

/// Compares the entries of all pages with the index of records.
///
/// The entries are sorted by their keys, so that the index is read once from its beginning to its end.
final class IndexCheck {
  private let database: Database
  private let sorter: KeySorter

  init(_ database: Database, folder: String) {
    self.database = database
    sorter = KeySorter(folder: folder)
  }

  /// Adds an entry: with its rank when it is the record of its key, `nil` when it is seen again.
  func add(_ key: RecordID, _ place: Int64, _ rank: UInt64?) throws {
    // The lowest bit of the place tells the two apart.
    try sorter.add(
      KeyEntry(
        high: key.high,
        low: key.low,
        place: place << 1 | (rank == nil ? 0 : 1),
        content: rank ?? 0
      )
    )
  }

  /// How many entries the index holds otherwise than the pages, or not at all, and how many it holds that
  /// no page has.
  func strays() throws -> Int64 {
    var strays: Int64 = 0
    var again = try Again(database)
    var records = try Records(database)
    try sorter.forEach { entry in
      let place = entry.place >> 1
      let isHeld =
        entry.place & 1 == 0
        ? try again.next(is: entry.key, place)
        : try records.next(is: entry.key, place, entry.content)
      if !isHeld { strays += 1 }
    }
    return try strays + again.rest() + records.rest()
  }

  /// The records of the index one after the other.
  private struct Records {
    private let rows: RowCursor
    private var leaf: [KeyEntry] = []
    private var next = 0
    private var passed: Int64 = 0

    init(_ database: Database) throws { rows = try RecordLeaves.rows(database) }

    mutating func next(is key: RecordID, _ place: Int64, _ rank: UInt64) throws -> Bool {
      while let entry = try peek(), entry.key <= key {
        next += 1
        if entry.key == key { return entry.place == place && entry.content == rank }
        passed += 1
      }
      return false
    }

    /// How many there are that no page has.
    mutating func rest() throws -> Int64 {
      while try peek() != nil {
        next += 1
        passed += 1
      }
      return passed
    }

    private mutating func peek() throws -> KeyEntry? {
      while next == leaf.count {
        guard let row = try rows.next() else { return nil }
        (leaf, next) = (try RecordLeaves.entries(row), 0)
      }
      return leaf[next]
    }
  }

  /// The further sightings one after the other.
  private struct Again {
    private let rows: RowCursor
    private var waiting: (key: RecordID, place: Int64)?
    private var passed: Int64 = 0

    init(_ database: Database) throws {
      rows = try Row.fetchCursor(
        database,
        sql: "SELECT key, place FROM again ORDER BY key, place"
      )
    }

    mutating func next(is key: RecordID, _ place: Int64) throws -> Bool {
      while let entry = try peek(), (entry.key, entry.place) <= (key, place) {
        waiting = nil
        if entry.key == key, entry.place == place { return true }
        passed += 1
      }
      return false
    }

    /// How many there are that no page has.
    mutating func rest() throws -> Int64 {
      while try peek() != nil {
        waiting = nil
        passed += 1
      }
      return passed
    }

    private mutating func peek() throws -> (key: RecordID, place: Int64)? {
      if let waiting { return waiting }
      guard let row = try rows.next() else { return nil }
      guard let key = RecordID(bytes: try row.bytes(0)) else { throw StoredFault() }
      waiting = (key, try row.number(1))
      return waiting
    }
  }
}
