/// Merges keys, in their order, into the leaves of the index.
struct LeafMerge {
  private let leaves: RecordLeaves
  /// The leaf at hand, and how much of it is in `merged` already.
  private var old: [KeyEntry] = []
  private var next = 0
  private var merged: [KeyEntry] = []
  private var isChanged = false
  /// Keys from the first of these words to before the second belong to the leaf at hand.
  private var reach: (from: UInt64, to: UInt64?)?

  init(_ leaves: RecordLeaves) { self.leaves = leaves }

  /// Goes to a key, which lies behind the one before.
  ///
  /// - Returns: The entry that the index holds under it; it is out of the index until it, or another, is
  ///   put back.
  mutating func take(_ key: KeyEntry) throws -> KeyEntry? {
    if !covers(key.high) { try open(at: key.high) }
    while next < old.count {
      let entry = old[next]
      if (key.high, key.low) < (entry.high, entry.low) { return nil }
      next += 1
      if entry.high == key.high, entry.low == key.low { return entry }
      merged.append(entry)
    }
    return nil
  }

  /// Puts the entry of the key at hand.
  mutating func put(_ entry: KeyEntry, isChange: Bool) throws {
    merged.append(entry)
    if isChange { isChanged = true }
    // Behind the last old entry there is nothing to wait for.
    if next == old.count, merged.count >= 2 * RecordLeaves.full { try write(keeping: 1) }
  }

  /// Writes what is left.
  mutating func finish() throws {
    guard reach != nil else { return }
    merged += old[next...]
    if isChanged { try write(keeping: 0) }
    (old, next, merged, isChanged, reach) = ([], 0, [], false, nil)
  }

  private func covers(_ high: UInt64) -> Bool {
    guard let reach, high >= reach.from else { return false }
    return reach.to.map { high < $0 } ?? true
  }

  private mutating func open(at high: UInt64) throws {
    try finish()
    old = try leaves.leaf(holding: high) ?? []
    reach = (old.first?.high ?? 0, try leaves.start(after: high))
  }

  /// Writes leaves, and keeps so many leaves' entries back.
  private mutating func write(keeping kept: Int) throws {
    let pieces = merged.count <= RecordLeaves.most ? 1 : (merged.count - 1) / RecordLeaves.full + 1
    var start = 0
    for piece in 0..<pieces - kept {
      var end = merged.count * (piece + 1) / pieces
      end = max(end, start)
      // Keys that share their first word share a leaf.
      while end > 0, end < merged.count, merged[end].high == merged[end - 1].high { end += 1 }
      if end == merged.count, kept > 0 { break }
      try leaves.write(merged[start..<end])
      start = end
    }
    merged.removeFirst(start)
  }
}
