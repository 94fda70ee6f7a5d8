/// The shapes of numbers that lead to persons and vehicles, byte by byte.
///
/// What texts of orders and tables of deliveries share. The bytes are ASCII, letters in capitals
/// unless said otherwise.
package enum NumberShape {
  /// Whether a scalar is the first character of a mainland number plate, in its traditional form as well.
  package static func isPlateLead(_ scalar: Unicode.Scalar) -> Bool {
    plateLeads[scalar] != nil
  }

  /// The first character of a plate in its simplified form; any other scalar as it is.
  package static func plateLead(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    plateLeads[scalar] ?? scalar
  }

  private static let plateLeads: [Unicode.Scalar: Unicode.Scalar] = {
    let plain = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".unicodeScalars
    let traditional = zip("滬雲遼魯蘇贛晉陝閩貴粵寧瓊".unicodeScalars, "沪云辽鲁苏赣晋陕闽贵粤宁琼".unicodeScalars)
    return Dictionary(uniqueKeysWithValues: plain.map { ($0, $0) } + traditional)
  }()

  /// The ASCII form of a scalar, full-width letters, digits and signs included.
  package static func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.isASCII { return UInt8(scalar.value) }
    guard scalar.value >= 0xFF10, scalar.value <= 0xFF5A else { return nil }
    return UInt8(scalar.value - 0xFF10 + 0x30)
  }

  /// The digit of a sign that shows one in a circle: ⓪, ① to ⑨.
  package static func circled(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x24EA: 0x30
    case 0x2460...0x2468: UInt8(scalar.value - 0x2460 + 0x31)
    default: nil
    }
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
