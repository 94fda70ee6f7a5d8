internal import ClewEvidence

/// Reads the Android tables that say who an account is.
///
/// Each function reads one row: it answers with the row's items, a rule by which the row is passed
/// over, or a reason why it cannot be read.
struct WeChatContacts {
  let profile: WeChatProfile
  private var owner: Account? { profile.owner }

  /// Makes a reader.
  init(_ profile: WeChatProfile) { self.profile = profile }

  static let contactColumns = [
    "username", "alias", "conRemark", "nickname", "type", "verifyFlag", "deleteFlag",
    "contactLabelIds", "encryptUsername", "createTime",
  ]

  /// A row of `rcontact`.
  func contact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let username = try row.text(0) ?? ""
    let entry = WeChatContactEntry(
      userName: username,
      alias: try row.text(1) ?? "",
      remark: try row.text(2) ?? "",
      nickname: try row.text(3) ?? "",
      tags: profile.tags(try row.text(7)),
      isDeleted: row.integer(6) ?? 0 != 0,
      isFriend: (row.integer(4) ?? 0) & 1 == 1
    )
    return entry.outcome(names: profile.names, owner: owner, column: "username")
  }

  /// A row of `userinfo`, the device's own settings.
  func ownSetting(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let value = try row.text(1) ?? ""
    guard let owner else { return .skip("setting of an unknown account") }
    switch row.integer(0) {
    case 2:
      let own = Contact(owner: owner, contact: owner, name: profile.ownNickname, nature: .own)
      return .items([.contact(own)])
    case 4: return .skip("nickname, read with the user name")
    case 6 where !value.isEmpty:
      guard let phone = AccountNormalizer.phone(value), phone.scheme == .phone else {
        return .reject("value of id 6 is no telephone number")
      }
      return .items([.accountLink(AccountLink(owner, phone, basis: .ownAccount))])
    case 42 where !value.isEmpty:
      guard let alias = WeChatNames.alias(value) else {
        return .reject("value of id 42 is no alias")
      }
      if alias == owner { return .skip("alias equal to the user name") }
      return .items([.accountLink(AccountLink(owner, alias, basis: .ownAccount))])
    default: return .skip("device setting")
    }
  }

  static let phoneBookColumns = ["moblie", "username", "nickname", "realname", "email"]

  /// A row of `addr_upload2`: a phone book entry, and the account that the server found for it.
  func phoneBookEntry(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let number = try row.text(0) ?? ""
    let account = try row.text(1).flatMap(profile.names.account)
    let nickname = try row.text(2) ?? ""
    let remark = try row.text(3) ?? ""
    guard let phone = AccountNormalizer.phone(number) else {
      guard number.isEmpty, let account else { return .reject("moblie is no telephone number") }
      let entry = Contact(owner: owner, contact: account, name: nickname, remark: remark)
      return .items([.contact(entry)])
    }
    let entry = Contact(owner: owner, contact: phone, name: nickname, remark: remark)
    var items: [EvidenceItem] = [.contact(entry)]
    if let account, account.scheme == .wechat, phone.scheme == .phone {
      items.append(.accountLink(AccountLink(account, phone, basis: .serverMatched)))
    }
    return .items(items)
  }

  static let strangerColumns = [
    "encryptUsername", "conRemark", "contactLabels", "conDescription", "conPhone",
  ]

  /// A row of `Stranger`: what the owner noted of somebody who is no friend.
  func stranger(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let username = try row.text(0) ?? ""
    guard let account = profile.names.account(username) else {
      return .reject("encryptUsername is empty")
    }
    let notes = [try row.text(1) ?? "", try row.text(3) ?? ""].filter { !$0.isEmpty }
    let entry = Contact(
      owner: owner,
      contact: account,
      remark: notes.joined(separator: "\n"),
      tags: profile.tags(try row.text(2)),
      nature: .stranger
    )
    var items: [EvidenceItem] = [.contact(entry)]
    // One field may hold several numbers.
    for number in (try row.text(4) ?? "").split(whereSeparator: { ",;\u{1F}".contains($0) }) {
      guard let phone = AccountNormalizer.phone(String(number)), phone.scheme == .phone else {
        continue
      }
      items.append(.accountLink(AccountLink(account, phone, basis: .contactEntry)))
    }
    return .items(items)
  }

  static let qqColumns = ["qq", "username", "nickname", "qqnickname", "qqremark"]

  /// A row of `qqlist`: a QQ friend, and the WeChat account that the server found for it.
  func qqFriend(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let number = row.integer(0), number >= 10_000 else {
      return .reject("qq is no QQ number")
    }
    let qq = Account(.qq, String(number))
    let entry = Contact(
      owner: owner,
      contact: qq,
      name: try row.text(3) ?? row.text(2) ?? "",
      remark: try row.text(4) ?? ""
    )
    var items: [EvidenceItem] = [.contact(entry)]
    if let account = try row.text(1).flatMap(profile.names.account), account.scheme == .wechat {
      items.append(.accountLink(AccountLink(account, qq, basis: .serverMatched)))
    }
    return .items(items)
  }
}
