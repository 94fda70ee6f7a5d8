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
    var leavesArchive: Bool { ArchiveName.leavesArchive(name) }
  }

  /// Why an archive is not unpacked.
  struct Fault: Error { let reason: String }

  /// The members in the order of their place in the file.
  let members: [Member]

  /// The whole directory may be this long.
  private static let directoryLimit: Int64 = 64 << 20

  /// Reads the directory at the end of the file.
  ///
  /// An archive of more members than `memberLimit` is refused.
  init(fileAt path: String, memberLimit: Int = 10_000) throws {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? file.close() }
    let size = Int64(try file.seekToEnd())
    let tailStart = max(0, size - 65_557)
    let tail = try Self.bytes(of: file, at: tailStart, count: size - tailStart)
    guard let end = Self.endRecord(in: tail) else {
      throw Fault(reason: "the archive has no directory; it is cut off or damaged")
    }
    let place = try Self.place(of: file, tail: tail, tailStart: tailStart, end: end)
    guard place.count <= memberLimit, place.length <= Self.directoryLimit else {
      throw Fault(
        reason: "the archive holds more than \(memberLimit) members; raise --archive-limit"
      )
    }
    let (last, isOverflow) = place.offset.addingReportingOverflow(place.length)
    guard !isOverflow, last <= tailStart + Int64(end) else {
      throw Fault(reason: "the archive's directory does not lie inside the archive")
    }
    let directory = try Self.bytes(of: file, at: place.offset, count: place.length)
    var found: [Member] = []
    var index = 0
    for _ in 0..<place.count {
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
      found.append(try Self.member(directory, at: index, nameLength: nameLength, end: next))
      index = next
    }
    members = found.sorted { $0.headerOffset < $1.headerOffset }
    try checkOverlap(directoryAt: place.offset)
  }

  private func checkOverlap(directoryAt end: Int64) throws {
    for (index, member) in members.enumerated() {
      let next = index + 1 < members.count ? members[index + 1].headerOffset : end
      // A local header is at least 30 bytes and repeats the name.
      let header = Int64(30 + member.rawName.count)
      guard next >= member.headerOffset, next - member.headerOffset >= header,
        next - member.headerOffset - header >= member.compressedBytes
      else {
        throw Fault(reason: "members of the archive overlap, as in a decompression bomb")
      }
    }
  }

  private static func member(
    _ bytes: [UInt8],
    at index: Int,
    nameLength: Int,
    end: Int
  ) throws -> Member {
    let rawName = Array(bytes[(index + 46)..<(index + 46 + nameLength)])
    let mode = u32(bytes, index + 38) >> 16
    let isUnix = bytes[index + 5] == 3
    var sizes = [u32(bytes, index + 24), u32(bytes, index + 20), u32(bytes, index + 42)]
      .map { Int64($0) }
    if sizes.contains(0xFFFF_FFFF) {
      let extra = index + 46 + nameLength
      let extraEnd = min(end, extra + Int(u16(bytes, index + 30)))
      try replaceLarge(&sizes, bytes, extra, extraEnd)
    }
    return Member(
      rawName: rawName,
      name: ArchiveName.decode(rawName),
      isEncrypted: u16(bytes, index + 8) & 1 != 0,
      isFolder: rawName.last == UInt8(ascii: "/"),
      isLink: isUnix && mode & 0o170000 == 0o120000,
      compressedBytes: sizes[1],
      headerOffset: sizes[2]
    )
  }

  /// Takes the sizes that do not fit 32 bits from the ZIP64 field (kind 1) of a member's extras.
  private static func replaceLarge(
    _ sizes: inout [Int64],
    _ bytes: [UInt8],
    _ start: Int,
    _ end: Int
  ) throws {
    var field = start
    while field + 4 <= end {
      let length = Int(u16(bytes, field + 2))
      guard field + 4 + length <= end else { break }
      if u16(bytes, field) == 1 {
        var place = field + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          guard place + 8 <= field + 4 + length, let size = Int64(exactly: u64(bytes, place)) else {
            throw Fault(reason: "the archive's directory states an impossible size")
          }
          sizes[index] = size
          place += 8
        }
        return
      }
      field += 4 + length
    }
  }

  /// Where the directory lies, by the end record or, of large archives, by the ZIP64 end record.
  private static func place(
    of file: FileHandle,
    tail: [UInt8],
    tailStart: Int64,
    end: Int
  ) throws -> (count: Int, length: Int64, offset: Int64) {
    let count = Int(u16(tail, end + 10))
    let length = Int64(u32(tail, end + 12))
    let offset = Int64(u32(tail, end + 16))
    guard count == 0xFFFF || length == 0xFFFF_FFFF || offset == 0xFFFF_FFFF else {
      return (count, length, offset)
    }
    let fault = Fault(reason: "the archive's ZIP64 directory cannot be found")
    guard end >= 20, u32(tail, end - 20) == 0x0706_4B50,
      let recordAt = Int64(exactly: u64(tail, end - 12)), recordAt <= tailStart + Int64(end) - 20
    else { throw fault }
    let record = try bytes(of: file, at: recordAt, count: 56)
    guard record.count == 56, u32(record, 0) == 0x0606_4B50,
      let large = Int(exactly: u64(record, 32)),
      let largeLength = Int64(exactly: u64(record, 40)),
      let largeOffset = Int64(exactly: u64(record, 48)), largeLength <= recordAt
    else { throw fault }
    return (large, largeLength, largeOffset)
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

  private static func u64(_ bytes: [UInt8], _ index: Int) -> UInt64 {
    UInt64(u32(bytes, index)) | UInt64(u32(bytes, index + 4)) << 32
  }
}
