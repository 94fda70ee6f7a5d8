internal import Foundation

/// The checksum of a single gzip file, which libarchive does not compare.
struct GzipChecksum {
  private var crc: UInt32 = 0xFFFF_FFFF
  private var bytes: UInt64 = 0

  /// Takes the first `count` unpacked bytes of a buffer.
  mutating func add(_ buffer: [UInt8], count: Int) {
    let table = Self.table
    let span = buffer.span
    for index in 0..<count {
      crc = table[Int((crc ^ UInt32(span[index])) & 0xFF)] ^ crc >> 8
    }
    bytes &+= UInt64(count)
  }

  /// Whether the last eight bytes of the file state this length and another checksum.
  ///
  /// Where they state another length the file has several parts, of which only the last one's
  /// checksum stands there.
  func contradicts(copyAt path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    guard let end = try? file.seekToEnd(), end >= 18, (try? file.seek(toOffset: end - 8)) != nil,
      let tail = try? file.read(upToCount: 8), tail.count == 8
    else { return false }
    func number(_ place: Int) -> UInt32 {
      tail.dropFirst(place).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    return number(4) == UInt32(truncatingIfNeeded: bytes) && number(0) != ~crc
  }

  /// The remainders of all bytes by the polynomial of ISO 3309.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
}
