extension AccountNormalizer {
  /// A telephone number in E.164 form, or a service number.
  ///
  /// Reads Chinese mobiles and landlines in every spelling that the sources show: full-width
  /// digits, spaces and marks between digits, `+86`, `0086` and `86`, the long-distance prefixes
  /// of IP telephony (`17951…`), a landline whose leading zero got lost. Numbers of other
  /// countries need `+` or `00`. Short numbers, SMS gateways and `400…` are services.
  ///
  /// - Returns: `nil` for damaged (`1.38E+10`), withheld (`-1`, `unknown`) and masked numbers, and
  ///   for local numbers without an area code.
  public static func phone(_ text: String) -> Account? {
    var bytes = AccountText.withoutArmour(AccountText.fold(text))[...]
    if AccountText.lowercased(bytes.prefix(4)).elementsEqual("tel:".utf8) {
      bytes = bytes.dropFirst(4)
    }
    if bytes.elementsEqual("-1".utf8) || bytes.elementsEqual("-2".utf8) { return nil }
    guard let dialled = dialledDigits(bytes) else { return nil }
    return dialled.isInternational
      ? international(dialled.digits) : national(dialled.digits, isComplete: false)
  }

  /// The digits of a dialled number, and whether a `+` or `00` stands before them.
  private static func dialledDigits(
    _ bytes: ArraySlice<UInt8>
  ) -> (digits: [UInt8], isInternational: Bool)? {
    var digits: [UInt8] = []
    var hasPlus = false
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte.isDigit {
        digits.append(byte)
      } else if byte == UInt8(ascii: "+") {
        guard digits.isEmpty, !hasPlus else { return nil }
        hasPlus = true
      } else if let length = extensionMark(bytes[index...]) {
        let rest = bytes[(index + length)...].filter { $0 != 0x20 }
        guard !digits.isEmpty, AccountText.isDigits(rest), rest.count <= 6 else { return nil }
        break
      } else if !separators.contains(byte) {
        return nil
      }
      index += 1
    }
    guard !digits.isEmpty, digits.count <= 24 else { return nil }
    if hasPlus { return (digits, true) }
    if digits.count >= 10, digits.starts(with: "00".utf8) {
      return (Array(digits.dropFirst(2)), true)
    }
    return (digits, false)
  }

  /// How many bytes the mark of an extension (`转`, `x`, `ext`) takes here, if one stands here.
  private static func extensionMark(_ bytes: ArraySlice<UInt8>) -> Int? {
    for mark in ["转", "轉", "ext.", "ext", "x", "#"] where bytes.starts(with: mark.utf8) {
      return mark.utf8.count
    }
    return nil
  }

  private static func international(_ digits: [UInt8]) -> Account? {
    if digits.starts(with: "86".utf8) {
      return national(Array(digits.dropFirst(2)), isComplete: true)
    }
    guard (7...15).contains(digits.count), digits.first != 0x30 else { return nil }
    return Account(.phone, "+" + AccountText.string(digits))
  }

  /// Classifies a number of the Chinese plan.
  ///
  /// `isComplete` says that a country code stood before it, so that a landline needs no zero.
  private static func national(_ dialled: [UInt8], isComplete: Bool) -> Account? {
    let digits = withoutPrefixes(dialled)
    if isMobile(digits) { return Account(.phone, "+86" + AccountText.string(digits)) }
    let hasZero = digits.first == 0x30
    let local = hasZero ? Array(digits.dropFirst()) : digits
    // With a zero or the country's code before it `1065550005` is a telephone in Beijing, and no gateway;
    // no service of ten digits turns into a telephone by a zero.
    let isBeijing = (hasZero || isComplete) && local.count == 10 && local.starts(with: "10".utf8)
    if isService(local), !isBeijing, !hasZero || local.count >= 10 {
      return Account(.service, AccountText.string(local))
    }
    guard isLandline(local[...]) else { return nil }
    guard hasZero || isComplete || local.count == 10 else { return nil }
    return Account(.phone, "+86" + AccountText.string(local))
  }

  /// The number without IP-telephony prefixes, `86` and a zero before a mobile number.
  private static func withoutPrefixes(_ dialled: [UInt8]) -> [UInt8] {
    for prefix in ["86", "0", "17951", "17911", "12593", "12520", "10193", "11808"]
    where dialled.starts(with: prefix.utf8) {
      let rest = Array(dialled.dropFirst(prefix.utf8.count))
      if isMobile(rest) { return rest }
      if rest.starts(with: "86".utf8), isMobile(Array(rest.dropFirst(2))) {
        return Array(rest.dropFirst(2))
      }
    }
    if dialled.count == 17, dialled.starts(with: "12583".utf8),
      (0x31...0x33).contains(dialled[5]), isMobile(Array(dialled.dropFirst(6)))
    {
      return Array(dialled.dropFirst(6))
    }
    return dialled
  }

  private static func isMobile(_ digits: [UInt8]) -> Bool {
    digits.count == 11 && digits[0] == 0x31 && (0x33...0x39).contains(digits[1])
  }

  /// Short numbers, SMS gateways, 400 and 800 numbers, cards of machines.
  private static func isService(_ digits: [UInt8]) -> Bool {
    guard let first = digits.first else { return false }
    switch digits.count {
    case 3...6: return first != 0x30
    case 7...9 where first == 0x31 || digits.starts(with: "95".utf8): return true
    case 10 where digits.starts(with: "400".utf8) || digits.starts(with: "800".utf8): return true
    case 13:
      return ["106", "1440", "1410", "146", "148"].contains { digits.starts(with: $0.utf8) }
    case 8...20: return digits.starts(with: "106".utf8) || digits.starts(with: "950".utf8)
    default: return false
    }
  }

  /// Whether the digits after the long-distance zero are an area code and a subscriber's number.
  private static func isLandline(_ digits: ArraySlice<UInt8>) -> Bool {
    // In Beijing all have eight digits: with seven, `10…` is a service.
    if digits.starts(with: "10".utf8) { return digits.count == 10 }
    if digits.first == 0x32 { return (9...10).contains(digits.count) }
    guard let first = digits.first, (0x33...0x39).contains(first) else { return false }
    return (10...11).contains(digits.count)
  }

  /// Marks between the digits of a number.
  private static let separators = Set(" -().\u{2F}\t".utf8)
}
