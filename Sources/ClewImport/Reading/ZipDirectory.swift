internal import Foundation

/// The central directory of a ZIP archive, read before anything is unpacked.
///
/// The library that unpacks trusts some of what the directory claims; this reader finds members that
/// overlap, are encrypted, are links, or bear names that lead out of the archive.
struct ZipDirectory {
  /// One member as the directory describes it.
  struct Member {
    /// The name as stored.
    let rawName: [UInt8]
    /// The name as text: UTF-8, else GB18030, else with the odd bytes as `\xNN`.
    let name: String
    let isEncrypted: Bool
    let isFolder: Bool
    let isLink: Bool
    let compressedBytes: Int64
    let headerOffset: Int64

    /// Whether the name is absolute or climbs out of the archive.
    var leavesArchive: Bool {
      let parts = name.utf8.split(
        omittingEmptySubsequences: false,
        whereSeparator: { [0x2F, 0x5C].contains($0) }
      )
      if parts.count > 1, parts[0].isEmpty { return true }
      if let first = parts.first, first.count == 2, first.last == UInt8(ascii: ":") { return true }
      return name.utf8.contains(0) || parts.contains { $0.elementsEqual("..".utf8) }
    }
  }

  /// Why an archive is not unpacked.
  struct Fault: Error { let reason: String }

  /// The members in the order of their place in the file.
  let members: [Member]

  /// An archive of more members is refused.
  static let memberLimit = 10_000
  /// The whole directory may be this long.
  private static let directoryLimit: Int64 = 64 << 20

  /// Reads the directory at the end of the file.
  init(fileAt path: String) throws {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? file.close() }
    let size = Int64(try file.seekToEnd())
    let tailStart = max(0, size - 65_557)
    let tail = try Self.bytes(of: file, at: tailStart, count: size - tailStart)
    guard let end = Self.endRecord(in: tail) else {
      throw Fault(reason: "the archive has no directory; it is cut off or damaged")
    }
    let count = Int(Self.u16(tail, end + 10))
    let length = Int64(Self.u32(tail, end + 12))
    let offset = Int64(Self.u32(tail, end + 16))
    guard count != 0xFFFF, offset != 0xFFFF_FFFF, length <= Self.directoryLimit,
      count <= Self.memberLimit
    else { throw Fault(reason: "the archive holds more than \(Self.memberLimit) members") }
    guard offset + length <= tailStart + Int64(end) else {
      throw Fault(reason: "the archive's directory does not lie inside the archive")
    }
    let directory = try Self.bytes(of: file, at: offset, count: length)
    var found: [Member] = []
    var index = 0
    for _ in 0..<count {
      guard index + 46 <= directory.count, Self.u32(directory, index) == 0x0201_4B50 else {
        throw Fault(reason: "the archive's directory breaks off")
      }
      let nameLength = Int(Self.u16(directory, index + 28))
      let next =
        index + 46 + nameLength + Int(Self.u16(directory, index + 30))
        + Int(Self.u16(directory, index + 32))
      guard next <= directory.count else {
        throw Fault(reason: "the archive's directory breaks off")
      }
      found.append(Self.member(directory, at: index, nameLength: nameLength))
      index = next
    }
    members = found.sorted { $0.headerOffset < $1.headerOffset }
    try checkOverlap(directoryAt: offset)
  }

  private func checkOverlap(directoryAt end: Int64) throws {
    for (index, member) in members.enumerated() {
      let next = index + 1 < members.count ? members[index + 1].headerOffset : end
      // A local header is at least 30 bytes and repeats the name.
      let least = member.headerOffset + 30 + Int64(member.rawName.count) + member.compressedBytes
      guard member.compressedBytes != 0xFFFF_FFFF, least <= next else {
        throw Fault(reason: "members of the archive overlap, as in a decompression bomb")
      }
    }
  }

  private static func member(_ bytes: [UInt8], at index: Int, nameLength: Int) -> Member {
    let rawName = Array(bytes[(index + 46)..<(index + 46 + nameLength)])
    let mode = u32(bytes, index + 38) >> 16
    let isUnix = bytes[index + 5] == 3
    return Member(
      rawName: rawName,
      name: decode(rawName),
      isEncrypted: u16(bytes, index + 8) & 1 != 0,
      isFolder: rawName.last == UInt8(ascii: "/"),
      isLink: isUnix && mode & 0o170000 == 0o120000,
      compressedBytes: Int64(u32(bytes, index + 20)),
      headerOffset: Int64(u32(bytes, index + 42))
    )
  }

  private static func decode(_ raw: [UInt8]) -> String {
    if let text = String(validating: raw, as: UTF8.self) { return text }
    // GB18030, which contains GBK: what Chinese Windows writes.
    if let text = String(bytes: raw, encoding: String.Encoding(rawValue: 0x8000_0632)) {
      return text
    }
    return raw.map { byte in
      (0x20..<0x7F).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static func endRecord(in tail: [UInt8]) -> Int? {
    var index = tail.count - 22
    while index >= 0 {
      if u32(tail, index) == 0x0605_4B50, index + 22 + Int(u16(tail, index + 20)) <= tail.count {
        return index
      }
      index -= 1
    }
    return nil
  }

  private static func bytes(of file: FileHandle, at offset: Int64, count: Int64) throws -> [UInt8] {
    guard count > 0, let count = Int(exactly: count), let offset = UInt64(exactly: offset) else {
      return []
    }
    try file.seek(toOffset: offset)
    return Array(try file.read(upToCount: count) ?? Data())
  }

  private static func u16(_ bytes: [UInt8], _ index: Int) -> UInt16 {
    UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
  }

  private static func u32(_ bytes: [UInt8], _ index: Int) -> UInt32 {
    UInt32(u16(bytes, index)) | UInt32(u16(bytes, index + 2)) << 16
  }
}
