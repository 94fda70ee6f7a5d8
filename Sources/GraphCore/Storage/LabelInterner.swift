/// Numbers names that lie in a larger text, each once, without making a string of every mention.
///
/// `slots` is an open hash table of a power of two places, at most half full. A slot holds an id
/// plus one, 0 where it is free, and a key. A name of up to seven bytes is its own key, its length
/// in the highest byte, so that one look decides; the key of a longer name is 255 in the highest
/// byte over 56 bits of its hash, and its bytes decide: name *id* is
/// `bytes[offsets[id] ..< offsets[id + 1]]`.
///
/// Hashes come from `Hasher`, whose seed changes from run to run, so that no input can be made to
/// collide on purpose; ids depend on the order of mention alone.
struct LabelInterner: Sendable {
  private(set) var labels: [String] = []
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]
  private var slots = [Slot](repeating: Slot(), count: 1024)

  private struct Slot {
    var key: UInt64 = 0
    var idPlusOne: UInt32 = 0
  }

  private static let long: UInt64 = 0xFF << 56

  /// The id of the name in a stretch of a text, which gets the next one where it is new.
  mutating func intern(
    _ text: Span<UInt8>,
    _ range: Range<Int>
  ) throws(EdgeListProblem) -> NodeID {
    let key = Self.key(of: text, range)
    let mask = slots.count - 1
    var place = Self.place(of: key, mask: mask)
    while slots[place].idPlusOne != 0 {
      let id = Int(slots[place].idPlusOne) - 1
      if slots[place].key == key, key < Self.long || isName(id, equalTo: text, range) {
        return NodeID(id)
      }
      place = (place + 1) & mask
    }
    return try insert(text, range, key: key, at: place)
  }

  private mutating func insert(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    key: UInt64,
    at place: Int
  ) throws(EdgeListProblem) -> NodeID {
    for place in range { bytes.append(text[place]) }
    let start = offsets[labels.count]
    guard let label = String(validating: bytes[start...], as: UTF8.self) else { throw .invalidText }
    labels.append(label)
    offsets.append(bytes.count)
    slots[place] = Slot(key: key, idPlusOne: UInt32(labels.count))
    if labels.count * 2 > slots.count { grow() }
    return NodeID(labels.count - 1)
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(), count: slots.count * 2)
    let mask = larger.count - 1
    for slot in slots where slot.idPlusOne != 0 {
      var place = Self.place(of: slot.key, mask: mask)
      while larger[place].idPlusOne != 0 { place = (place + 1) & mask }
      larger[place] = slot
    }
    slots = larger
  }

  private func isName(_ id: Int, equalTo text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = offsets[id]
    guard offsets[id + 1] - start == range.count else { return false }
    for place in 0..<range.count where bytes[start + place] != text[range.lowerBound + place] {
      return false
    }
    return true
  }

  /// Takes eight bytes at a time into the hash of a long name.
  private static func key(of text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var word: UInt64 = 0
    guard range.count > 7 else {
      for place in range { word = word &<< 8 | UInt64(text[place]) }
      return word | UInt64(range.count) &<< 56
    }
    var hasher = Hasher()
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
    return UInt64(truncatingIfNeeded: hasher.finalize()) | long
  }

  private static func place(of key: UInt64, mask: Int) -> Int {
    var hasher = Hasher()
    hasher.combine(key)
    return hasher.finalize() & mask
  }
}
