/// Brings identifiers as files write them to the one form by which accounts are compared.
///
/// Every function returns `nil` for what it cannot read with certainty: damaged numbers, withheld
/// numbers and masks such as `138******04` never become accounts. The caller keeps the original.
public enum AccountNormalizer {
  /// An account whose number has a check digit, and whether that digit is right.
  public struct Checked: Hashable, Sendable {
    /// The account; it is kept even when the check fails.
    public let account: Account
    /// Whether check digit and, for identity numbers, birth date are right.
    public let isValid: Bool
  }

  /// Whether the text hides characters behind `*` or `＊`, so that it is a pattern, not an account.
  public static func isMasked(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0 == "*" || $0.value == 0xFF0A }
  }

  /// A QQ number of 5 to 11 digits without leading zeros; the system's own numbers are services.
  public static func qq(_ text: String) -> Account? {
    let bytes = AccountText.withoutArmour(AccountText.fold(text))
    guard AccountText.isDigits(bytes) else { return nil }
    let digits = bytes.drop { $0 == 0x30 }
    guard (5...11).contains(digits.count) else { return nil }
    let value = AccountText.string(digits)
    return Account(qqServices.contains(value) ? .service : .qq, value)
  }

  /// An Alipay user id: sixteen digits that start with 2088.
  ///
  /// The number of a user's account in yuan is the id with `0156` behind it.
  public static func alipay(_ text: String) -> Account? {
    var bytes = AccountText.withoutArmour(AccountText.fold(text))
    if bytes.count == 20, bytes.suffix(4).elementsEqual("0156".utf8) { bytes.removeLast(4) }
    guard bytes.count == 16, AccountText.isDigits(bytes), bytes.starts(with: "2088".utf8)
    else { return nil }
    return Account(.alipay, AccountText.string(bytes))
  }

  /// An Alipay user with the holder's name, written `2088…(name)`.
  public static func alipayHolder(_ text: String) -> (account: Account, name: String)? {
    let bytes = AccountText.fold(text)
    guard let open = bytes.firstIndex(of: UInt8(ascii: "(")),
      let account = alipay(AccountText.string(bytes[..<open]))
    else { return alipay(text).map { ($0, "") } }
    guard bytes.last == UInt8(ascii: ")") else { return nil }
    return (account, AccountText.string(AccountText.trim(Array(bytes[(open + 1)...].dropLast()))))
  }

  /// An Alipay logon id: a phone number or a mail address; masks are none.
  public static func alipayLogon(_ text: String) -> Account? {
    alipay(text) ?? email(text) ?? phone(text)
  }

  /// A mail address in lower case; `<QQ number>@qq.com` is the QQ account.
  ///
  /// An address of that mail service may also be a telephone number, which belongs to no QQ number
  /// that can be told from it: eleven digits of a mobile's shape stay an address.
  public static func email(_ text: String) -> Account? {
    let bytes = AccountText.lowercased(AccountText.fold(text))
    guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0,
      bytes.lastIndex(of: UInt8(ascii: "@")) == at
    else { return nil }
    let domain = bytes[(at + 1)...]
    guard domain.contains(UInt8(ascii: ".")), domain.first != UInt8(ascii: "."),
      domain.last != UInt8(ascii: "."),
      bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !mailStops.contains($0) })
    else { return nil }
    let local = AccountText.string(bytes[..<at])
    if domain.elementsEqual("qq.com".utf8), let account = qq(local), !isMobile(account.value) {
      return account
    }
    return Account(.email, AccountText.string(bytes))
  }

  private static func isMobile(_ digits: String) -> Bool {
    let bytes = Array(digits.utf8.prefix(12))
    return bytes.count == 11 && bytes[0] == UInt8(ascii: "1") && bytes[1] >= UInt8(ascii: "3")
  }

  /// A Telegram user id: digits, with or without the `user` that exports put in front.
  public static func telegram(_ text: String) -> Account? {
    var bytes = AccountText.fold(text)[...]
    if bytes.starts(with: "user".utf8) { bytes = bytes.dropFirst(4) }
    guard AccountText.isDigits(bytes), bytes.count <= 19 else { return nil }
    return Account(.telegram, AccountText.string(bytes))
  }

  /// A bare name: a weak key that never merges.
  public static func name(_ text: String) -> Account? {
    let bytes = AccountText.trim(Array(text.utf8))
    guard !bytes.isEmpty else { return nil }
    return Account(.name, AccountText.string(bytes))
  }

  /// Bytes that no mail address holds; `*` marks a mask.
  private static let mailStops = Set("*,;:()<>[]\"\\/".utf8)

  /// QQ numbers of the system and of service robots.
  private static let qqServices: Set<String> = [
    "10000", "1000000", "2854196310", "66600000", "80000000",
  ]
}
