/// Turns UTF-16 into UTF-8 without losing anything.
///
/// A lone surrogate becomes the three bytes that it would have if it were a character; strict
/// decoding then refuses the unit that holds it, and ``source(of:)`` gives back its original bytes.
struct WideTranscoder {
  private let isLittleEndian: Bool
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?

  init(_ encoding: TextEncoding) { isLittleEndian = encoding == .utf16LittleEndian }

  /// Appends the text of the next bytes; the last call sets `isLast`.
  mutating func feed(_ bytes: [UInt8], isLast: Bool, into text: inout [UInt8]) {
    for byte in bytes {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let unit =
        isLittleEndian ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
      feed(unit, into: &text)
    }
    guard isLast else { return }
    if let high = highSurrogate { Self.appendThree(UInt32(high), to: &text) }
    // Half a code unit at the end is no text in any encoding.
    if oddByte != nil { text.append(0xFF) }
    highSurrogate = nil
    oddByte = nil
  }

  private mutating func feed(_ unit: UInt16, into text: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if (0xDC00...0xDFFF).contains(unit) {
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        text.append(UInt8(0xF0 | value >> 18))
        text.append(UInt8(0x80 | value >> 12 & 0x3F))
        text.append(UInt8(0x80 | value >> 6 & 0x3F))
        text.append(UInt8(0x80 | value & 0x3F))
        return
      }
      Self.appendThree(UInt32(high), to: &text)
    }
    switch unit {
    case 0..<0x80: text.append(UInt8(unit))
    case 0x80..<0x800:
      text.append(UInt8(0xC0 | unit >> 6))
      text.append(UInt8(0x80 | unit & 0x3F))
    case 0xD800...0xDBFF: highSurrogate = unit
    default: Self.appendThree(UInt32(unit), to: &text)
    }
  }

  private static func appendThree(_ value: UInt32, to text: inout [UInt8]) {
    text.append(UInt8(0xE0 | value >> 12))
    text.append(UInt8(0x80 | value >> 6 & 0x3F))
    text.append(UInt8(0x80 | value & 0x3F))
  }

  /// How many bytes of UTF-16 the text stood for.
  static func sourceLength(of text: some Sequence<UInt8>) -> Int64 {
    var length: Int64 = 0
    for byte in text {
      if byte == 0xFF {
        length += 1
      } else if byte & 0xC0 != 0x80 {
        length += byte >= 0xF0 ? 4 : 2
      }
    }
    return length
  }

  /// The bytes of UTF-16 that the text stood for.
  static func source(of text: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ unit: UInt32) {
      let high = UInt8(truncatingIfNeeded: unit >> 8)
      let low = UInt8(truncatingIfNeeded: unit)
      bytes += encoding == .utf16LittleEndian ? [low, high] : [high, low]
    }
    var index = 0
    while index < text.count {
      let lead = text[index]
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
      guard lead != 0xFF, index + length <= text.count else {
        index += 1
        continue
      }
      var value = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
      for byte in text[(index + 1)..<(index + length)] { value = value << 6 | UInt32(byte & 0x3F) }
      if value >= 0x10000 {
        append(0xD800 + (value - 0x10000) >> 10)
        append(0xDC00 + (value - 0x10000) & 0x3FF)
      } else {
        append(value)
      }
      index += length
    }
    return bytes
  }
}
