/// Changes bytes; the seed decides everything.
struct Mutator {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A changed copy of `bytes`.
  ///
  /// A database keeps its pages where they are, since SQLite refuses anything else at once.
  mutating func mutate(_ bytes: [UInt8], spliced other: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let keepsPlaces = bytes.starts(with: Array("SQLite format 3".utf8))
    switch below(16) {
    case 0: bytes.removeLast(below(bytes.count + 1))
    case 1 where !keepsPlaces:
      bytes = Array(bytes.prefix(below(bytes.count + 1)) + other.suffix(below(other.count + 1)))
    case 1: splicePage(&bytes, other)
    default:
      for _ in 0...below(6) { keepsPlaces ? overwrite(&bytes, other) : change(&bytes) }
    }
    return bytes
  }

  /// One change that may move what follows.
  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = token()
      return
    }
    let place = below(bytes.count)
    switch below(8) {
    case 0: bytes[place] ^= 1 << UInt8(below(8))
    case 1: bytes[place] = UInt8(below(256))
    case 2: bytes.remove(at: place)
    case 3: bytes.removeSubrange(place..<min(place + 1 + below(64), bytes.count))
    case 4: bytes.insert(contentsOf: token(), at: place)
    case 5: put(token(), at: place, in: &bytes)
    case 6:
      let block = bytes[place..<min(place + 1 + below(256), bytes.count)]
      bytes.insert(contentsOf: Array(block), at: below(bytes.count))
    default: enlargeNumber(&bytes, from: place)
    }
  }

  /// One change that leaves the length as it is; every fourth in the header or a page's beginning.
  private mutating func overwrite(_ bytes: inout [UInt8], _ other: [UInt8]) {
    guard !bytes.isEmpty else { return }
    var place = below(bytes.count)
    if below(4) == 0 { place = min(place & ~0xFFF | below(108), bytes.count - 1) }
    switch below(5) {
    case 0: bytes[place] ^= 1 << UInt8(below(8))
    case 1: bytes[place] = UInt8(below(256))
    case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF][below(6)]
    case 3: put(token(), at: place, in: &bytes)
    default:
      let from = below(other.count + 1)
      put(Array(other[from..<min(from + below(64), other.count)]), at: place, in: &bytes)
    }
  }

  /// A page of another database, or of the same one, in the place of a page.
  private mutating func splicePage(_ bytes: inout [UInt8], _ other: [UInt8]) {
    let size = 4096
    guard bytes.count >= size, other.count >= size else { return overwrite(&bytes, other) }
    let from = below(other.count / size) * size
    put(Array(other[from..<from + size]), at: below(bytes.count / size) * size, in: &bytes)
  }

  /// Makes the next run of digits longer than any integer.
  private mutating func enlargeNumber(_ bytes: inout [UInt8], from place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = bytes[place...].firstIndex(where: { digits.contains($0) }) else { return }
    let end = bytes[first...].firstIndex { !digits.contains($0) } ?? bytes.count
    bytes.replaceSubrange(first..<end, with: Dictionary.numbers[below(Dictionary.numbers.count)])
  }

  private func put(_ piece: [UInt8], at place: Int, in bytes: inout [UInt8]) {
    for (offset, byte) in piece.enumerated() where place + offset < bytes.count {
      bytes[place + offset] = byte
    }
  }

  private mutating func token() -> [UInt8] { Dictionary.tokens[below(Dictionary.tokens.count)] }

  private mutating func below(_ limit: Int) -> Int {
    Int.random(in: 0..<max(limit, 1), using: &random)
  }
}

/// The generator of Steele, Lea and Flood (2014), whose first numbers are good for any seed.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
