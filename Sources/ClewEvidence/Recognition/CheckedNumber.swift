/// Numbers that carry a check digit: what passes is hardly ever an order number by chance.
enum CheckedNumber {
  /// The first two digits of identity numbers: the provinces, and 99, which no place bears and which
  /// invented numbers use.
  private static let provinces = Set<Int>(
    [11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71...71, 81...83, 91...91, 99...99]
      .flatMap { $0 }
  )

  /// Whether a run of capitals and digits is an identity number with a right check character, a birth
  /// date and a province.
  static func isIdentity(_ run: [UInt8]) -> Bool {
    guard NumberShape.isIdentity(run), let ten = run[0].digitValue, let one = run[1].digitValue,
      provinces.contains(ten * 10 + one)
    else { return false }
    return AccountNormalizer.isValidIdentityNumber(AccountText.string(run))
  }

  /// Whether a run of digits is a bank card: a right Luhn digit, and a length that goes with its
  /// beginning.
  ///
  /// UnionPay 62 with 16 to 19 digits, Visa 4 with 16, Mastercard 51 to 55 and 2221 to 2720 with 16,
  /// JCB 3528 to 3589 with 16, American Express 34 and 37 with 15, and the older debit cards of Chinese
  /// banks that begin with 9558, 6013 and 603 with 16 to 19. Cards with a wrong digit are not taken.
  static func isCard(_ run: [UInt8]) -> Bool {
    guard (15...19).contains(run.count), run.allSatisfy(\.isDigit) else { return false }
    let four = run.prefix(4).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let isKnown =
      switch run.count {
      case 15: four / 100 == 34 || four / 100 == 37
      case 16 where four / 1000 == 4 || (5100...5599).contains(four): true
      case 16 where (2221...2720).contains(four) || (3528...3589).contains(four): true
      default: four / 100 == 62 || four == 9558 || four == 6013 || four / 10 == 603
      }
    return isKnown && AccountNormalizer.luhn(AccountText.string(run))
  }

  /// Whether a run of capitals and digits is a vehicle identification number: 17 signs without I, O
  /// and Q, a right check character at the ninth place, digits at the last four.
  ///
  /// > Source: GB 16735-2019 and ISO 3779.
  static func isVehicle(_ run: [UInt8]) -> Bool {
    guard run.count == 17, run.suffix(4).allSatisfy(\.isDigit), !run.allSatisfy(\.isDigit) else {
      return false
    }
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    var sum = 0
    for (byte, weight) in zip(run, weights) {
      guard let value = vehicleValue(byte) else { return false }
      sum += value * weight
    }
    let check = sum % 11 == 10 ? UInt8(ascii: "X") : UInt8(0x30 + sum % 11)
    return run[8] == check
  }

  private static func vehicleValue(_ byte: UInt8) -> Int? {
    if let digit = byte.digitValue { return digit }
    guard byte >= 0x41, byte <= 0x5A else { return nil }
    // A to Z; 0 where the letter is not used.
    let values = [
      1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9,
    ]
    let value = values[Int(byte - 0x41)]
    return value == 0 ? nil : value
  }
}
