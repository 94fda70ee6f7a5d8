internal import ClewEvidence
internal import Foundation

/// A single compressed file, unpacked whole into memory.
package enum CompressedFile {
  /// What a compressed file may unpack to, in bytes, so that a small file cannot take all memory.
  package static let limit = 4 << 30

  /// Unpacks a file that the first bytes show to be compressed by gzip, zstd, xz, bzip2 or LZ4.
  ///
  /// - Parameters:
  ///   - path: A regular file.
  ///   - limit: The bytes it may unpack to.
  /// - Returns: The bytes, or nil where the file is not compressed.
  /// - Throws: ``ImportError/malformed(path:line:reason:)`` where it is damaged, or
  ///   ``ImportError/limitExceeded(path:limit:)``.
  package static func bytes(atPath path: String, limit: Int = limit) throws -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    let head = [UInt8](try file.read(upToCount: 512) ?? Data())
    try file.close()
    guard let kind = ArchiveKind(head: head), case .compressed = kind else { return nil }
    do {
      var stream = try ArchiveStream(path: path, kind: kind, isTar: false)
      return try unpacked(&stream, path: path, limit: limit)
    } catch let fault as ArchiveStream.Fault {
      throw ImportError.malformed(path: path, line: nil, reason: fault.reason)
    }
  }

  private static func unpacked(
    _ stream: inout ArchiveStream,
    path: String,
    limit: Int
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    guard try stream.next() != nil else { return bytes }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try stream.read(into: &buffer)
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else {
        throw ImportError.limitExceeded(path: path, limit: "\(limit) bytes once unpacked")
      }
      bytes.append(contentsOf: buffer[..<count])
    }
  }
}
