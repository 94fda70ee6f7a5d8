internal import ClewEvidence

/// Reads rows of the contact tables of WeChat for iPhones, whose fields are packed as protobuf.
struct WeChatIOSContacts {
  static let tables = ["Friend", "OpenIMContact"]
  static let columns = [
    "userName", "type", "certificationFlag", "dbContactRemark", "dbContactChatRoom",
  ]

  let book: WeChatBook
  let owner: Account?

  /// A row of `Friend` or `OpenIMContact`: a contact, or a group with its members.
  func contact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    var entry = try Self.entry(row)
    entry.tags = book.tags(try Self.remark(row)?.labels)
    let outcome = entry.outcome(names: book.names, owner: owner, column: "userName")
    guard case .items(let items) = outcome, let room = try Self.room(row, entry, book) else {
      return outcome
    }
    return .items(items + room.memberships(names: book.names, deviceOwner: owner))
  }

  /// The texts of `dbContactRemark`.
  private struct Remark {
    var nickname = ""
    var alias = ""
    var remark = ""
    var labels = ""
  }

  private static func remark(_ row: borrowing SeizedRow) throws(RowRefusal) -> Remark? {
    guard let bytes = row.bytes(3), !bytes.isEmpty else { return nil }
    guard let fields = ProtobufReader.fields(of: bytes[...]) else {
      throw RowRefusal(reason: "dbContactRemark cannot be read")
    }
    var remark = Remark()
    for field in fields where [1, 2, 3, 8].contains(field.number) && field.bytes != nil {
      guard let text = field.text else {
        throw RowRefusal(reason: "dbContactRemark holds bytes that are not UTF-8")
      }
      switch field.number {
      case 1: remark.nickname = text
      case 2: remark.alias = text
      case 3: remark.remark = text
      default: remark.labels = text
      }
    }
    return remark
  }

  private static func entry(_ row: borrowing SeizedRow) throws -> WeChatContactEntry {
    let remark = try remark(row) ?? Remark()
    return WeChatContactEntry(
      userName: try row.text(0) ?? "",
      alias: remark.alias,
      remark: remark.remark,
      nickname: remark.nickname,
      isFriend: (row.integer(1) ?? 0) & 1 == 1
    )
  }

  /// The group of a row; `nil` when it is none or lists no members.
  private static func room(
    _ row: borrowing SeizedRow,
    _ entry: WeChatContactEntry,
    _ book: WeChatBook
  ) throws -> WeChatRoom? {
    guard let account = book.names.account(entry.userName), account.scheme == .wechatGroup,
      let bytes = row.bytes(4), !bytes.isEmpty
    else { return nil }
    guard let fields = ProtobufReader.fields(of: bytes[...]) else {
      throw RowRefusal(reason: "dbContactChatRoom cannot be read")
    }
    var room = WeChatRoom(account: account, name: entry.nickname)
    var list: [WeChatRoomData.Member] = []
    var detailed: [WeChatRoomData.Member] = []
    for field in fields where [1, 3, 6].contains(field.number) && field.bytes != nil {
      guard let text = field.text else {
        throw RowRefusal(reason: "dbContactChatRoom holds bytes that are not UTF-8")
      }
      switch field.number {
      case 1: list = WeChatRoom.list(text, separator: ";")
      case 3: room.owner = text
      default: detailed = members(WeChatXML(Array(text.utf8)))
      }
    }
    room.members = WeChatRoom.members(detailed, and: list)
    return room
  }

  private static func members(_ xml: WeChatXML) -> [WeChatRoomData.Member] {
    xml.elements("RoomData/Member", leaves: ["DisplayName"], attributes: ["UserName"])
      .compactMap { fields in
        guard let name = fields["@UserName"], !name.isEmpty else { return nil }
        var member = WeChatRoomData.Member()
        member.username = name
        member.displayName = fields["DisplayName"] ?? ""
        return member
      }
  }

  /// Reads what is needed before the rows are handed on.
  static func book(of database: SeizedDatabase) throws -> WeChatBook {
    var book = WeChatBook()
    for table in tables {
      try database.forEachRow(of: table, columns: columns) { row in
        guard let entry = try? entry(row) else { return }
        book.add(
          entry.userName,
          nickname: entry.nickname,
          isPlainFriend: entry.isFriend && entry.remark.isEmpty,
          isOfficial: row.integer(2) ?? 0 != 0
        )
        if let room = (try? room(row, entry, book)) ?? nil { book.add(room) }
      }
    }
    return book
  }
}
