/// How the members of a container lie in it, told by its first bytes.
enum ArchiveKind: Sendable, Hashable {
  /// A ZIP archive; Office documents are ZIP archives too.
  case zip
  /// A tape archive, not compressed.
  case tar
  case sevenZip
  case rar
  /// One compressed stream: a tape archive or a single file.
  case compressed(Compression)

  /// How a stream is compressed.
  enum Compression: Sendable, Hashable, CaseIterable {
    case gzip, bzip2, xz, zstd, lz4

    /// The endings of names that the compression adds; a tape archive's own ending stays.
    var endings: [String] {
      switch self {
      case .gzip: [".gz", ".gzip"]
      case .bzip2: [".bz2", ".bz"]
      case .xz: [".xz"]
      case .zstd: [".zst", ".zstd"]
      case .lz4: [".lz4"]
      }
    }
  }

  /// The kind of the container that begins so; `nil` for anything else.
  init?(head: [UInt8]) {
    if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
      self = .zip
    } else if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      self = .sevenZip
    } else if head.starts(with: "Rar!\u{1A}\u{7}".utf8) {
      self = .rar
    } else if let compression = Self.compression(head) {
      self = .compressed(compression)
    } else if Self.isTar(head) {
      self = .tar
    } else {
      return nil
    }
  }

  private static func compression(_ head: [UInt8]) -> Compression? {
    if head.starts(with: [0x1F, 0x8B, 8]) { return .gzip }
    if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) { return .xz }
    if head.starts(with: [0x04, 0x22, 0x4D, 0x18]) { return .lz4 }
    guard head.starts(with: "BZh".utf8), head.count >= 10, (0x31...0x39).contains(head[3]) else {
      return nil
    }
    // A block begins with the digits of pi, an empty stream with those of its root.
    let magic = head[4..<10]
    return magic.elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
      || magic.elementsEqual([0x17, 0x72, 0x45, 0x38, 0x50, 0x90]) ? .bzip2 : nil
  }

  /// Whether the first 512 bytes carry the checksum that a tape archive's header has.
  static func isTar(_ head: [UInt8]) -> Bool {
    guard head.count >= 512, head[0] != 0 else { return false }
    var sum = 0
    for (index, byte) in head[..<512].enumerated() {
      sum += (148..<156).contains(index) ? 0x20 : Int(byte)
    }
    var stated = 0
    var digits = 0
    for byte in head[148..<156] {
      guard (0x30...0x37).contains(byte) else {
        if digits > 0 { break }
        guard byte == 0x20 else { return false }
        continue
      }
      stated = stated * 8 + Int(byte - 0x30)
      digits += 1
    }
    return digits > 0 && stated == sum
  }
}
