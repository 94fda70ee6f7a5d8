internal import Foundation

/// GB18030, the superset of GBK and GB2312, decoded strictly.
///
/// Two-byte codes come from a table that Foundation fills once; four-byte codes are computed for the
/// other planes and asked of Foundation one by one for the basic plane, where they are rare.
enum GB18030 {
  /// Decodes the bytes, or `nil` when one of them is none of GB18030.
  static func decode(_ bytes: some Collection<UInt8>) -> String? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 3 / 2)
    var index = bytes.startIndex
    while index != bytes.endIndex {
      let lead = bytes[index]
      bytes.formIndex(after: &index)
      if lead < 0x80 {
        text.append(lead)
        continue
      }
      guard lead >= 0x81, lead <= 0xFE, index != bytes.endIndex else { return nil }
      let second = bytes[index]
      bytes.formIndex(after: &index)
      let scalar: UInt32
      if (0x30...0x39).contains(second) {
        guard index != bytes.endIndex else { return nil }
        let third = bytes[index]
        bytes.formIndex(after: &index)
        guard index != bytes.endIndex else { return nil }
        let fourth = bytes[index]
        bytes.formIndex(after: &index)
        guard let value = fourByte(lead, second, third, fourth) else { return nil }
        scalar = value
      } else {
        guard second >= 0x40, second <= 0xFE, second != 0x7F else { return nil }
        scalar = table[Int(lead - 0x81) * 191 + Int(second - 0x40)]
        guard scalar != 0 else { return nil }
      }
      append(scalar, to: &text)
    }
    return String(validating: text, as: UTF8.self)
  }

  /// Whether ``decode(_:)`` would succeed, told without making text.
  static func isValid(_ bytes: [UInt8]) -> Bool {
    let table = table
    let span = bytes.span
    var index = 0
    while index < span.count {
      let lead = span[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard lead >= 0x81, lead <= 0xFE, index + 1 < span.count else { return false }
      let second = span[index + 1]
      if (0x30...0x39).contains(second) {
        guard index + 3 < span.count,
          fourByte(lead, second, span[index + 2], span[index + 3]) != nil
        else { return false }
        index += 4
      } else {
        guard second >= 0x40, second <= 0xFE, second != 0x7F,
          table[Int(lead - 0x81) * 191 + Int(second - 0x40)] != 0
        else { return false }
        index += 2
      }
    }
    return true
  }

  /// Appends a scalar in UTF-8.
  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
    if scalar < 0x80 {
      text.append(UInt8(scalar))
    } else if scalar < 0x800 {
      text.append(UInt8(0xC0 | scalar >> 6))
      text.append(tail(0))
    } else if scalar < 0x10000 {
      text.append(UInt8(0xE0 | scalar >> 12))
      text.append(tail(6))
      text.append(tail(0))
    } else {
      text.append(UInt8(0xF0 | scalar >> 18))
      text.append(tail(12))
      text.append(tail(6))
      text.append(tail(0))
    }
  }

  /// Encodes a text, for the search of a file's known words.
  static func encode(_ text: String) -> [UInt8]? {
    text.data(using: foundationEncoding).map { Array($0) }
  }

  /// The scalar of a four-byte code.
  private static func fourByte(
    _ first: UInt8,
    _ second: UInt8,
    _ third: UInt8,
    _ fourth: UInt8
  ) -> UInt32? {
    guard (0x81...0xFE).contains(third), (0x30...0x39).contains(fourth) else { return nil }
    let linear =
      ((UInt32(first - 0x81) * 10 + UInt32(second - 0x30)) * 126 + UInt32(third - 0x81)) * 10
      + UInt32(fourth - 0x30)
    // 90308130 is U+10000; from there on the codes run in step.
    if linear >= 189_000 {
      let scalar = linear - 189_000 + 0x10000
      return scalar <= 0x10FFFF ? scalar : nil
    }
    return foundationScalar([first, second, third, fourth])
  }

  private static var foundationEncoding: String.Encoding {
    String.Encoding(rawValue: 0x8000_0632)
  }

  private static func foundationScalar(_ bytes: [UInt8]) -> UInt32? {
    guard let text = String(data: Data(bytes), encoding: foundationEncoding) else { return nil }
    let scalars = Array(text.unicodeScalars)
    return scalars.count == 1 && scalars[0].value != 0xFFFD ? scalars[0].value : nil
  }

  /// The scalar of each two-byte code, 0 where there is none: 126 rows of 191.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 126 * 191)
    for lead in UInt8(0x81)...0xFE {
      for second in UInt8(0x40)...0xFE where second != 0x7F {
        let place = Int(lead - 0x81) * 191 + Int(second - 0x40)
        table[place] = foundationScalar([lead, second]) ?? 0
      }
    }
    return table
  }()
}
