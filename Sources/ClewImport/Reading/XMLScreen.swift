/// Makes text in UTF-8 fit for an XML parser without moving a byte.
///
/// XML forbids most control characters, lone surrogates and two noncharacters, and a parser stops
/// at the first of them; reports of forensic tools hold such characters where a chat did. Each is
/// read as a blank of the same length, also where it is written as a reference (`&#1;`). Two
/// references that form a surrogate pair become one reference, with zeros in front. Bytes that are
/// no UTF-8 become blanks too, and their places are kept: the unit around them has no readable text.
/// CDATA, comments and instructions hold no references.
struct XMLScreen {
  /// How many forbidden characters were read as blanks.
  private(set) var forbidden: Int64 = 0
  /// How many surrogate pairs in references were joined.
  private(set) var joinedPairs: Int64 = 0
  /// Where bytes are no UTF-8, ascending; at most one place between two tags.
  private(set) var undecodable: [Int64] = []

  private enum State { case content, cdata, comment, instruction }
  private var state = State.content
  private var waiting: [UInt8] = []
  private var offset: Int64 = 0
  private var isNoted = false

  private static let blank = UInt8(ascii: "\t")

  /// Whether a byte in the range is no UTF-8.
  func isUndecodable(_ range: Range<Int64>) -> Bool {
    undecodable.contains { range.contains($0) }
  }

  /// Forgets the places before an offset.
  mutating func forget(before offset: Int64) {
    guard let first = undecodable.first, first < offset else { return }
    undecodable.removeAll { $0 < offset }
  }

  /// The next bytes made fit; up to 64 of them may wait for the next call, the last takes all.
  mutating func feed(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var out = waiting.isEmpty ? bytes : waiting + bytes
    var index = 0
    while index < out.count {
      guard let length = step(&out, index, isLast: isLast) else { break }
      index += length
    }
    waiting = Array(out[index...])
    out.removeSubrange(index...)
    offset += Int64(out.count)
    return out
  }

  /// Makes what stands at `index` fit; the answer is its length, `nil` when more bytes are needed.
  private mutating func step(_ out: inout [UInt8], _ index: Int, isLast: Bool) -> Int? {
    let byte = out[index]
    switch byte {
    case UInt8(ascii: "<") where state == .content:
      isNoted = false
      guard isLast || index + 9 <= out.count else { return nil }
      return open(out[index...])
    case UInt8(ascii: "&") where state == .content:
      return reference(&out, index, isLast: isLast)
    case UInt8(ascii: "]") where state == .cdata, UInt8(ascii: "-") where state == .comment,
      UInt8(ascii: "?") where state == .instruction:
      guard isLast || index + 3 <= out.count else { return nil }
      return close(out[index...])
    case 0x20..<0x80, 0x09, 0x0A, 0x0D: return 1
    case 0..<0x20:
      out[index] = Self.blank
      forbidden += 1
      return 1
    default: return character(&out, index, isLast: isLast)
    }
  }

  private mutating func open(_ tag: ArraySlice<UInt8>) -> Int {
    if tag.starts(with: "<![CDATA[".utf8) {
      state = .cdata
      return 9
    }
    if tag.starts(with: "<!--".utf8) {
      state = .comment
      return 4
    }
    if tag.starts(with: "<?".utf8) {
      state = .instruction
      return 2
    }
    return 1
  }

  /// Ends the section if these bytes do.
  private mutating func close(_ bytes: ArraySlice<UInt8>) -> Int {
    let mark = state == .cdata ? "]]>" : state == .comment ? "-->" : "?>"
    guard bytes.starts(with: mark.utf8) else { return 1 }
    state = .content
    return mark.utf8.count
  }

  // MARK: - Characters above ASCII

