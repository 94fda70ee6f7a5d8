internal import ClewEvidence

/// What is known of an Android database before its rows are handed on: owner, labels, group names.
struct WeChatProfile {
  /// Who the device belongs to, if the device's own table tells.
  private(set) var owner: Account?
  private(set) var ownNickname = ""
  private(set) var names = WeChatNames()
  private(set) var labels: [String: String] = [:]
  private(set) var roomNames: [Account: String] = [:]

  /// Reads the small tables once.
  init(_ database: SeizedDatabase) throws {
    try database.forEachRow(of: "rcontact", columns: ["username", "nickname", "verifyFlag"]) {
      row in
      guard let username = try? row.text(0), let account = names.account(username) else { return }
      let nickname = (try? row.text(1)) ?? ""
      if account.scheme == .wechatGroup {
        roomNames[account] = nickname
      } else if row.integer(2) ?? 0 != 0 {
        names.officials.insert(account)
      }
    }
    try database.forEachRow(of: "userinfo", columns: ["id", "value"]) { row in
      guard let value = (try? row.text(1)) ?? nil, !value.isEmpty else { return }
      switch row.integer(0) {
      case 2 where WeChatNames.isUserName(Array(value.utf8)): owner = Account(.wechat, value)
      case 4: ownNickname = value
      default: break
      }
    }
    if let owner { names.officials.remove(owner) }
    try database.forEachRow(of: "ContactLabel", columns: ["labelID", "labelName"]) { row in
      guard let id = (try? row.text(0)) ?? nil, let name = (try? row.text(1)) ?? nil else { return }
      labels[id] = name
    }
  }

  /// The tags behind a list of label ids such as `1,2`; an id without a name stands for itself.
  func tags(_ ids: String?) -> [String] {
    (ids ?? "").split(separator: ",").map { labels[String($0)] ?? String($0) }
  }
}
