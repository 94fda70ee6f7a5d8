internal import ClewEvidence

/// A contact as any of the platforms' tables states it.
struct WeChatContactEntry {
  var userName = ""
  var alias = ""
  var remark = ""
  var nickname = ""
  var tags: [String] = []
  var isDeleted = false
  /// Whether the platform's own flags mark a friend; groups count as joined.
  var isFriend = false
  /// Telephone numbers that the owner noted.
  var phones: [Account] = []

  /// What the entry says; a reject names the column of the user name.
  func outcome(names: WeChatNames, owner: Account?, column: String) -> UnitOutcome {
    guard let account = names.account(userName) else { return .reject("\(column) is empty") }
    if WeChatNames.isSystem(userName) { return .skip("system account") }
    let nature: Contact.Nature =
      if account == owner {
        .own
      } else if isDeleted {
        .deleted
      } else if account.scheme.isGroup || isFriend {
        .friend
      } else {
        .stranger
      }
    let entry = Contact(
      owner: owner,
      contact: account,
      name: nickname,
      remark: remark,
      tags: tags,
      nature: nature
    )
    var items: [EvidenceItem] = [.contact(entry)]
    guard account.scheme == .wechat else { return .items(items) }
    if let alias = WeChatNames.alias(alias), alias != account {
      items.append(.accountLink(AccountLink(account, alias, basis: .alias)))
    }
    for phone in phones {
      items.append(.accountLink(AccountLink(account, phone, basis: .contactEntry)))
    }
    return .items(items)
  }
}
