internal import Crypto
internal import Foundation

/// The SHA-256 of files.
public enum FileHash {
  private static let chunk = 1 << 20

  /// The SHA-256 of a file in lower-case hex, read piece by piece; `nil` where it cannot be read.
  public static func sha256(ofFile path: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    var hasher = SHA256()
    while true {
      // At the end of the file Foundation answers with nothing at all.
      guard let piece = try? handle.read(upToCount: chunk) ?? Data() else { return nil }
      if piece.isEmpty { return hexText(hasher.finalize()) }
      hasher.update(data: piece)
    }
  }

  /// The SHA-256 of a text in UTF-8, lower-case hex.
  public static func sha256(ofText text: String) -> String {
    hexText(SHA256.hash(data: Data(text.utf8)))
  }
}
