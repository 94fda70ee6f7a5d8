/// Two files that hold the same rows.
struct SharedRows: Sendable, Hashable {
  /// The place of one file in the index, the lower.
  let first: Int
  /// The place of the other.
  let second: Int
  /// How many different rows both hold.
  let rows: Int
  /// How many different rows the smaller file holds.
  let smaller: Int

  /// Fewer common rows than this prove nothing.
  static let leastRows = 3

  /// Whether the one was made from the other, or both from a third.
  ///
  /// At least three rows, and at least half of the smaller file. Lists of the same trade and town overlap by chance, but not by half.
  var isSamePayload: Bool { rows >= Self.leastRows && rows >= smaller - rows }
}

/// Finds the files that share rows, from the fingerprints alone.
///
/// Every fingerprint is looked up in a sorted list of all; one that occurs in more than
/// ``fileLimit`` files belongs to a list that everybody holds and carries no weight, which also keeps
/// the pairs to a fixed number for each row. O(*n* log *n*) for *n* rows.
struct SharedRowsFinder {
  /// In how many files a row may occur.
  static let fileLimit = 16

  /// The pairs that share a row, by their places.
  private(set) var pairs: [SharedRows] = []
  /// How many different rows of each file occur in too many files.
  private(set) var common: [Int]
  /// How many different rows each file has.
  let distinct: [Int]

  /// Looks through the fingerprints of each file, sorted.
  init(_ files: [[UInt64]]) {
    var entries: [(fingerprint: UInt64, file: Int32)] = []
    var distinct = [Int](repeating: 0, count: files.count)
    for (file, fingerprints) in files.enumerated() {
      var last: UInt64?
      for fingerprint in fingerprints where fingerprint != last {
        last = fingerprint
        distinct[file] += 1
        entries.append((fingerprint, Int32(truncatingIfNeeded: file)))
      }
    }
    self.distinct = distinct
    common = [Int](repeating: 0, count: files.count)
    guard files.count > 1 else { return }
    entries.sort {
      $0.fingerprint != $1.fingerprint ? $0.fingerprint < $1.fingerprint : $0.file < $1.file
    }
    count(entries)
  }

  /// Whether most rows of the file are not in everybody's hands.
  func isTelling(_ file: Int) -> Bool { common[file] < distinct[file] - common[file] }

  private mutating func count(_ entries: [(fingerprint: UInt64, file: Int32)]) {
    var counts: [UInt64: Int] = [:]
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].fingerprint == entries[start].fingerprint { end += 1 }
      let holders = entries[start..<end].map { Int($0.file) }
      start = end
      guard holders.count <= Self.fileLimit else {
        for holder in holders { common[holder] += 1 }
        continue
      }
      for (place, one) in holders.enumerated() {
        for other in holders[(place + 1)...] {
          counts[UInt64(one) << 32 | UInt64(other), default: 0] += 1
        }
      }
    }
    pairs = counts.sorted { $0.key < $1.key }.map { key, rows in
      let (first, second) = (Int(key >> 32), Int(key & 0xFFFF_FFFF))
      return SharedRows(
        first: first,
        second: second,
        rows: rows,
        smaller: min(distinct[first], distinct[second])
      )
    }
  }
}
