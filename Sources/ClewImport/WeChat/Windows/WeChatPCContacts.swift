internal import ClewEvidence

/// Reads rows of the contact tables of WeChat 3 for Windows.
struct WeChatPCContacts {
  let book: WeChatBook
  let owner: Account?
  /// Of how many contacts the packed properties were not understood to their end.
  private(set) var unknownProperties = 0

  /// Makes a reader.
  init(book: WeChatBook, owner: Account?) {
    self.book = book
    self.owner = owner
  }

  static let contactColumns = [
    "UserName", "Alias", "Remark", "NickName", "DelFlag", "Type", "VerifyFlag", "Reserved1",
    "LabelIDList", "ExtraBuf", "EncryptUserName",
  ]

  /// A row of `Contact`.
  mutating func contact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    var entry = try Self.entry(row)
    entry.tags = book.tags(try row.text(8))
    let properties = WeChatExtraBuf(row.bytes(9) ?? [])
    if !properties.isWhole { unknownProperties += 1 }
    // The owner may have typed it, so it is a hint only.
    if let phone = AccountNormalizer.phone(properties.phone), phone.scheme == .phone {
      entry.phones = [phone]
    }
    return entry.outcome(names: book.names, owner: owner, column: "UserName")
  }

  static let openColumns = ["UserName", "NickName", "Remark"]

  /// A row of `OpenIMContact`: somebody who writes from work-WeChat.
  func workContact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let entry = WeChatContactEntry(
      userName: try row.text(0) ?? "",
      remark: try row.text(2) ?? "",
      nickname: try row.text(1) ?? "",
      isFriend: true
    )
    return entry.outcome(names: book.names, owner: owner, column: "UserName")
  }

  static let roomColumns = [
    "ChatRoomName", "UserNameList", "DisplayNameList", "SelfDisplayName", "Reserved2", "RoomData",
  ]

  /// A row of `ChatRoom`.
  func room(_ row: borrowing SeizedRow) throws -> WeChatRoomRow { try Self.room(row, book) }

  private static func entry(_ row: borrowing SeizedRow) throws -> WeChatContactEntry {
    let isFriend =
      if let joined = row.integer(7) { joined == 1 } else { (row.integer(5) ?? 0) & 1 == 1 }
    return WeChatContactEntry(
      userName: try row.text(0) ?? "",
      alias: try row.text(1) ?? "",
      remark: try row.text(2) ?? "",
      nickname: try row.text(3) ?? "",
      isDeleted: row.integer(4) ?? 0 != 0,
      isFriend: isFriend
    )
  }

  private static func room(
    _ row: borrowing SeizedRow,
    _ book: WeChatBook
  ) throws -> WeChatRoomRow {
    guard let account = book.names.account(try row.text(0) ?? "") else {
      return WeChatRoomRow(fault: "ChatRoomName is empty")
    }
    let bytes = row.bytes(5) ?? []
    let data = WeChatRoomData(bytes)
    let list = WeChatRoom.list(try row.text(1) ?? "", try row.text(2) ?? "", separator: "^G")
    let room = WeChatRoom(
      account: account,
      name: book.roomNames[account] ?? "",
      owner: try row.text(4) ?? "",
      selfName: try row.text(3) ?? "",
      members: WeChatRoom.members(data?.members ?? [], and: list)
    )
    let fault = data == nil && room.members.isEmpty ? "RoomData cannot be read" : nil
    return WeChatRoomRow(room: room, fault: fault)
  }

  /// Reads what is needed before the rows are handed on.
  static func book(of database: SeizedDatabase) throws -> WeChatBook {
    var book = WeChatBook()
    try database.forEachRow(of: "ContactLabel", columns: ["LabelId", "LabelName"]) { row in
      guard let id = (try? row.text(0)) ?? nil, let name = (try? row.text(1)) ?? nil else { return }
      book.labels[id] = name
    }
    try database.forEachRow(of: "Contact", columns: contactColumns) { row in
      guard let entry = try? entry(row) else { return }
      book.add(
        entry.userName,
        nickname: entry.nickname,
        isPlainFriend: entry.isFriend && entry.remark.isEmpty && !entry.isDeleted,
        isOfficial: row.integer(6) ?? 0 != 0
      )
    }
    try database.forEachRow(of: "ChatRoom", columns: roomColumns) { row in
      if let room = try? room(row, book).room { book.add(room) }
    }
    return book
  }
}
