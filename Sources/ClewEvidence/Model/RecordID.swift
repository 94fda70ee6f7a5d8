internal import Crypto

/// The number of a record: a digest of what identifies it, so that it is the same in every case
/// file that holds the record, whatever else was imported and in whatever order.
public struct RecordID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// Makes a number from its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads sixteen bytes.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        words.0 = words.0 << 8 | UInt64(byte)
      } else {
        words.1 = words.1 << 8 | UInt64(byte)
      }
    }
    self.init(high: words.0, low: words.1)
  }

  /// The sixteen bytes, as stored.
  package var bytes: [UInt8] {
    (0..<16).map { index in
      let word = index < 8 ? high : low
      return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index % 8)))
    }
  }

  /// Reads 32 hexadecimal digits.
  package init?(hex digits: some Collection<UInt8>) { self.init(hex: Array(digits)[...]) }

  /// Reads 32 hexadecimal digits.
  package init?(hex digits: ArraySlice<UInt8>) {
    guard digits.count == 32 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var place = 0
    for digit in digits {
      let value: UInt64
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(digit - UInt8(ascii: "a")) + 10
      default: return nil
      }
      if place < 16 { words.0 = words.0 << 4 | value } else { words.1 = words.1 << 4 | value }
      place += 1
    }
    self.init(high: words.0, low: words.1)
  }

  /// All of the number as 32 hexadecimal digits, which sort as the numbers do.
  package var hex: String { hexText(bytes) }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// `R` and twelve letters or digits (Crockford's base 32), the first 60 bits.
  public var description: String {
    var letters: [UInt8] = [UInt8(ascii: "R")]
    for index in 0..<12 {
      letters.append(Self.alphabet[Int(high >> UInt64(59 - 5 * index) & 31)])
    }
    return String(unicodeScalars: letters)
  }

  /// The range of numbers whose text begins with `text`, upper or lower case.
  ///
  /// - Returns: `nil` when the text is no record number.
  package static func bounds(text: String) -> (lowest: UInt64, highest: UInt64)? {
    let bytes = Array(text.uppercased().utf8)
    guard bytes.count >= 5, bytes.count <= 13, bytes[0] == UInt8(ascii: "R") else { return nil }
    var value: UInt64 = 0
    for byte in bytes.dropFirst() {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      value = value << 5 | UInt64(digit)
    }
    let free = UInt64(64 - 5 * (bytes.count - 1))
    let lowest = value << free
    return (lowest, lowest | (1 << free - 1))
  }

  /// Orders as the written numbers do.
  public static func < (left: RecordID, right: RecordID) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

extension String {
  /// Makes a string of ASCII bytes.
  fileprivate init(unicodeScalars ascii: [UInt8]) {
    self = ascii.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
  }
}

/// Collects fields into an unambiguous byte string and digests it.
///
/// Every field is written with its length in front, so that no two different lists of fields give
/// the same bytes.
package struct FieldDigest {
  private var buffer: [UInt8] = []

  package init() { buffer.reserveCapacity(160) }

  /// Forgets the fields and keeps the memory.
  package mutating func removeAll() { buffer.removeAll(keepingCapacity: true) }

  package mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      add(length: bytes.count)
      unsafe buffer.append(contentsOf: bytes)
    }
  }

  package mutating func add(_ text: String?) {
    guard let text else { return buffer.append(0xFF) }
    add(text)
  }

  package mutating func add(_ account: Account?) {
    guard let account else { return buffer.append(0xFF) }
    add(account.scheme.rawValue)
    add(account.value)
  }

  package mutating func add(_ number: Int64?) {
    guard let number else { return buffer.append(0xFF) }
    buffer.append(8)
    var word = UInt64(bitPattern: number)
    for _ in 0..<8 {
      buffer.append(UInt8(truncatingIfNeeded: word))
      word >>= 8
    }
  }

  package mutating func add(bytes: some Collection<UInt8>) {
    add(length: bytes.count)
    buffer.append(contentsOf: bytes)
  }

  private mutating func add(length: Int) {
    var word = UInt64(length)
    while word >= 0x7F {
      buffer.append(UInt8(truncatingIfNeeded: word & 0x7F) | 0x80)
      word >>= 7
    }
    buffer.append(UInt8(truncatingIfNeeded: word))
  }

  /// The first sixteen bytes of the SHA-256 of the fields.
  package var recordID: RecordID {
    let digest = SHA256.hash(data: buffer)
    return unsafe digest.withUnsafeBytes { bytes in
      RecordID(
        high: UInt64(bigEndian: unsafe bytes.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }

  /// The whole SHA-256, lower-case hex.
  package var hex: String { hexText(SHA256.hash(data: buffer)) }
}

/// A word as 16 hexadecimal digits, which sort as the words do.
package func hexText(word: UInt64) -> String {
  let digits = String(word, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

/// Lower-case hex of some bytes.
package func hexText(_ bytes: some Sequence<UInt8>) -> String {
  var text: [UInt8] = []
  text.reserveCapacity(2 * bytes.underestimatedCount)
  for byte in bytes {
    text.append(hexDigit(byte >> 4))
    text.append(hexDigit(byte & 15))
  }
  return String(decoding: text, as: UTF8.self)
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
