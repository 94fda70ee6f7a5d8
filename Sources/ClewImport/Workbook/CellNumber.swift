/// A number as a workbook stores it, written the way a spreadsheet shows it.
///
/// Spreadsheets keep fifteen digits. A longer number in a cell (a card, an identity number that was
/// typed without an apostrophe) has lost its last digits for good: it is written with an exponent, so
/// that nothing takes it for the whole number.
enum CellNumber {
  /// A number in decimal notation, or what became of one that is too long.
  enum Written: Equatable {
    case plain(String)
    /// Sixteen digits or more stood before the point.
    case lostPrecision(String)
  }

  /// Digits that a spreadsheet keeps.
  static let precision = 15

  /// Writes the text of a number cell; `nil` when it is no number.
  static func written(_ text: String) -> Written? {
    guard let parts = Parts(Array(text.utf8)) else { return nil }
    let whole = parts.digits.count + parts.exponent
    if whole > precision { return .lostPrecision(parts.scientific) }
    return .plain(parts.rounded(to: precision).decimal)
  }

  /// The digits of a number and the power of ten of the last one.
  struct Parts {
    private(set) var isNegative = false
    /// Without zeros at either end; empty for zero.
    private(set) var digits: [UInt8] = []
    private(set) var exponent = 0

    /// Reads `-12.5`, `1E10`, `1.5e-3`.
    init?(_ bytes: [UInt8]) {
      var rest = bytes[...]
      isNegative = rest.first == UInt8(ascii: "-")
      if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      var hasPoint = false
      var hasDigit = false
      while let byte = rest.first {
        if (0x30...0x39).contains(byte) {
          hasDigit = true
          guard digits.count < 400 else { return nil }
          digits.append(byte)
          if hasPoint { exponent -= 1 }
        } else if byte == UInt8(ascii: "."), !hasPoint {
          hasPoint = true
        } else {
          break
        }
        rest.removeFirst()
      }
      guard hasDigit else { return nil }
      if rest.first == UInt8(ascii: "E") || rest.first == UInt8(ascii: "e") {
        let power = rest.dropFirst()
        let number = power.first == UInt8(ascii: "+") ? power.dropFirst() : power
        guard number.count <= 4, let text = String(validating: number, as: UTF8.self),
          let stated = Int(text)
        else { return nil }
        exponent += stated
        rest = rest[rest.endIndex...]
      }
      guard rest.isEmpty else { return nil }
      trim()
    }

    private mutating func trim() {
      digits = Array(digits.drop { $0 == 0x30 })
      while digits.last == 0x30 {
        digits.removeLast()
        exponent += 1
      }
      if digits.isEmpty {
        exponent = 0
        isNegative = false
      }
    }

    /// The number with at most so many digits, halves away from zero.
    func rounded(to count: Int) -> Parts {
      guard digits.count > count else { return self }
      var result = self
      let isUp = digits[count] >= UInt8(ascii: "5")
      result.digits = Array(digits.prefix(count))
      result.exponent += digits.count - count
      if isUp {
        var index = count - 1
        while index >= 0, result.digits[index] == UInt8(ascii: "9") {
          result.digits[index] = UInt8(ascii: "0")
          index -= 1
        }
        if index >= 0 {
          result.digits[index] += 1
        } else {
          result.digits.insert(UInt8(ascii: "1"), at: 0)
        }
      }
      result.trim()
      return result
    }

    /// In decimal notation; tiny numbers keep an exponent.
    var decimal: String {
      if digits.isEmpty { return "0" }
      if exponent < -40 { return scientific }
      var text = isNegative ? "-" : ""
      if exponent >= 0 {
        text += AsciiText.string(digits) + String(repeating: "0", count: exponent)
      } else if digits.count > -exponent {
        text += AsciiText.string(digits.dropLast(-exponent)) + "."
        text += AsciiText.string(digits.suffix(-exponent))
      } else {
        text += "0." + String(repeating: "0", count: -exponent - digits.count)
        text += AsciiText.string(digits)
      }
      return text
    }

    /// With one digit before the point, all digits kept.
    var scientific: String {
      guard let first = digits.first else { return "0" }
      let power = digits.count - 1 + exponent
      let tail = digits.count > 1 ? "." + AsciiText.string(digits.dropFirst()) : ""
      return (isNegative ? "-" : "") + AsciiText.string([first]) + tail + "E"
        + (power < 0 ? "-" : "+") + String(abs(power))
    }
  }
}

/// Text of bytes that are known to be ASCII.
enum AsciiText {
  static func string(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? ""
  }
}
