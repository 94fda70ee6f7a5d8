internal import ClewEvidence

/// What is known of a legacy QQ database before its rows are handed on.
struct QQAndroidProfile {
  /// Whose phone it is, if all rows agree.
  private(set) var owner: Account?
  /// Name and founder of each group.
  private(set) var groups: [Account: (name: String, founder: Account?)] = [:]

  /// Reads the small tables, and the owner from the chats.
  init(_ database: SeizedDatabase, _ chats: [QQChatTable], _ key: QQKey) throws {
    var owners: Set<Account> = []
    for chat in chats where owners.count < 2 {
      try database.forEachRow(of: chat.name, columns: ["selfuin"]) { row in
        guard owners.count < 2, let text = (try? row.text(0)) ?? nil,
          let number = key.text(text), let account = AccountNormalizer.qq(number)
        else { return }
        owners.insert(account)
      }
    }
    if owners.count == 1 { owner = owners.first }
    try database.forEachRow(of: "TroopInfoV2", columns: QQAndroidContacts.groupColumns) { row in
      guard let number = Self.text(row, 1, key), let group = Self.group(number) else { return }
      groups[group] = (
        Self.text(row, 2, key) ?? "", Self.text(row, 3, key).flatMap(AccountNormalizer.qq)
      )
    }
  }

  /// A group's number, which shares its range with the numbers of persons.
  static func group(_ number: String) -> Account? {
    guard (5...12).contains(number.utf8.count),
      number.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Account(.qqGroup, number)
  }

  private static func text(_ row: borrowing SeizedRow, _ index: Int, _ key: QQKey) -> String? {
    ((try? row.text(index)) ?? nil).flatMap(key.text)
  }
}

/// Reads the tables of a legacy QQ database that say who an account is.
struct QQAndroidContacts {
  let profile: QQAndroidProfile
  let key: QQKey

  static let friendColumns = ["uin", "name", "remark"]

  /// A row of `Friends`.
  func friend(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let number = try plain(row, 0), let account = AccountNormalizer.qq(number) else {
      return .reject("uin is no QQ number")
    }
    guard let name = try plain(row, 1), let remark = try plain(row, 2) else {
      return .reject(beyond)
    }
    return .items([
      .contact(Contact(owner: profile.owner, contact: account, name: name, remark: remark))
    ])
  }

  static let groupColumns = ["uin", "troopuin", "troopname", "troopowneruin", "troopRemark"]

  /// A row of `TroopInfoV2`.
  func group(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let number = try plain(row, 1), let group = QQAndroidProfile.group(number) else {
      return .reject("troopuin is no number of a group")
    }
    guard let name = try plain(row, 2), let remark = try plain(row, 4) else {
      return .reject(beyond)
    }
    var items: [EvidenceItem] = [
      .contact(Contact(owner: profile.owner, contact: group, name: name, remark: remark))
    ]
    if let founder = profile.groups[group]?.founder {
      items.append(
        .membership(Membership(group: group, groupName: name, member: founder, role: "owner"))
      )
    }
    return .items(items)
  }

  static let memberColumns = ["troopuin", "memberuin", "friendnick", "troopnick"]

  /// A row of `TroopMemberInfo`.
  func member(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let number = try plain(row, 0), let group = QQAndroidProfile.group(number) else {
      return .reject("troopuin is no number of a group")
    }
    guard let own = try plain(row, 1), let member = AccountNormalizer.qq(own) else {
      return .reject("memberuin is no QQ number")
    }
    guard let nickname = try plain(row, 2), let card = try plain(row, 3) else {
      return .reject(beyond)
    }
    let known = profile.groups[group]
    var items: [EvidenceItem] = [
      .membership(
        Membership(
          group: group,
          groupName: known?.name ?? "",
          member: member,
          memberName: card,
          role: known?.founder == member ? "owner" : ""
        )
      )
    ]
    if !nickname.isEmpty {
      let nature: Contact.Nature = member == profile.owner ? .own : .stranger
      items.append(
        .contact(
          Contact(owner: profile.owner, contact: member, name: nickname, nature: nature)
        )
      )
    }
    return .items(items)
  }

  private let beyond = "a text reaches beyond what is known of the key, or is no text under it"

  /// A cell without its disguise: empty when there is none, `nil` when it cannot be undone.
  private func plain(_ row: borrowing SeizedRow, _ index: Int) throws -> String? {
    guard let text = try row.text(index) else { return "" }
    return key.text(text)
  }

  /// Makes a reader.
  init(profile: QQAndroidProfile, key: QQKey) {
    self.profile = profile
    self.key = key
  }
}
