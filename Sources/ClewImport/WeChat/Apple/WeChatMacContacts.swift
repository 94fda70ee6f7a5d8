internal import ClewEvidence

/// Reads rows of the contact and group tables of WeChat 3 for Macs, which lie in two files.
struct WeChatMacContacts {
  let book: WeChatBook
  let owner: Account?

  static let contactColumns = ["m_nsUsrName", "m_nsAliasName", "m_nsRemark", "nickname"]

  /// A row of `WCContact`, or of `GroupMember`, which lists people of common groups.
  func contact(_ row: borrowing SeizedRow, isFriend: Bool) throws -> UnitOutcome {
    try Self.entry(row, isFriend: isFriend)
      .outcome(names: book.names, owner: owner, column: "m_nsUsrName")
  }

  static let groupColumns = [
    "m_nsUsrName", "nickname", "m_nsChatRoomMemList", "m_nsChatRoomAdminList",
  ]

  /// A row of `GroupContact`: the group as a contact, and its members.
  func group(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let entry = WeChatContactEntry(
      userName: try row.text(0) ?? "",
      nickname: try row.text(1) ?? ""
    )
    let outcome = entry.outcome(names: book.names, owner: owner, column: "m_nsUsrName")
    guard case .items(let items) = outcome, let room = try Self.room(row) else { return outcome }
    return .items(items + room.memberships(names: book.names, deviceOwner: owner))
  }

  private static func entry(
    _ row: borrowing SeizedRow,
    isFriend: Bool
  ) throws -> WeChatContactEntry {
    WeChatContactEntry(
      userName: try row.text(0) ?? "",
      alias: try row.text(1) ?? "",
      remark: try row.text(2) ?? "",
      nickname: try row.text(3) ?? "",
      isFriend: isFriend
    )
  }

  /// The group of a row; `nil` when its user name is no group's.
  private static func room(_ row: borrowing SeizedRow) throws -> WeChatRoom? {
    guard let account = WeChatNames().account(try row.text(0) ?? ""),
      account.scheme == .wechatGroup
    else { return nil }
    var members = WeChatRoom.list(try row.text(2) ?? "", separator: ";")
    let admins = Set(
      WeChatRoom.list(try row.text(3) ?? "", separator: ";").map { Account(.wechat, $0.username) }
    )
    for index in members.indices
    where admins.contains(Account(.wechat, members[index].username)) {
      members[index].isAdmin = true
    }
    return WeChatRoom(account: account, name: try row.text(1) ?? "", members: members)
  }

  /// The books of neighbours: each database of contacts with each of groups, for one device keeps
  /// them in two files.
  static func candidates(_ neighbours: [StagedSource]) -> [WeChatBook.Candidate] {
    let groups = WeChatBook.candidates(neighbours.filter(holdsGroups), load: book)
    let contacts = WeChatBook.candidates(neighbours.filter { !holdsGroups($0) }, load: book)
    guard !groups.isEmpty, !contacts.isEmpty else { return groups + contacts }
    return contacts.flatMap { first in
      groups.map { second in
        var both = first
        both.book.merge(second.book)
        both.paths += second.paths
        return both
      }
    }
  }

  /// Whether the database is the one of groups.
  static func holdsGroups(_ source: StagedSource) -> Bool {
    source.tables?["GroupContact"] != nil
  }

  /// Reads what is needed before the rows are handed on.
  static func book(of database: SeizedDatabase) throws -> WeChatBook {
    var book = WeChatBook()
    for table in ["WCContact", "GroupMember"] {
      try database.forEachRow(of: table, columns: contactColumns) { row in
        guard let entry = try? entry(row, isFriend: true) else { return }
        // Members of groups may be the owner, too.
        book.add(
          entry.userName,
          nickname: entry.nickname,
          isPlainFriend: entry.remark.isEmpty,
          isOfficial: false
        )
      }
    }
    try database.forEachRow(of: "GroupContact", columns: groupColumns) { row in
      guard let room = (try? room(row)) ?? nil else { return }
      book.add(room.account.value, nickname: room.name, isPlainFriend: true, isOfficial: false)
      book.add(room)
    }
    return book
  }
}
