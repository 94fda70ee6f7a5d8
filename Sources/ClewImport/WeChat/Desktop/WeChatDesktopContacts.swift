internal import ClewEvidence

/// Reads rows of the contact tables of WeChat 4.
struct WeChatDesktopContacts {
  let book: WeChatBook
  let owner: Account?

  static let contactColumns = [
    "username", "alias", "remark", "nick_name", "local_type", "delete_flag", "verify_flag",
  ]

  /// A row of `contact`.
  func contact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    try Self.entry(row).outcome(names: book.names, owner: owner, column: "username")
  }

  static let roomColumns = ["username", "owner", "ext_buffer"]

  /// A row of `chat_room`.
  func room(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    try Self.room(row, book).outcome(names: book.names, owner: owner)
  }

  private static func entry(_ row: borrowing SeizedRow) throws -> WeChatContactEntry {
    // 1 is a friend, 2 a group, 3 somebody of a common group, 5 and 6 work-WeChat.
    WeChatContactEntry(
      userName: try row.text(0) ?? "",
      alias: try row.text(1) ?? "",
      remark: try row.text(2) ?? "",
      nickname: try row.text(3) ?? "",
      isDeleted: row.integer(5) ?? 0 != 0,
      isFriend: [1, 5, 6].contains(row.integer(4) ?? 0)
    )
  }

  private static func room(
    _ row: borrowing SeizedRow,
    _ book: WeChatBook
  ) throws -> WeChatRoomRow {
    guard let account = book.names.account(try row.text(0) ?? "") else {
      return WeChatRoomRow(fault: "username is empty")
    }
    guard let data = WeChatRoomData(row.bytes(2) ?? []) else {
      return WeChatRoomRow(fault: "ext_buffer cannot be read")
    }
    return WeChatRoomRow(
      room: WeChatRoom(
        account: account,
        name: book.roomNames[account] ?? "",
        owner: try row.text(1) ?? "",
        members: data.members
      )
    )
  }

  /// Reads what is needed before the rows are handed on.
  static func book(of database: SeizedDatabase) throws -> WeChatBook {
    var book = WeChatBook()
    try database.forEachRow(of: "contact", columns: contactColumns) { row in
      guard let entry = try? entry(row) else { return }
      book.add(
        entry.userName,
        nickname: entry.nickname,
        isPlainFriend: entry.isFriend && entry.remark.isEmpty && !entry.isDeleted,
        isOfficial: row.integer(6) ?? 0 != 0
      )
    }
    try database.forEachRow(of: "chat_room", columns: roomColumns) { row in
      if let room = try? room(row, book).room { book.add(room) }
    }
    return book
  }
}