  private mutating func character(_ out: inout [UInt8], _ index: Int, isLast: Bool) -> Int? {
    let lead = out[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard index + length <= out.count else {
      if !isLast { return nil }
      return note(&out, index)
    }
    let bytes = out[index..<(index + length)]
    guard lead >= 0xC2, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return note(&out, index)
    }
    let second = out[index + 1]
    switch lead {
    case 0xE0 where second < 0xA0, 0xF0 where second < 0x90, 0xF4 where second > 0x8F, 0xF5...0xFF:
      return note(&out, index)
    case 0xED where second >= 0xA0:
      // A surrogate without its partner: no character in any encoding.
      return note(&out, index)
    case 0xEF where second == 0xBF && out[index + 2] >= 0xBE:
      for place in index..<(index + 3) { out[place] = Self.blank }
      forbidden += 1
      return 3
    default: return length
    }
  }

  private mutating func note(_ out: inout [UInt8], _ index: Int) -> Int {
    out[index] = Self.blank
    if !isNoted { undecodable.append(offset + Int64(index)) }
    isNoted = true
    return 1
  }

  // MARK: - References

  private mutating func reference(_ out: inout [UInt8], _ index: Int, isLast: Bool) -> Int? {
    guard let first = Self.number(out[index...]) else {
      // A longer reference than this is none of a character.
      return isLast || out.count - index >= 32 || Self.isOver(out[index...]) ? 1 : nil
    }
    if Self.isAllowed(first.value) { return first.length }
    if (0xD800...0xDBFF).contains(first.value) {
      let next = out[(index + first.length)...]
      if let second = Self.number(next) {
        if (0xDC00...0xDFFF).contains(second.value) {
          let value = 0x10000 + (first.value - 0xD800) << 10 + (second.value - 0xDC00)
          let length = first.length + second.length
          Self.write(value, to: &out, index, length)
          joinedPairs += 1
          return length
        }
      } else if !isLast, next.count < 32, next.isEmpty || next.first == UInt8(ascii: "&"),
        !Self.isOver(next)
      {
        return nil
      }
    }
    Self.write(9, to: &out, index, first.length)
    forbidden += 1
    return first.length
  }

  /// Whether the reference at the beginning is written to its end, or is none.
  private static func isOver(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.dropFirst().prefix(32).contains { byte in
      !((0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
        || byte == UInt8(ascii: "#"))
    }
  }

  /// The number of a reference `&#…;` at the beginning, and the length of the reference.
  private static func number(_ bytes: ArraySlice<UInt8>) -> (value: UInt32, length: Int)? {
    guard bytes.starts(with: "&#".utf8) else { return nil }
    var digits = bytes.dropFirst(2)
    let isHex = digits.first == UInt8(ascii: "x")
    if isHex { digits = digits.dropFirst() }
    var value: UInt32 = 0
    var count = 0
    for byte in digits.prefix(28) {
      if byte == UInt8(ascii: ";") {
        return count == 0 ? nil : (value, digits.startIndex - bytes.startIndex + count + 1)
      }
      guard let digit = Self.digit(byte, isHex: isHex) else { return nil }
      // Beyond Unicode the exact value no longer matters.
      value = value > 0x1F_FFFF ? 0x1F_FFFF : value * (isHex ? 16 : 10) + digit
      count += 1
    }
    return nil
  }

  private static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46 where isHex: UInt32(byte - 0x41 + 10)
    case 0x61...0x66 where isHex: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  private static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 9, 10, 13, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Writes a decimal reference of exactly this length, zeros in front.
  ///
  /// It always has room: the shortest reference, `&#1;`, becomes `&#9;`, and two surrogates take 14
  /// bytes or more where six digits need nine.
  private static func write(_ value: UInt32, to out: inout [UInt8], _ index: Int, _ length: Int) {
    let digits = Array(String(value).utf8)
    let zeros = [UInt8](repeating: 0x30, count: max(0, length - 3 - digits.count))
    let text = Array("&#".utf8) + zeros + digits + [UInt8(ascii: ";")]
    guard text.count == length, index + length <= out.count else { return }
    for (place, byte) in text.enumerated() { out[index + place] = byte }
  }
}
