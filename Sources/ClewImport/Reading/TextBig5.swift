internal import Foundation

/// Big5, the encoding of traditional Chinese from before Unicode, decoded strictly.
///
/// Two-byte codes come from a table that Foundation fills once; codes for private use are none.
enum Big5 {
  /// Decodes the bytes, or `nil` when one of them is none of Big5.
  static func decode(_ bytes: some Collection<UInt8>) -> String? {
    var text = ""
    text.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index != bytes.endIndex {
      let lead = bytes[index]
      bytes.formIndex(after: &index)
      if lead < 0x80 {
        text.unicodeScalars.append(UnicodeScalar(lead))
        continue
      }
      guard index != bytes.endIndex, let scalar = scalar(lead, bytes[index]) else { return nil }
      bytes.formIndex(after: &index)
      text.unicodeScalars.append(scalar)
    }
    return text
  }

  /// Whether ``decode(_:)`` would succeed, told without making text.
  static func isValid(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard index + 1 < bytes.count, scalar(bytes[index], bytes[index + 1]) != nil else {
        return false
      }
      index += 2
    }
    return true
  }

  /// Encodes a text, for the search of a file's known words.
  static func encode(_ text: String) -> [UInt8]? {
    text.data(using: foundationEncoding).map { Array($0) }
  }

  private static func scalar(_ lead: UInt8, _ second: UInt8) -> UnicodeScalar? {
    guard (0x81...0xFE).contains(lead), (0x40...0xFE).contains(second) else { return nil }
    let value = table[Int(lead - 0x81) * 191 + Int(second - 0x40)]
    return value == 0 ? nil : UnicodeScalar(value)
  }

  private static var foundationEncoding: String.Encoding { String.Encoding(rawValue: 0x8000_0A03) }

  /// The scalar of each two-byte code, 0 where there is none: 126 rows of 191.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 126 * 191)
    for lead in UInt8(0x81)...0xFE {
      for second in Array(UInt8(0x40)...0x7E) + Array(UInt8(0xA1)...0xFE) {
        guard let text = String(data: Data([lead, second]), encoding: foundationEncoding) else {
          continue
        }
        let scalars = Array(text.unicodeScalars)
        guard scalars.count == 1, scalars[0].value != 0xFFFD,
          !(0xE000...0xF8FF).contains(scalars[0].value)
        else { continue }
        table[Int(lead - 0x81) * 191 + Int(second - 0x40)] = scalars[0].value
      }
    }
    return table
  }()
}
