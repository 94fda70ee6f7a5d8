internal import ClewEvidence

/// Tells what kind of account a WeChat user name stands for.
struct WeChatNames {
  /// User names that the contact table marks as official accounts.
  var officials: Set<Account> = []

  /// The account behind a user name; `nil` when the name is empty.
  ///
  /// Older accounts have no `wxid_` prefix, so every name that is not known to be something else is
  /// a person's.
  func account(_ name: String) -> Account? {
    guard !name.isEmpty else { return nil }
    if Self.isRoom(name) { return Account(.wechatGroup, name) }
    if Self.isTicket(name) { return Account(.name, name) }
    if name.hasSuffix("@qqim") { return AccountNormalizer.wechat(name) }
    if Self.isService(name) { return Account(.service, name) }
    let person = Account(.wechat, name)
    return officials.contains(person) ? Account(.service, name) : person
  }

  /// The account of a changeable WeChat id (微信号), which is compared in lower case.
  static func alias(_ alias: String) -> Account? {
    guard let account = AccountNormalizer.wechatAlias(alias), account.scheme == .wechat,
      !account.value.utf8.contains(UInt8(ascii: "@"))
    else { return nil }
    return account
  }

  /// Whether the name is a group's.
  static func isRoom(_ name: String) -> Bool {
    name.hasSuffix("@chatroom") || name.hasSuffix("@im.chatroom")
  }

  /// Whether the name is an encrypted ticket of a stranger, which another device cannot resolve.
  static func isTicket(_ name: String) -> Bool {
    if name.hasSuffix("@stranger") { return true }
    return name.utf8.count > 64 && ["v1_", "v2_", "v3_"].contains { name.hasPrefix($0) }
  }

  /// Whether the name belongs to an official account, a mini program, work-WeChat or the app itself.
  static func isService(_ name: String) -> Bool {
    name.hasPrefix("gh_") || name.utf8.contains(UInt8(ascii: "@")) || isSystem(name)
  }

  /// Whether the name is one of the app's own accounts.
  static func isSystem(_ name: String) -> Bool { system.contains(name) }

  /// Whether bytes in front of `:` can be a user name: printable ASCII, no space, at most 64.
  static func isUserName(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.count <= 64 && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// The digests under which the app's own accounts have chat tables.
  static let systemDigests = Set(system.map(NameHash.md5))

  private static let system: Set<String> = [
    "filehelper", "weixin", "newsapp", "fmessage", "qqmail", "medianote", "floatbottle",
    "qmessage", "tmessage", "notifymessage", "officialaccounts", "mphelper", "qqsync",
    "lbsapp", "shakeapp", "readerapp", "blogapp", "facebookapp", "masssendapp", "meishiapp",
    "feedsapp", "voipapp", "voicevoipapp", "voiceinputapp", "linkedinplugin", "cardpackage",
    "weibo", "qqfriend", "exmail_tool", "helper_entry", "pc_share", "notification_messages",
    "userexperience_alarm", "opencustomerservicemsg", "appbrandcustomerservicemsg",
    "service_officialaccounts", "brandsessionholder", "brandservicesessionholder",
  ]
}
