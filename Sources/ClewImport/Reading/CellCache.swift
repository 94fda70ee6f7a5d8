internal import ClewEvidence

/// Remembers what cells mean, by their bytes: in a long table the same accounts come again and again.
///
/// - Complexity: O(bytes of the cell) a look-up; memory is bounded, since a full cache is emptied.
final class CellCache<Value> {
  private struct Entry {
    let hash: UInt64
    let start: Int
    let end: Int
    let value: Value
  }

  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  /// Places in `entries`, by the low bits of the hash; -1 where there is none.
  private var slots: [Int32]
  private let limit: Int

  /// Makes an empty cache.
  ///
  /// - Parameter limit: How many values are remembered, rounded up to a power of two.
  init(limit: Int = 1 << 18) {
    var size = 64
    while size < limit { size *= 2 }
    self.limit = size
    slots = Array(repeating: -1, count: 2 * size)
  }

  /// The value of a cell; `make` is called where it is not remembered.
  func value<Failure: Error>(
    of source: [UInt8],
    _ range: Range<Int>,
    make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    var hash = ContentHash()
    hash.add(source, range)
    let key = hash.value
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == key, isSame(entry, source, range) { return entry.value }
      slot = (slot + 1) & mask
    }
    let value = try make()
    if entries.count == limit {
      removeAll()
      slot = Int(truncatingIfNeeded: key) & mask
    }
    slots[slot] = Int32(entries.count)
    let start = bytes.count
    bytes.append(contentsOf: source[range])
    entries.append(Entry(hash: key, start: start, end: bytes.count, value: value))
    return value
  }

  private func isSame(_ entry: Entry, _ source: [UInt8], _ range: Range<Int>) -> Bool {
    ContentHash.isSame(bytes, entry.start..<entry.end, source, range)
  }

  private func removeAll() {
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = -1 }
  }
}
