extension AccountNormalizer {
  /// An identity number of 18 characters; one of 15 digits gets its century and check digit.
  ///
  /// - Returns: The account with the outcome of the check, or `nil` when the text has not the form
  ///   of an identity number (masked, damaged by a spreadsheet, a passport).
  public static func identity(_ text: String) -> Checked? {
    var bytes = AccountText.withoutArmour(AccountText.fold(text)).filter { $0 != 0x20 }
    if bytes.last == UInt8(ascii: "x") { bytes[bytes.count - 1] = UInt8(ascii: "X") }
    if bytes.count == 15, AccountText.isDigits(bytes) {
      var longer = Array(bytes[..<6]) + Array("19".utf8) + Array(bytes[6...])
      guard let check = identityCheck(longer) else { return nil }
      longer.append(check)
      let value = AccountText.string(longer)
      return Checked(account: Account(.identity, value), isValid: isValidIdentityNumber(value))
    }
    guard bytes.count == 18, AccountText.isDigits(bytes[..<17]),
      bytes[17].isDigit || bytes[17] == UInt8(ascii: "X")
    else { return nil }
    let value = AccountText.string(bytes)
    return Checked(account: Account(.identity, value), isValid: isValidIdentityNumber(value))
  }

  /// Whether check digit and birth date of an 18-character identity number are right.
  ///
  /// > Source: GB 11643-1999, citizen identification number.
  public static func isValidIdentityNumber(_ number: String) -> Bool {
    let bytes = Array(number.utf8)
    guard bytes.count == 18, let check = identityCheck(bytes), check == bytes[17] else {
      return false
    }
    let digits = bytes[6..<14].compactMap(\.digitValue)
    let year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
    guard (1850...2099).contains(year) else { return false }
    return CivilTime.isDate(
      year: year,
      month: digits[4] * 10 + digits[5],
      day: digits[6] * 10 + digits[7]
    )
  }

  /// The check character over the first seventeen digits.
  private static func identityCheck(_ bytes: [UInt8]) -> UInt8? {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    guard bytes.count >= 17 else { return nil }
    var sum = 0
    for (byte, weight) in zip(bytes, weights) {
      guard let digit = byte.digitValue else { return nil }
      sum += digit * weight
    }
    return Array("10X98765432".utf8)[sum % 11]
  }

  /// A bank card: 13 to 19 digits after `_suffix`, `CNY` and spaces are cut.
  ///
  /// The Luhn digit is reported, not required: older debit cards fail it.
  public static func card(_ text: String) -> Checked? {
    guard let digits = bankDigits(text), (13...19).contains(digits.count) else { return nil }
    let value = AccountText.string(digits)
    return Checked(account: Account(.card, value), isValid: luhn(value))
  }

  /// A number that may be a card or an account, as the counterparty columns of banks hold it.
  ///
  /// It is a card when it has 13 to 19 digits and a right Luhn digit or the prefix 62 of UnionPay,
  /// otherwise a bank account of 5 to 32 digits. The same digits give the same account from
  /// whatever column they come.
  public static func bankNumber(_ text: String) -> Account? {
    guard let digits = bankDigits(text), (5...32).contains(digits.count) else { return nil }
    let value = AccountText.string(digits)
    let isCard =
      (13...19).contains(digits.count) && (luhn(value) || digits.starts(with: "62".utf8))
    return Account(isCard ? .card : .bankAccount, value)
  }

  /// Whether the last digit is right by the Luhn formula (ISO/IEC 7812-1).
  public static func luhn(_ number: String) -> Bool {
    var sum = 0
    var isDoubled = false
    for byte in number.utf8.reversed() {
      guard let digit = byte.digitValue else { return false }
      let weighted = isDoubled ? digit * 2 : digit
      sum += weighted > 9 ? weighted - 9 : weighted
      isDoubled.toggle()
    }
    return !number.isEmpty && sum % 10 == 0
  }

  private static func bankDigits(_ text: String) -> [UInt8]? {
    var bytes = AccountText.withoutArmour(AccountText.fold(text))[...]
    if AccountText.lowercased(bytes.prefix(3)).elementsEqual("cny".utf8) {
      bytes = bytes.dropFirst(3)
    }
    let number = bytes.prefix { $0 != UInt8(ascii: "_") }
    let digits = number.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }
    return AccountText.isDigits(digits) ? digits : nil
  }
}
