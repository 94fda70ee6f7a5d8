/// The shapes of numbers that lead to persons and vehicles, byte by byte.
///
/// What texts of orders and tables of deliveries share. The bytes are ASCII, letters in capitals
/// unless said otherwise.
package enum NumberShape {
  /// The first character of a mainland number plate.
  package static func isPlateLead(_ scalar: Unicode.Scalar) -> Bool { plateLeads.contains(scalar) }

  private static let plateLeads = Set("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".unicodeScalars)

  /// The ASCII form of a scalar, full-width letters, digits and signs included.
  package static func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII { return UInt8(scalar.value) }
    guard scalar.value >= 0xFF10, scalar.value <= 0xFF5A else { return nil }
    return UInt8(scalar.value - 0xFF10 + 0x30)
  }

  /// Whether the byte is an ASCII digit.
  package static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether the byte is an ASCII letter or digit.
  package static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (upper(byte) >= 0x41 && upper(byte) <= 0x5A)
  }

  /// The byte, small letters as capitals.
  package static func upper(_ byte: UInt8) -> UInt8 {
    byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
  }

  /// Whether a run of letters of either case and digits has the form of an identity number; the check
  /// character is not looked at.
  package static func isIdentity(_ run: [UInt8]) -> Bool {
    guard run.count == 18, let last = run.last, run.dropLast().allSatisfy(isDigit) else {
      return false
    }
    return isDigit(last) || upper(last) == UInt8(ascii: "X")
  }

  /// Whether a run of digits is a mainland mobile number.
  package static func isMobile(_ run: some Collection<UInt8>) -> Bool {
    var digits = run.makeIterator()
    guard run.count == 11, digits.next() == UInt8(ascii: "1"), let second = digits.next() else {
      return false
    }
    return second >= UInt8(ascii: "3") && run.allSatisfy(isDigit)
  }

  /// Whether what follows the province of a plate is its letter and five or six more signs.
  package static func isPlate(_ run: [UInt8]) -> Bool {
    guard run.count >= 6, run.count <= 7, let first = run.first else { return false }
    return !isDigit(first) && run.dropFirst().count(where: isDigit) >= 2
  }
}
