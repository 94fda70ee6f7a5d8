internal import ClewEvidence

/// What one card says: a name, a note, and the accounts of one person.
struct VCard {
  private(set) var name = ""
  private(set) var note = ""
  /// Organisation and department, as far as the card names them.
  private(set) var organisation: [String] = []
  /// The accounts in the order of the card, each once.
  private(set) var accounts: [Account] = []

  /// A property whose bytes are of no known encoding.
  struct Undecodable: Error { let property: String }

  /// Reads the properties of a card.
  init(_ properties: [VCardProperty]) throws(Undecodable) {
    var structured = ""
    var nickname = ""
    for property in properties {
      switch property.name {
      case "FN": if name.isEmpty { name = try Self.text(property) }
      case "N":
        guard let parts = property.components() else { throw Undecodable(property: "N") }
        structured = parts.prefix(2).joined()
      case "NICKNAME": nickname = try Self.text(property)
      case "NOTE":
        let text = try Self.text(property)
        note = note.isEmpty ? text : note + "\n" + text
      case "ORG":
        guard let parts = property.components() else { throw Undecodable(property: "ORG") }
        organisation = parts
      case "TEL": Self.phones(try Self.text(property)).forEach { add($0) }
      case "EMAIL": Self.mail(try Self.text(property)).forEach { add($0) }
      case "X-QQ", "X-TENCENT-QQ": add(Self.qq(try Self.text(property)))
      case "X-WECHAT", "X-WEIXIN", "X-TENCENT-WECHAT":
        add(WeChatNames.alias(Self.trimmed(try Self.text(property))))
      case "IMPP", "X-SOCIALPROFILE":
        add(Self.messenger(try Self.text(property), service: Self.service(of: property)))
      default: continue
      }
    }
    if name.isEmpty { name = structured.isEmpty ? nickname : structured }
  }

  private mutating func add(_ account: Account?) {
    if let account, !accounts.contains(account) { accounts.append(account) }
  }

  private static func text(_ property: VCardProperty) throws(Undecodable) -> String {
    guard let text = property.unescapedText() else { throw Undecodable(property: property.name) }
    return text
  }

  /// The numbers of a `TEL`: usually one, sometimes two, sometimes one with pauses and an extension.
  static func phones(_ text: String) -> [Account] {
    var rest = trimmed(text)
    if rest.lowercased().hasPrefix("tel:") {
      rest.removeFirst(4)
      rest = rest.split(separator: ";").first.map(String.init) ?? ""
    }
    if let whole = AccountNormalizer.phone(rest) { return [whole] }
    let pieces = rest.split(whereSeparator: { ",;/、，；pPwWxX#".contains($0) })
      .compactMap { AccountNormalizer.phone(trimmed(String($0))) }
    let numbers = pieces.filter { $0.scheme == .phone }
    return numbers.isEmpty ? Array(pieces.prefix(1)) : numbers
  }

  /// An address; the QQ account when it is that number's mail box.
  private static func mail(_ text: String) -> [Account] {
    var address = trimmed(text).lowercased()
    if address.hasPrefix("mailto:") { address.removeFirst(7) }
    return AccountNormalizer.email(address).map { [$0] } ?? []
  }

  /// A QQ number that is a person's.
  private static func qq(_ text: String) -> Account? {
    guard let account = AccountNormalizer.qq(text), account.scheme == .qq else { return nil }
    return account
  }

  private static func service(of property: VCardProperty) -> String {
    let named = property.parameter("X-SERVICE-TYPE") + property.parameter("TYPE")
    return named.joined(separator: " ").lowercased()
  }

  /// A messenger account such as `weixin:denglong_demo` or, on an iPhone, `x-apple:denglong_demo`.
  private static func messenger(_ text: String, service: String) -> Account? {
    var handle = trimmed(text)
    var kind = service
    if let colon = handle.utf8.firstIndex(of: UInt8(ascii: ":")) {
      let address = handle[..<colon].lowercased()
      if address != "x-apple" { kind = address + " " + kind }
      handle = String(handle[handle.utf8.index(after: colon)...])
    }
    if kind.contains("weixin") || kind.contains("wechat") || kind.contains("微信") {
      return WeChatNames.alias(handle)
    }
    return kind.contains("qq") ? qq(handle) : nil
  }

  private static func trimmed(_ text: String) -> String {
    var view = text[...].utf8
    while let first = view.first, first <= 0x20 { view.removeFirst() }
    while let last = view.last, last <= 0x20 { view.removeLast() }
    return String(Substring(view))
  }
}
