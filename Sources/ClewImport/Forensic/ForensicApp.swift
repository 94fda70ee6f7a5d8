internal import ClewEvidence
internal import Foundation

/// The app from which a forensic tool took a record, and how its users are called.
///
/// Reports name apps freely (`WeChat`, `Tencent QQ`, `com.whatsapp`). An app that is not known keeps
/// its users apart from everybody else's: they are names bound to the app.
struct ForensicApp: Hashable, Sendable {
  /// What a message or call of the app bears as its platform.
  let platform: String

  /// Reads the name of an app; empty, or one of the device's own stores, is the telephone.
  init(_ source: String) {
    let name = TabularCell.headerName(source)
    func holds(_ words: String...) -> Bool { words.contains { TabularCell.holds(name, $0) } }
    if Self.own.contains(name) || name.hasPrefix("phone-") {
      platform = "phone"
    } else if holds("wechat", "weixin", "微信", "tencent.mm", "tencent.xin"),
      !holds("work", "wecom", "enterprise", "企业")
    {
      platform = "wechat"
    } else if Self.qq.contains(name) {
      platform = "qq"
    } else if holds("whatsapp") {
      platform = "whatsapp"
    } else if holds("telegram") {
      platform = "telegram"
    } else {
      platform = name
    }
  }

  private static let own: Set<String> = [
    "", "phone", "native", "sim", "device", "contacts", "addressbook", "phonebook", "sms", "mms",
    "sms/mms", "messages", "calls", "eventlog", "phonecalls", "nativemessages", "calllog", "电话",
    "手机", "通讯录", "短信",
  ]
  private static let qq: Set<String> = [
    "qq", "tencentqq", "qqmobile", "mobileqq", "手机qq", "qqmessenger", "com.tencent.mobileqq",
    "com.tencent.mqq",
  ]

  /// Whether the record is the telephone's own and its users are numbers.
  var isPhone: Bool { platform == "phone" }

  /// Whether the app's user names are known to us, so that they may be equal to those of other
  /// sources.
  var isKnown: Bool { ["phone", "wechat", "qq", "whatsapp", "telegram"].contains(platform) }

  /// The account of a user of the app; `nil` for nothing and for withheld numbers.
  func account(_ text: String) -> Account? {
    let identifier = TabularCell.trim(text)
    guard !identifier.isEmpty else { return nil }
    switch platform {
    case "phone": return ForensicNumber.account(identifier)
    case "wechat":
      // Where a report knows a nickname only, it writes that.
      guard WeChatNames.isUserName(identifier.utf8) || WeChatNames.isTicket(identifier) else {
        return named(identifier)
      }
      return WeChatNames().account(identifier)
    case "qq": return AccountNormalizer.qq(identifier) ?? named(identifier)
    case "telegram": return AccountNormalizer.telegram(identifier) ?? named(identifier)
    case "whatsapp":
      if identifier.hasSuffix("@g.us") { return Account(.group, identifier) }
      let number = identifier.split(separator: "@").first.map(String.init) ?? identifier
      guard identifier.hasSuffix("@s.whatsapp.net") || number == identifier else {
        return named(identifier)
      }
      let dialled = number.hasPrefix("+") ? number : "+" + number
      return AccountNormalizer.phone(dialled) ?? named(identifier)
    default:
      if identifier.hasPrefix("+"), let phone = AccountNormalizer.phone(identifier) { return phone }
      return AccountNormalizer.email(identifier) ?? named(identifier)
    }
  }

  /// The account of a group of the app; reports may write more behind a WeChat group's name.
  func group(_ text: String) -> Account? {
    let identifier = TabularCell.trim(text)
    guard !identifier.isEmpty else { return nil }
    switch platform {
    case "wechat":
      if let mark = identifier.range(of: "@chatroom") {
        return Account(.wechatGroup, String(identifier[..<mark.upperBound]))
      }
      if WeChatNames.isRoom(identifier) { return Account(.wechatGroup, identifier) }
    case "qq":
      if identifier.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return Account(.qqGroup, identifier)
      }
    case "whatsapp", "telegram": return Account(.group, identifier)
    default: break
    }
    return Account(.group, "\(identifier)#\(platform)")
  }

  /// The id that a message has on every participant's device; `nil` where the number may be one that
  /// only the device counts.
  func serverID(_ text: String) -> String? {
    let identifier = TabularCell.trim(text)
    switch platform {
    case "wechat":
      // Rows of a device are counted from 1; the server's ids have 64 bits.
      guard let number = Int64(identifier), number > Int64(UInt32.max) else { return nil }
      return String(number)
    case "whatsapp":
      let isID = identifier.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
      }
      return identifier.utf8.count >= 16 && isID ? identifier : nil
    default: return nil
    }
  }

  private func named(_ identifier: String) -> Account? {
    Account(.name, "\(identifier)#\(platform)")
  }
}

/// Numbers and addresses as logs of calls and text messages hold them.
enum ForensicNumber {
  /// Whether the network withheld the number: empty, `-1`, `unknown` and the like.
  static func isWithheld(_ text: String) -> Bool {
    switch TabularCell.trim(text).lowercased() {
    case "", "-1", "-2", "-3", "+", "unknown", "(unknown)", "private", "private number",
      "restricted",
      "anonymous", "unavailable", "null", "<none>", "none", "未知", "未知号码", "私人号码":
      true
    default: false
    }
  }

  /// The account of a number or mail address; a sender that begins with a letter (`BANK`) is a
  /// service, since only gateways set such names.
  static func account(_ text: String) -> Account? {
    let value = TabularCell.trim(text)
    if let phone = AccountNormalizer.phone(value) { return phone }
    if let mail = AccountNormalizer.email(value) { return mail }
    let bytes = value.utf8
    guard (3...11).contains(bytes.count), !isWithheld(value), !AccountNormalizer.isMasked(value),
      let first = bytes.first, (0x61...0x7A).contains(first | 0x20),
      bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return Account(.service, value)
  }

  /// The numbers in a cell that may hold several, one on each line or with marks between them.
  static func accounts(_ text: String) -> [Account] {
    if let one = account(text) { return [one] }
    let parts = text.unicodeScalars.split {
      $0.value < 0x20 || $0 == ";" || $0 == "," || $0 == "\u{FF1B}" || $0 == "\u{FF0C}"
    }
    var found: [Account] = []
    for part in parts {
      if let account = account(String(part)), !found.contains(account) { found.append(account) }
    }
    return found
  }

  /// A mail address, and the QQ number when it is that number's mail box.
  static func mail(_ text: String) -> [Account] {
    let address = TabularCell.trim(text).lowercased()
    guard let account = AccountNormalizer.email(address) else { return [] }
    return account.scheme == .email ? [account] : [Account(.email, address), account]
  }
}
