/// Numbers names that lie in a larger text, each once, without making a string of every mention.
///
/// `slots` is an open hash table of a power of two places, at most half full, of ids plus one; 0 is
/// free. `hashes[id]` saves most comparisons. Name *id* is `bytes[offsets[id] ..< offsets[id + 1]]`.
/// Hashes come from `Hasher`, whose seed changes from run to run, so that no input can be made to
/// collide on purpose; ids depend on the order of mention alone.
struct LabelInterner: Sendable {
  private(set) var labels: [String] = []
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]
  private var hashes: [UInt32] = []
  private var slots = [UInt32](repeating: 0, count: 1024)

  /// The id of the name in a stretch of a text, which gets the next one where it is new.
  mutating func intern(
    _ text: Span<UInt8>,
    _ range: Range<Int>
  ) throws(EdgeListProblem) -> NodeID {
    let hash = Self.hash(of: text, range)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let id = Int(slots[slot]) - 1
      if hashes[id] == hash, isName(id, equalTo: text, range) { return NodeID(id) }
      slot = (slot + 1) & mask
    }
    return try insert(text, range, hash: hash, at: slot)
  }

  private mutating func insert(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    hash: UInt32,
    at slot: Int
  ) throws(EdgeListProblem) -> NodeID {
    for place in range { bytes.append(text[place]) }
    let start = offsets[labels.count]
    guard let label = String(validating: bytes[start...], as: UTF8.self) else { throw .invalidText }
    labels.append(label)
    offsets.append(bytes.count)
    hashes.append(hash)
    slots[slot] = UInt32(labels.count)
    if labels.count * 2 > slots.count { grow() }
    return NodeID(labels.count - 1)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for id in hashes.indices {
      var slot = Int(hashes[id]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(id + 1)
    }
  }

  private func isName(_ id: Int, equalTo text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = offsets[id]
    guard offsets[id + 1] - start == range.count else { return false }
    for place in 0..<range.count where bytes[start + place] != text[range.lowerBound + place] {
      return false
    }
    return true
  }

  /// Mixes eight bytes at a time.
  private static func hash(of text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var hasher = Hasher()
    var word: UInt64 = 0
    var count = 0
    for place in range {
      word = word &<< 8 | UInt64(text[place])
      count += 1
      if count & 7 == 0 {
        hasher.combine(word)
        word = 0
      }
    }
    hasher.combine(word)
    hasher.combine(count)
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }
}
