internal import Crypto

/// The MD5 of a file that lies inside another file and arrives piece by piece.
///
/// Chats name the files that they carry by MD5; it tells copies apart and proves nothing.
package struct AttachmentDigest {
  private var hash = Insecure.MD5()
  /// How many bytes were added.
  package private(set) var bytes: Int64 = 0

  /// Makes the digest of an empty file.
  package init() {}

  /// Adds the next bytes.
  package mutating func add(_ piece: [UInt8]) {
    bytes += Int64(piece.count)
    unsafe piece.withUnsafeBytes { raw in unsafe hash.update(bufferPointer: raw) }
  }

  /// `md5:` and the digest in lower-case hex, as a file reference holds it.
  package var text: String { "md5:" + hexText(hash.finalize()) }
}
