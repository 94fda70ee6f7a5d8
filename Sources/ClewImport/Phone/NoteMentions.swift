internal import ClewEvidence

/// Finds accounts in the notes of address books: hints, for they are free text.
///
/// Only what cannot be read otherwise is taken: a mobile number of eleven digits, a bank card of
/// UnionPay or with a right check digit, a right identity number, `wxid_…`, a mail address, a word
/// behind 微信 or WeChat, and digits behind QQ.
enum NoteMentions {
  /// The accounts in the order of the text, each once.
  static func accounts(in text: String) -> [Account] {
    let bytes = Array(text.utf8)
    var found: [Account] = []
    var index = 0
    while index < bytes.count, found.count < limit {
      guard isTokenByte(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, isTokenByte(bytes[index]) { index += 1 }
      let before = bytes[max(0, start - 32)..<start]
      if let account = account(bytes[start..<index], label: label(before)),
        !found.contains(account)
      {
        found.append(account)
      }
    }
    return found
  }

  private enum Label { case wechat, qq }

  private static let limit = 64

  private static func account(_ token: ArraySlice<UInt8>, label: Label?) -> Account? {
    guard token.count <= 128, let text = String(validating: token, as: UTF8.self) else {
      return nil
    }
    if token.allSatisfy({ (0x30...0x39).contains($0) }) { return number(text, label: label) }
    if token.contains(UInt8(ascii: "@")) { return AccountNormalizer.email(text) }
    let lower = text.lowercased()
    if lower.hasPrefix("qq"), let qq = number(String(text.dropFirst(2)), label: .qq) { return qq }
    if lower.hasPrefix("wxid_") { return WeChatNames.alias(text) }
    guard label == .wechat, (6...20).contains(token.count), let first = token.first,
      (0x61...0x7A).contains(first | 0x20)
    else { return nil }
    return WeChatNames.alias(text)
  }

  private static func number(_ text: String, label: Label?) -> Account? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    if label == .qq {
      return AccountNormalizer.qq(text).flatMap { $0.scheme == .qq ? $0 : nil }
    }
    switch text.utf8.count {
    case 11:
      guard let phone = AccountNormalizer.phone(text), phone.scheme == .phone,
        phone.value.utf8.count == 14
      else { return nil }
      return phone
    case 18 where AccountNormalizer.isValidIdentityNumber(text): return Account(.identity, text)
    case 16...19:
      return AccountNormalizer.bankNumber(text).flatMap { $0.scheme == .card ? $0 : nil }
    default: return nil
    }
  }

  /// What the words before a token call it.
  private static func label(_ before: ArraySlice<UInt8>) -> Label? {
    var rest = before
    var isShorter = true
    while isShorter {
      isShorter = false
      for filler in [" ", "\t", ":", "：", "号", "码", "是", "为"]
      where rest.suffix(filler.utf8.count).elementsEqual(filler.utf8) {
        rest.removeLast(filler.utf8.count)
        isShorter = true
      }
    }
    let lower = rest.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    func ends(_ word: String) -> Bool { lower.suffix(word.utf8.count).elementsEqual(word.utf8) }
    if ["微信", "weixin", "wechat", "wx", "vx", "v信"].contains(where: ends) { return .wechat }
    return ["qq", "扣扣"].contains(where: ends) ? .qq : nil
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "."): true
    default: false
    }
  }
}
