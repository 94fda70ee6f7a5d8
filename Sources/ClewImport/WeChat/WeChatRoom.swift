internal import ClewEvidence

/// A group and its members as a contact database lists them, the same on every platform.
struct WeChatRoom {
  let account: Account
  var name = ""
  /// The user name of the group's owner; empty when unknown.
  var owner = ""
  /// The name that the device's owner bears in the group.
  var selfName = ""
  var members: [WeChatRoomData.Member] = []

  /// One membership for each member, in the order of the list.
  func memberships(names: WeChatNames, deviceOwner: Account?) -> [EvidenceItem] {
    members.compactMap { member in
      guard let account = names.account(member.username) else { return nil }
      let isOwn = account == deviceOwner
      return .membership(
        Membership(
          group: self.account,
          groupName: name,
          member: account,
          memberName: member.displayName.isEmpty && isOwn ? selfName : member.displayName,
          role: member.username == owner ? "owner" : member.isAdmin ? "admin" : "",
          invitedBy: names.account(member.inviter)
        )
      )
    }
  }

  /// The members that carry details, and behind them those that only the list of names has.
  static func members(
    _ detailed: [WeChatRoomData.Member],
    and list: [WeChatRoomData.Member]
  ) -> [WeChatRoomData.Member] {
    var members = detailed
    var known = Set(members.map { Account(.wechat, $0.username) })
    for member in list where known.insert(Account(.wechat, member.username)).inserted {
      members.append(member)
    }
    return members
  }

  /// Members from a list of user names, and of the names they bear where that list is as long.
  ///
  /// Names in groups may hold anything, so a second list of another length says nothing.
  static func list(
    _ usernames: String,
    _ displayNames: String = "",
    separator: String
  ) -> [WeChatRoomData.Member] {
    let users = split(usernames, separator)
    let shown = split(displayNames, separator)
    return users.indices.compactMap { index in
      guard !users[index].isEmpty else { return nil }
      var member = WeChatRoomData.Member()
      member.username = users[index]
      if shown.count == users.count { member.displayName = shown[index] }
      return member
    }
  }

  /// Cuts at every separator, which is ASCII, byte by byte.
  private static func split(_ text: String, _ separator: String) -> [String] {
    let (bytes, mark) = (Array(text.utf8), Array(separator.utf8))
    guard !bytes.isEmpty, !mark.isEmpty else { return [] }
    var parts: [String] = []
    var start = 0
    var index = 0
    func add(_ end: Int) {
      parts.append(String(validating: bytes[start..<end], as: UTF8.self) ?? "")
    }
    while index < bytes.count {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark) {
        add(index)
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    add(bytes.count)
    return parts
  }
}

/// A row that describes a group, or the reason why it does not.
struct WeChatRoomRow {
  var room: WeChatRoom?
  var fault: String?

  /// Makes a row that was read.
  init(room: WeChatRoom, fault: String? = nil) {
    self.room = room
    self.fault = fault
  }

  /// Makes a row that cannot be read.
  init(fault: String) { self.fault = fault }

  /// One membership for each member.
  func outcome(names: WeChatNames, owner: Account?) -> UnitOutcome {
    if let fault { return .reject(fault) }
    guard let room, !room.members.isEmpty else { return .skip("group without members") }
    return .items(room.memberships(names: names, deviceOwner: owner))
  }
}
