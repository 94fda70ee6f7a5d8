extension AccountNormalizer {
  /// A WeChat user name as it stands, case included.
  ///
  /// Groups (`…@chatroom`) become ``AccountScheme/wechatGroup``; official accounts (`gh_…`),
  /// enterprise contacts (`…@openim`) and WeChat's own helpers are services.
  public static func wechat(_ text: String) -> Account? {
    let bytes = AccountText.trim(Array(text.utf8))
    guard (1...128).contains(bytes.count), bytes.allSatisfy(isUserNameByte) else { return nil }
    let value = AccountText.string(bytes)
    if hasSuffix(bytes, "@chatroom") || hasSuffix(bytes, "@im.chatroom") {
      return Account(.wechatGroup, value)
    }
    if bytes.starts(with: "gh_".utf8) || hasSuffix(bytes, "@openim")
      || hasSuffix(bytes, "@app") || wechatServices.contains(value)
    {
      return Account(.service, value)
    }
    if hasSuffix(bytes, "@qqim") { return qq(AccountText.string(bytes.dropLast(5))) }
    return Account(.wechat, value)
  }

  /// A WeChat alias (微信号), which is compared in lower case.
  ///
  /// A text in the form of a user name (`wxid_…`) stays as it is.
  public static func wechatAlias(_ text: String) -> Account? {
    let bytes = AccountText.fold(text)
    guard !bytes.starts(with: "wxid_".utf8) else { return wechat(AccountText.string(bytes)) }
    return wechat(AccountText.string(AccountText.lowercased(bytes)))
  }

  /// An account of Tenpay as 用户ID and 对手方ID write it.
  ///
  /// `wxid_…` and aliases are WeChat accounts, 5 to 11 digits are QQ numbers, `N@mch.tenpay.com`
  /// is a merchant, any other address at tenpay.com an opaque wallet.
  public static func tenpay(_ text: String) -> Account? {
    let bytes = AccountText.withoutArmour(AccountText.fold(text))
    if AccountText.isDigits(bytes) { return qq(AccountText.string(bytes)) }
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else {
      return wechat(AccountText.string(bytes))
    }
    let domain = AccountText.lowercased(bytes[(at + 1)...])
    guard domain.elementsEqual("tenpay.com".utf8) || hasSuffix(domain, ".tenpay.com") else {
      return wechat(AccountText.string(bytes))
    }
    guard at > 0, bytes.allSatisfy(isUserNameByte) else { return nil }
    let value = AccountText.string(bytes[...at] + domain)
    return Account(domain.elementsEqual("mch.tenpay.com".utf8) ? .service : .tenpay, value)
  }

  private static func isUserNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "."),
      UInt8(ascii: "+"):
      true
    default: false
    }
  }

  private static func hasSuffix(_ bytes: [UInt8], _ suffix: String) -> Bool {
    bytes.count > suffix.utf8.count && bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// WeChat's own accounts that are nobody.
  private static let wechatServices: Set<String> = [
    "filehelper", "weixin", "newsapp", "fmessage", "medianote", "floatbottle", "qmessage",
    "qqmail", "tmessage", "notifymessage", "mphelper", "officialaccounts",
    "notification_messages", "brandsessionholder", "helper_entry", "masssendapp", "meishiapp",
    "feedsapp", "voipapp", "blogapp", "facebookapp", "qqsync", "lbsapp", "shakeapp",
    "voicevoipapp", "voiceinputapp", "linkedinplugin", "cardpackage", "readerapp", "pc_share",
    "qqfriend", "exmail_tool", "iwatchholder", "weixinreminder", "userexperience_alarm",
    "wxitil",
  ]
}
