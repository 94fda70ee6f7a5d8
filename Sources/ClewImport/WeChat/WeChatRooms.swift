internal import ClewEvidence

/// Reads rows of the Android tables `chatroom` and `RemittanceRecord`.
struct WeChatRooms {
  let profile: WeChatProfile

  /// Makes a reader.
  init(_ profile: WeChatProfile) { self.profile = profile }

  static let columns = [
    "chatroomname", "memberlist", "roomowner", "roomdata", "chatroomnick", "selfDisplayName",
    "displayname", "memberCount", "modifytime",
  ]

  /// A row of `chatroom`: one membership for each member.
  ///
  /// The names in `displayname` are not used, because names may contain their separator.
  func room(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let room = profile.names.account(try row.text(0) ?? "") else {
      return .reject("chatroomname is empty")
    }
    let data = WeChatRoomData(row.bytes(3) ?? [])
    let list = WeChatRoom.list(try row.text(1) ?? "", separator: ";")
    let nickname = try row.text(4) ?? ""
    let group = WeChatRoom(
      account: room,
      name: nickname.isEmpty ? profile.roomNames[room] ?? "" : nickname,
      owner: try row.text(2) ?? "",
      selfName: try row.text(5) ?? "",
      members: WeChatRoom.members(data?.members ?? [], and: list)
    )
    guard !group.members.isEmpty else {
      return data == nil ? .reject("roomdata cannot be read") : .skip("group without members")
    }
    return .items(group.memberships(names: profile.names, deviceOwner: profile.owner))
  }

  static let remittanceColumns = [
    "transferId", "locaMsgId", "receiveStatus", "isSend", "talker", "invalidtime", "receiverName",
    "receiveTime",
  ]

  /// A row of `RemittanceRecord`: a transfer without its amount, which stays when the messages are
  /// deleted.
  func remittance(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let id = try row.text(0), !id.isEmpty else { return .reject("transferId is empty") }
    let talker = profile.names.account(try row.text(4) ?? "")
    let other = talker.flatMap { $0.scheme.isGroup ? nil : $0 }
    let receiver = profile.names.account(try row.text(6) ?? "")
    let isSent = row.integer(3) == 1
    return .items([
      .transfer(
        Transfer(
          payer: isSent ? profile.owner : other,
          payee: isSent ? other ?? receiver : receiver ?? (other == nil ? nil : profile.owner),
          amount: nil,
          at: row.integer(7).flatMap(WeChatClock.timestamp(seconds:)),
          channel: "wechat",
          ids: [id],
          state: .sent
        )
      )
    ])
  }
}
