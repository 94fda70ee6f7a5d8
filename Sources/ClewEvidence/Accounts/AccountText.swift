/// Text of an identifier before it is parsed: full-width forms folded, invisible marks removed.
///
/// Only what cannot change the meaning of an identifier is touched. Letters that merely look like
/// digits, Chinese numerals and masks stay as they are, so that they fail to parse.
enum AccountText {
  /// The text with full-width and mathematical digits in ASCII, invisible marks dropped, no-break
  /// spaces as spaces, and spaces at both ends cut.
  static func fold(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      bytes.append(contentsOf: text.utf8)
      return trim(bytes)
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E:
        bytes.append(UInt8(truncatingIfNeeded: scalar.value - 0xFF01 + 0x21))
      case 0x1D7CE...0x1D7FF:
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + (scalar.value - 0x1D7CE) % 10))
      case 0x00A0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
        bytes.append(UInt8(ascii: " "))
      case 0x2010...0x2015, 0x2212, 0xFE63:
        bytes.append(UInt8(ascii: "-"))
      case 0x00AD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFE0E, 0xFE0F, 0x20E3,
        0xFEFF:
        continue
      default:
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    return trim(bytes)
  }

  /// The bytes without ASCII white space at both ends.
  static func trim(_ bytes: [UInt8]) -> [UInt8] {
    var slice = bytes[...]
    while let first = slice.first, first.isSpace { slice.removeFirst() }
    while let last = slice.last, last.isSpace { slice.removeLast() }
    return slice.count == bytes.count ? bytes : Array(slice)
  }

  /// The text as a string; bytes come from ``fold(_:)`` and are therefore well formed.
  static func string(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? ""
  }

  /// Whether every byte is an ASCII digit and there is at least one.
  static func isDigits(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy(\.isDigit)
  }

  /// Cuts what spreadsheets wrap around long numbers: a leading apostrophe, `="…"`, a final `.0`.
  static func withoutArmour(_ bytes: [UInt8]) -> [UInt8] {
    var slice = bytes[...]
    if slice.first == UInt8(ascii: "'") { slice.removeFirst() }
    if slice.count >= 3, slice.starts(with: Array("=\"".utf8)), slice.last == UInt8(ascii: "\"") {
      slice = slice.dropFirst(2).dropLast()
    }
    if slice.count > 2, slice.suffix(2).elementsEqual(".0".utf8), isDigits(slice.dropLast(2)) {
      slice = slice.dropLast(2)
    }
    return Array(slice)
  }

  /// The bytes with ASCII capitals in lower case.
  static func lowercased(_ bytes: some Collection<UInt8>) -> [UInt8] {
    bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII digit.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// Whether the byte is ASCII white space.
  var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

  /// The value of an ASCII digit, `nil` for any other byte.
  var digitValue: Int? { isDigit ? Int(self) - 0x30 : nil }
}
