/// A quick digest of 64 bits, the same in every run and on every machine.
///
/// It tells different contents apart where nobody gains from making two alike: it orders the entries of
/// one record key, and it finds cells that were read before. What identifies evidence is SHA-256.
///
/// Words are mixed by the finalizer of SplitMix64 (Steele, Lea, Flood 2014,
/// doi:10.1145/2660193.2660195).
package struct ContentHash: Sendable {
  private var state: UInt64

  package init(seed: UInt64 = 0) { state = seed ^ 0x9E37_79B9_7F4A_7C15 }

  /// The digest of what was added.
  package var value: UInt64 { Self.mix(state) }

  package mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0xBF58_476D_1CE4_E5B9
    state ^= state >> 29
  }

  /// Adds some bytes and their number.
  @inline(__always)
  package mutating func add(_ bytes: RawSpan) {
    var place = 0
    while place + 8 <= bytes.byteCount {
      add(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var last = UInt64(truncatingIfNeeded: bytes.byteCount) << 56
    var shift: UInt64 = 0
    while place < bytes.byteCount {
      last |= UInt64(unsafe bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)) << shift
      shift += 8
      place += 1
    }
    add(last)
  }

  /// Adds the bytes of a text and their number.
  package mutating func add(_ text: String) { add(unsafe text.utf8Span.span.bytes) }

  /// Adds some of the bytes of an array and their number.
  package mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    add(unsafe bytes.span.extracting(range).bytes)
  }

  /// Whether some bytes of two arrays are the same.
  package static func isSame(
    _ one: [UInt8],
    _ first: Range<Int>,
    _ other: [UInt8],
    _ second: Range<Int>
  ) -> Bool {
    let (mine, others) = (one.span, other.span)
    let (left, right) = (mine.extracting(first), others.extracting(second))
    return unsafe left.bytes.isEqual(to: right.bytes)
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    var word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}

extension RawSpan {
  /// Whether the bytes are the same.
  @inline(__always)
  package func isEqual(to other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var place = 0
    while place + 8 <= byteCount {
      let mine = unsafe unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      if mine != (unsafe other.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)) {
        return false
      }
      place += 8
    }
    while place < byteCount {
      let mine = unsafe unsafeLoad(fromByteOffset: place, as: UInt8.self)
      if mine != (unsafe other.unsafeLoad(fromByteOffset: place, as: UInt8.self)) { return false }
      place += 1
    }
    return true
  }
}

extension String {
  /// Whether both texts are the same bytes; Swift's equality takes canonical equivalents for equal.
  package func hasSameBytes(as other: String) -> Bool {
    let (mine, others) = (utf8Span.span, other.utf8Span.span)
    return unsafe mine.bytes.isEqual(to: others.bytes)
  }
}
