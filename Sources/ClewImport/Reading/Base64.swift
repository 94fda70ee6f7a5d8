/// Base64, decoded piece by piece and leniently, as MIME wants it (RFC 2045, section 6.8).
struct Base64 {
  private var bits: UInt32 = 0
  private var count = 0
  private var isDone = false
  /// How many bytes stood between the letters that belong to no base64 and are no white space.
  private(set) var strayBytes = 0

  /// Appends what the next bytes stand for; padding ends the text.
  mutating func feed(_ bytes: some Sequence<UInt8>, into out: inout [UInt8]) {
    for byte in bytes {
      guard let value = Self.value(byte) else {
        if byte == UInt8(ascii: "=") {
          isDone = true
        } else if byte > 0x20 {
          strayBytes += 1
        }
        continue
      }
      guard !isDone else {
        strayBytes += 1
        continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
  }

  /// Decodes a whole text; `nil` when it holds anything but base64.
  static func decode(_ text: String) -> [UInt8]? {
    var decoder = Base64()
    var out: [UInt8] = []
    decoder.feed(text.utf8, into: &out)
    return decoder.strayBytes == 0 ? out : nil
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
