internal import Glibc

/// Writes one private copy under a synthetic name while it is hashed.
///
/// Without a path it only counts and hashes.
public struct StagedCopyWriter: ~Copyable {
  private var digest = CopyDigest()
  /// Chats name the files that they carry by MD5; larger files are not sent in chats.
  private static let md5Limit: Int64 = 256 << 20
  /// How many bytes were appended.
  public private(set) var bytes: Int64 = 0
  private(set) var head: [UInt8] = []
  private let descriptor: Int32
  let path: String

  /// How much of the beginning is kept for recognition.
  static let headBytes = 64 * 1024

  /// Whether the file may be small enough for an MD5.
  private let isSmall: Bool

  /// Makes a writer of the file at `path`, which must not exist, or one that only hashes.
  ///
  /// `expected` is how long the file will be, where that is known.
  init(path: String?, expected: Int64 = 0) throws(EvidenceError) {
    isSmall = expected <= Self.md5Limit
    guard let path else {
      self.descriptor = -1
      self.path = ""
      return
    }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = unsafe open(path, flags, 0o600 as mode_t)
    guard descriptor >= 0 else { throw EvidenceError.fromErrno(errno, path: path) }
    self.descriptor = descriptor
    self.path = path
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Appends the first `count` bytes of a buffer.
  public mutating func append(_ buffer: [UInt8], count: Int) throws(EvidenceError) {
    guard count > 0 else { return }
    let isSmall = isSmall && bytes + Int64(count) <= Self.md5Limit
    let descriptor = descriptor
    var failure: Int32 = 0
    digest.add(buffer, count: count, withMD5: isSmall) {
      failure = Self.write(buffer, count: count, to: descriptor)
    }
    guard failure == 0 else { throw EvidenceError.fromErrno(failure, path: path) }
    bytes += Int64(count)
    if head.count < Self.headBytes {
      head.append(contentsOf: buffer[..<min(count, Self.headBytes - head.count)])
    }
  }

  /// Writes the first `count` bytes of a buffer, if there is a file.
  ///
  /// - Returns: The system's error, 0 for none.
  private static func write(_ buffer: [UInt8], count: Int, to descriptor: Int32) -> Int32 {
    guard descriptor >= 0 else { return 0 }
    var written = 0
    while written < count {
      let start = written
      let done = unsafe buffer.withUnsafeBytes { raw in
        unsafe Glibc.write(descriptor, raw.baseAddress.map { unsafe $0 + start }, count - start)
      }
      if done < 0 {
        if errno == EINTR { continue }
        return errno
      }
      written += done
    }
    return 0
  }

  /// Ends the copy.
  public consuming func finish() -> StagedCopy {
    StagedCopy(
      path: path,
      bytes: bytes,
      sha256: digest.sha256,
      md5: isSmall && bytes <= Self.md5Limit ? digest.md5Text : nil,
      head: head
    )
  }
}

/// A finished private copy; the path is empty when the bytes were only hashed.
public struct StagedCopy: Sendable {
  /// Where the copy lies.
  public let path: String
  /// Its size.
  public let bytes: Int64
  /// Its SHA-256, lower-case hex.
  public let sha256: String
  /// Its MD5, lower-case hex, by which chats name files; `nil` above 256 MiB.
  public let md5: String?
  /// Its first 64 KiB.
  public let head: [UInt8]
}
