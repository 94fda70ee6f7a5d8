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
  func room(_ row: borrowing SeizedRow) throws -> WeChatContacts.Outcome {
    guard let room = profile.names.account(try row.text(0) ?? "") else {
      return .reject("chatroomname is empty")
    }
    let bytes = row.bytes(3) ?? []
    let data = WeChatRoomData(bytes)
    var members = data?.members ?? []
    var known = Set(members.map { Account(.wechat, $0.username) })
    for name in (try row.text(1) ?? "").utf8.split(separator: UInt8(ascii: ";")) {
      let username = String(name) ?? ""
      guard known.insert(Account(.wechat, username)).inserted else { continue }
      var member = WeChatRoomData.Member()
      member.username = username
      members.append(member)
    }
    guard !members.isEmpty else {
      return data == nil ? .reject("roomdata cannot be read") : .skip("group without members")
    }
    let owner = try row.text(2) ?? ""
    let selfName = try row.text(5) ?? ""
    let nickname = try row.text(4) ?? ""
    let groupName = nickname.isEmpty ? profile.roomNames[room] ?? "" : nickname
    return .items(
      members.compactMap { member in
        guard let account = profile.names.account(member.username) else { return nil }
        let isOwn = account == profile.owner
        return .membership(
          Membership(
            group: room,
            groupName: groupName,
            member: account,
            memberName: member.displayName.isEmpty && isOwn ? selfName : member.displayName,
            role: member.username == owner ? "owner" : member.isAdmin ? "admin" : "",
            invitedBy: profile.names.account(member.inviter)
          )
        )
      }
    )
  }

  static let remittanceColumns = [
    "transferId", "locaMsgId", "receiveStatus", "isSend", "talker", "invalidtime", "receiverName",
    "receiveTime",
  ]

  /// A row of `RemittanceRecord`: a transfer without its amount, which stays when the messages are
  /// deleted.
  func remittance(_ row: borrowing SeizedRow) throws -> WeChatContacts.Outcome {
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
