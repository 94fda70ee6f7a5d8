/// Makes ZIP archives byte by byte, so that each field can lie.
struct ZipMaker {
  struct Member {
    var name: [UInt8]
    var data: [UInt8]
    var method: UInt16 = 0
    var size: UInt32?
    var flags: UInt16 = 0
    var unixMode: UInt32 = 0o100644
    var checksum: UInt32?
    /// Another member whose data this one claims as its own.
    var sharesHeaderOf: Int?

    init(_ name: String, _ data: some Sequence<UInt8>) {
      self.name = Array(name.utf8)
      self.data = Array(data)
    }
  }

  var members: [Member]

  func bytes() -> [UInt8] {
    var out: [UInt8] = []
    var offsets: [Int] = []
    for member in members {
      if let shared = member.sharesHeaderOf {
        offsets.append(offsets[shared])
        continue
      }
      offsets.append(out.count)
      out += le32(0x0403_4B50) + le16(20) + common(member)
      out += le16(UInt16(member.name.count)) + le16(0) + member.name + member.data
    }
    let start = out.count
    for (member, offset) in zip(members, offsets) {
      out += le32(0x0201_4B50) + le16(0x0314) + le16(20) + common(member)
      out += le16(UInt16(member.name.count)) + le16(0) + le16(0) + le16(0) + le16(0)
      out += le32(member.unixMode << 16) + le32(UInt32(offset)) + member.name
    }
    let length = out.count - start
    let count = UInt16(members.count)
    out += le32(0x0605_4B50) + le16(0) + le16(0) + le16(count) + le16(count)
    out += le32(UInt32(length)) + le32(UInt32(start)) + le16(0)
    return out
  }

  /// The same archive with all sizes and places in ZIP64 fields.
  func zip64Bytes() -> [UInt8] {
    func le64(_ value: Int) -> [UInt8] { (0..<8).map { UInt8(value >> (8 * $0) & 0xFF) } }
    var out: [UInt8] = []
    var offsets: [Int] = []
    for member in members {
      offsets.append(out.count)
      out += le32(0x0403_4B50) + le16(45) + common(member)
      out += le16(UInt16(member.name.count)) + le16(0) + member.name + member.data
    }
    let start = out.count
    for (member, offset) in zip(members, offsets) {
      let extra =
        le16(1) + le16(24) + le64(member.data.count) + le64(member.data.count) + le64(offset)
      out += le32(0x0201_4B50) + le16(0x032D) + le16(45)
      out += common(member).dropLast(8) + le32(.max) + le32(.max)
      out += le16(UInt16(member.name.count)) + le16(28) + le16(0) + le16(0) + le16(0)
      out += le32(member.unixMode << 16) + le32(.max) + member.name + extra
    }
    let (length, end) = (out.count - start, out.count)
    out += le32(0x0606_4B50) + le64(44) + le16(45) + le16(45) + le32(0) + le32(0)
    out += le64(members.count) + le64(members.count) + le64(length) + le64(start)
    out += le32(0x0706_4B50) + le32(0) + le64(end) + le32(1)
    out += le32(0x0605_4B50) + le16(0) + le16(0) + le16(.max) + le16(.max)
    return out + le32(.max) + le32(.max) + le16(0)
  }

  /// A deflate stream of `count` × 258 + 1 zero bytes, 158 times as short.
  static func zeros(_ count: Int) -> [UInt8] {
    var bits: [Bool] =
      [true, true, false] + [false, false, true, true] + [false, false, false, false]
    for _ in 0..<count {
      bits += [true, true, false, false, false, true, false, true]
      bits += [false, false, false, false, false]
    }
    bits += [Bool](repeating: false, count: 7)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bits.count, by: 8) {
      var byte: UInt8 = 0
      for offset in 0..<8 where start + offset < bits.count && bits[start + offset] {
        byte |= 1 << UInt8(offset)
      }
      out.append(byte)
    }
    return out
  }

  private func common(_ member: Member) -> [UInt8] {
    let data = member.sharesHeaderOf.map { members[$0].data } ?? member.data
    return le16(member.flags) + le16(member.method) + le16(0) + le16(0x5821)
      + le32(member.checksum ?? Self.crc32(data)) + le32(UInt32(data.count))
      + le32(member.size ?? UInt32(data.count))
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  private func le16(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }

  private func le32(_ value: UInt32) -> [UInt8] {
    le16(UInt16(value & 0xFFFF)) + le16(UInt16(value >> 16))
  }
}
