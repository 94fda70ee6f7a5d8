internal import ClewEvidence

/// Reads the tables of QQ NT that say who an account is and who is in a group.
struct QQNTContacts {
  let known: QQNTAccounts

  static let profileColumns = ["1000", "1002", "20002", "20009"]

  /// A row of `profile_info_v6`: nickname and remark of an account that the device has met.
  func profile(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let account = known.account(row.integer(1), try row.text(0)) else {
      return .reject("column 1002 is no QQ number, and 1000 no id with a known one")
    }
    let remark = try row.text(3) ?? ""
    let nature: Contact.Nature =
      account == known.owner ? .own : remark.isEmpty ? .stranger : .friend
    return .items([
      .contact(
        Contact(
          owner: known.owner,
          contact: account,
          name: try row.text(2) ?? "",
          remark: remark,
          nature: nature
        )
      )
    ])
  }

  static let buddyColumns = ["1000", "1002", "25007"]

  /// A row of `buddy_list`: a friend.
  func buddy(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let account = known.account(row.integer(1), try row.text(0)) else {
      return .reject("column 1002 is no QQ number, and 1000 no id with a known one")
    }
    return .items([.contact(Contact(owner: known.owner, contact: account))])
  }

  static let groupColumns = ["60001", "60007", "60002"]

  /// A row of `group_detail_info_ver1`.
  func group(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let group = QQNTAccounts.group(row.integer(0)) else {
      return .reject("column 60001 is no number of a group")
    }
    let name = try row.text(1) ?? ""
    var items: [EvidenceItem] = [
      .contact(Contact(owner: known.owner, contact: group, name: name))
    ]
    if let founder = known.account(nil, try row.text(2)) {
      items.append(
        .membership(Membership(group: group, groupName: name, member: founder, role: "owner"))
      )
    }
    return .items(items)
  }

  static let memberColumns = ["60001", "1000", "1002", "20002", "64003", "64010", "64016"]

  /// A row of `group_member3`; those who left stay listed, and were members before.
  func member(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let group = QQNTAccounts.group(row.integer(0)) else {
      return .reject("column 60001 is no number of a group")
    }
    let uid = try row.text(1) ?? ""
    guard let member = known.account(row.integer(2), uid) else {
      return .reject("column 1002 is no QQ number, and 1000 no id with a known one")
    }
    let detail = known.groups[group]
    let isFounder = detail.map { !uid.isEmpty && $0.founder.utf8.elementsEqual(uid.utf8) } ?? false
    let role = isFounder ? "owner" : row.integer(5) ?? 0 != 0 ? "admin" : ""
    let nickname = try row.text(3) ?? ""
    var items: [EvidenceItem] = [
      .membership(
        Membership(
          group: group,
          groupName: detail?.name ?? "",
          member: member,
          memberName: try row.text(4) ?? "",
          role: role
        )
      )
    ]
    if !nickname.isEmpty {
      let nature: Contact.Nature = member == known.owner ? .own : .stranger
      items.append(
        .contact(
          Contact(owner: known.owner, contact: member, name: nickname, nature: nature)
        )
      )
    }
    return .items(items)
  }
}
