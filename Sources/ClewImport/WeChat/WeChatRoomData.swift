/// The members of a group as the `roomdata` protobuf lists them; Android, PC 3.x and 4.x share it.
struct WeChatRoomData {
  /// One member.
  struct Member {
    var username = ""
    var displayName = ""
    var flag: UInt64 = 0
    var inviter = ""

    /// Whether the flag marks an administrator.
    var isAdmin: Bool { flag & 0x800 != 0 }
  }

  private(set) var members: [Member] = []

  /// Reads the message; `nil` when the bytes are no such message.
  init?(_ bytes: [UInt8]) {
    guard let fields = ProtobufReader.fields(of: bytes[...]) else { return nil }
    for field in fields where field.number == 1 {
      guard let body = field.bytes else { continue }
      guard let member = Self.member(body) else { return nil }
      if !member.username.isEmpty { members.append(member) }
    }
  }

  private static func member(_ body: ArraySlice<UInt8>) -> Member? {
    guard let fields = ProtobufReader.fields(of: body) else { return nil }
    var member = Member()
    for field in fields {
      switch (field.number, field.value) {
      case (1, .bytes), (2, .bytes), (4, .bytes):
        guard let text = field.text else { return nil }
        if field.number == 1 { member.username = text }
        if field.number == 2 { member.displayName = text }
        if field.number == 4 { member.inviter = text }
      case (3, .varint(let flag)): member.flag = flag
      default: continue
      }
    }
    return member
  }
}
