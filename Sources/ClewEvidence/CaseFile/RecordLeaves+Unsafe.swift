internal import Foundation
internal import GRDB

/// The index of records: which entry is the record of a key.
///
/// Entries lie in leaves of some hundred, in the order of their keys, so that a long source enters by
/// merging and costs a copy for each leaf. A leaf's number is the first word of its first key, and its
/// keys reach to the number of the next; keys that share that word share the leaf.
struct RecordLeaves {
  private let database: Database
  private let holding: Statement
  private let following: Statement
  private let insertion: Statement

  /// So many entries are written as one leaf; a leaf that grows beyond ``most`` is parted.
  static let full = 384
  static let most = 500
  private static let entryBytes = 32

  init(_ database: Database) throws {
    self.database = database
    holding = try database.makeStatement(
      sql: "SELECT id, entries FROM record WHERE id <= ? ORDER BY id DESC LIMIT 1"
    )
    following = try database.makeStatement(
      sql: "SELECT id FROM record WHERE id > ? ORDER BY id LIMIT 1"
    )
    insertion = try database.makeStatement(
      sql: "INSERT OR REPLACE INTO record(id, entries) VALUES(?,?)"
    )
  }

  /// The number of a leaf that begins with this word; numbers are in the order of the words.
  static func number(of high: UInt64) -> Int64 { Int64(bitPattern: high ^ 1 << 63) }

  /// The leaf in which a key with this first word lies, if it is there; `nil` before the first leaf.
  func leaf(holding high: UInt64) throws -> [KeyEntry]? {
    guard let row = try Row.fetchOne(holding, arguments: [Self.number(of: high)]) else {
      return nil
    }
    return try Self.entries(row)
  }

  /// The first word of the leaf behind.
  func start(after high: UInt64) throws -> UInt64? {
    try Int64.fetchOne(following, arguments: [Self.number(of: high)])
      .map { UInt64(bitPattern: $0) ^ 1 << 63 }
  }

  /// Writes a leaf; one of the same number is replaced.
  func write(_ entries: ArraySlice<KeyEntry>) throws {
    guard let first = entries.first else { return }
    try insertion.execute(arguments: [Self.number(of: first.high), Self.data(entries)])
  }

  /// The entry that is the record of a key.
  func find(_ key: RecordID) throws -> KeyEntry? {
    try leaf(holding: key.high)?.first { $0.high == key.high && $0.low == key.low }
  }

  /// The entries whose first word lies in a range, in the order of their keys.
  func entries(in range: ClosedRange<UInt64>) throws -> [KeyEntry] {
    var found = try leaf(holding: range.lowerBound)?.filter { range.contains($0.high) } ?? []
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT id, entries FROM record WHERE id > ? AND id <= ? ORDER BY id",
      arguments: [Self.number(of: range.lowerBound), Self.number(of: range.upperBound)]
    )
    while let row = try rows.next() {
      found += try Self.entries(row).filter { range.contains($0.high) }
    }
    return found
  }

  /// All leaves, in the order of the keys; ``entries(_:)`` reads one.
  static func rows(_ database: Database) throws -> RowCursor {
    try Row.fetchCursor(database, sql: "SELECT id, entries FROM record ORDER BY id")
  }

  /// How many records there are.
  static func count(_ database: Database) throws -> Int {
    try Int.fetchOne(
      database,
      sql: "SELECT coalesce(sum(length(entries)), 0) / \(entryBytes) FROM record"
    ) ?? 0
  }

  /// The entries of a leaf, each four words, little-endian.
  ///
  /// - Throws: `StoredFault` where that cannot be.
  static func entries(_ row: Row) throws -> [KeyEntry] {
    let data = try row.bytes(1)
    guard data.count % entryBytes == 0, !data.isEmpty else { throw StoredFault() }
    let entries = unsafe data.withUnsafeBytes { raw in
      // The length was checked: every word lies in the leaf.
      func word(_ place: Int) -> UInt64 {
        UInt64(littleEndian: unsafe raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      }
      return stride(from: 0, to: raw.count, by: entryBytes).map { start in
        KeyEntry(
          high: word(start),
          low: word(start + 8),
          place: Int64(bitPattern: word(start + 16)),
          content: word(start + 24)
        )
      }
    }
    guard let first = entries.first, number(of: first.high) == (try row.number(0)) else {
      throw StoredFault()
    }
    return entries
  }

  private static func data(_ entries: ArraySlice<KeyEntry>) -> Data {
    var words: [UInt64] = []
    words.reserveCapacity(entries.count * 4)
    for entry in entries {
      words.append(entry.high.littleEndian)
      words.append(entry.low.littleEndian)
      words.append(UInt64(bitPattern: entry.place).littleEndian)
      words.append(entry.content.littleEndian)
    }
    return unsafe words.withUnsafeBytes { unsafe Data($0) }
  }
}
