internal import ClewEvidence

/// Reads the tables of WhatsApp that say who an account is and who is in a group.
struct WhatsAppContacts {
  let addresses: WhatsAppAddresses

  static let columns = ["jid", "display_name", "wa_name", "number", "status"]

  /// A row of `wa_contacts`: the name in the phone book, and the name that the account gives itself.
  func contact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let text = try row.text(0) ?? ""
    guard !text.isEmpty else { return .reject("jid is empty") }
    let account: Account
    if let known = WhatsAppAddresses.account(text) {
      account = known
    } else if let phone = AccountNormalizer.phone(try row.text(3) ?? "") {
      account = phone
    } else {
      return .reject("jid is no address of WhatsApp")
    }
    return .items([
      .contact(
        Contact(
          owner: nil,
          contact: account,
          name: try row.text(2) ?? "",
          remark: try row.text(1) ?? ""
        )
      )
    ])
  }

  static let chatColumns = ["_id", "jid_row_id", "subject"]

  /// A row of `chat`: the name of a group.
  func chat(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let subject = try row.text(2) ?? ""
    guard let account = addresses.account(row.integer(1)) else {
      return .reject("jid_row_id leads to no address of WhatsApp")
    }
    guard account.scheme.isGroup, !subject.isEmpty else {
      return .skip("chat, read with its messages")
    }
    return .items([.contact(Contact(owner: nil, contact: account, name: subject))])
  }

  static let memberColumns = ["group_jid_row_id", "user_jid_row_id", "rank"]

  /// A row of `group_participant_user`.
  func member(_ row: borrowing SeizedRow) -> UnitOutcome {
    guard let group = addresses.account(row.integer(0)), group.scheme.isGroup else {
      return .reject("group_jid_row_id leads to no group")
    }
    guard let member = addresses.account(row.integer(1)) else {
      return .reject("user_jid_row_id leads to no address of WhatsApp")
    }
    return Self.membership(group, member, rank: row.integer(2))
  }

  static let oldMemberColumns = ["gid", "jid", "admin"]

  /// A row of `group_participants`; the owner stands there without an address.
  func oldMember(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let group = WhatsAppAddresses.account(try row.text(0) ?? ""), group.scheme.isGroup else {
      return .reject("gid is no address of a group")
    }
    let text = try row.text(1) ?? ""
    if text.isEmpty { return .skip("the owner as a member, without an address") }
    guard let member = WhatsAppAddresses.account(text) else {
      return .reject("jid is no address of WhatsApp")
    }
    return Self.membership(group, member, rank: row.integer(2))
  }

  private static func membership(_ group: Account, _ member: Account, rank: Int64?) -> UnitOutcome {
    let role = rank == 2 ? "owner" : rank == 1 ? "admin" : ""
    return .items([.membership(Membership(group: group, member: member, role: role))])
  }
}
