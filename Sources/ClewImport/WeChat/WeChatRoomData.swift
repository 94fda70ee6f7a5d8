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
    var reader = Wire(bytes: bytes[...])
    while !reader.isAtEnd {
      guard let (field, value) = reader.next() else { return nil }
      guard field == 1, case .bytes(let body) = value else { continue }
      guard let member = Self.member(body) else { return nil }
      if !member.username.isEmpty { members.append(member) }
    }
  }

  private static func member(_ body: ArraySlice<UInt8>) -> Member? {
    var reader = Wire(bytes: body)
    var member = Member()
    while !reader.isAtEnd {
      guard let (field, value) = reader.next() else { return nil }
      switch (field, value) {
      case (1, .bytes(let text)):
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        member.username = text
      case (2, .bytes(let text)):
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        member.displayName = text
      case (3, .number(let flag)): member.flag = flag
      case (4, .bytes(let text)):
        guard let text = String(validating: text, as: UTF8.self) else { return nil }
        member.inviter = text
      default: continue
      }
    }
    return member
  }

  /// The protobuf wire format: a tag and a payload, again and again.
  private struct Wire {
    enum Value {
      case number(UInt64)
      case bytes(ArraySlice<UInt8>)
      case fixed
    }

    var bytes: ArraySlice<UInt8>
    var isAtEnd: Bool { bytes.isEmpty }

    mutating func next() -> (UInt64, Value)? {
      guard let tag = varint(), tag >> 3 != 0 else { return nil }
      switch tag & 7 {
      case 0: return varint().map { (tag >> 3, .number($0)) }
      case 1: return skip(8) ? (tag >> 3, .fixed) : nil
      case 5: return skip(4) ? (tag >> 3, .fixed) : nil
      case 2:
        guard let length = varint(), let count = Int(exactly: length), count <= bytes.count
        else { return nil }
        let body = bytes.prefix(count)
        bytes.removeFirst(count)
        return (tag >> 3, .bytes(body))
      default: return nil
      }
    }

    private mutating func skip(_ count: Int) -> Bool {
      guard count <= bytes.count else { return false }
      bytes.removeFirst(count)
      return true
    }

    private mutating func varint() -> UInt64? {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while let byte = bytes.popFirst() {
        guard shift < 64, shift < 63 || byte & 0x7F <= 1 else { return nil }
        value |= UInt64(byte & 0x7F) << shift
        if byte & 0x80 == 0 { return value }
        shift += 7
      }
      return nil
    }
  }
}
