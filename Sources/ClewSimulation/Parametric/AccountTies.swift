/// Which accounts of one person something in the exports ties together, noted while they are written.
///
/// Ties are what an investigator may rely on: one device, one row of a registration, an entry of a
/// phone book or contact list that holds both, a second account told from the first. That two accounts
/// bear one name, or that a payment fits an announcement, is none.
struct AccountTies {
  private var parents: [String: String] = [:]

  mutating func tie(_ accounts: [String]) {
    guard let first = accounts.first else { return }
    for account in accounts {
      let (one, other) = (root(first), root(account))
      if one != other { parents[max(one, other)] = min(one, other) }
      if parents[account] == nil { parents[account] = account }
    }
  }

  private func root(_ account: String) -> String {
    var current = account
    while let parent = parents[current], parent != current { current = parent }
    return current
  }

  /// The first account of the group; `nil` for an account that is tied to none.
  func group(of account: String) -> String? {
    parents[account] == nil ? nil : root(account)
  }
}

extension Cast {
  /// The account of a handle, as the truth writes it.
  func account(_ handle: CastHandle) -> String { (handle.isQQ ? "qq:" : "wechat:") + id(handle) }

  /// The user name of a WeChat account with its alias, if it has one.
  func names(_ handle: CastHandle) -> [String] {
    guard !handle.isQQ else { return [account(handle)] }
    let alias = people[handle.person].wechat[handle.slot].alias
    return [account(handle)] + (alias.isEmpty ? [] : ["wechat:" + alias])
  }

  func phone(_ person: Int) -> String { "phone:+86" + people[person].phone }
  func identity(_ person: Int) -> String { "id:" + people[person].identity }
  func card(_ person: Int) -> String { "card:" + people[person].card }
  func alipay(_ person: Int) -> String { "alipay:" + people[person].alipay }
}
