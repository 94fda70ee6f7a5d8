internal import Crypto
internal import Dispatch

/// The digests of a copy; long pieces are digested on all cores while they are written.
struct CopyDigest {
  private var sha = SHA256()
  private var md5 = Insecure.MD5()

  /// Shorter pieces are not worth another thread.
  private static let shortest = 64 * 1024

  /// Adds the first `count` bytes of a buffer.
  ///
  /// - Parameters:
  ///   - buffer: The bytes.
  ///   - count: How many of them.
  ///   - withMD5: Whether the MD5 is wanted too.
  ///   - write: Called once, meanwhile and maybe on another thread; it has ended when this returns.
  mutating func add(
    _ buffer: [UInt8],
    count: Int,
    withMD5: Bool,
    meanwhile write: () -> Void
  ) {
    unsafe buffer.withUnsafeBytes { raw in
      let piece = unsafe UnsafeRawBufferPointer(rebasing: raw[..<count])
      guard count >= Self.shortest else {
        unsafe sha.update(bufferPointer: piece)
        if withMD5 { unsafe md5.update(bufferPointer: piece) }
        return write()
      }
      unsafe withUnsafeMutablePointer(to: &sha) { sha in
        unsafe withUnsafeMutablePointer(to: &md5) { md5 in
          withoutActuallyEscaping(write) { write in
            // Each of the three is touched by one iteration alone, and all have ended when this returns.
            nonisolated(unsafe) let (sha, md5, piece, write) = unsafe (sha, md5, piece, write)
            DispatchQueue.concurrentPerform(iterations: 3) { job in
              switch job {
              case 0: if withMD5 { unsafe md5.pointee.update(bufferPointer: piece) }
              case 1: unsafe sha.pointee.update(bufferPointer: piece)
              default: unsafe write()
              }
            }
          }
        }
      }
    }
  }

  /// The SHA-256, lower-case hex.
  var sha256: String { hexText(sha.finalize()) }

  /// The MD5, lower-case hex.
  var md5Text: String { hexText(md5.finalize()) }
}
