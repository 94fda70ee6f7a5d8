internal import ClewEvidence
internal import Foundation

/// A window that moves over the bytes of a text file, so that memory stays flat.
///
/// `bytes[start...]` is what has been read and not yet consumed. UTF-16 appears as UTF-8.
final class TextWindow {
  private(set) var bytes: [UInt8] = []
  private(set) var start = 0
  /// Whether ``bytes`` reaches the end of the file.
  private(set) var isAtEnd = false
  /// The offset in the file of `bytes[start]`.
  private(set) var offset: Int64

  private let handle: FileHandle?
  private let path: String
  private let encoding: TextEncoding
  private var transcoder: WideTranscoder?
  private static let chunk = 1 << 20

  /// Opens the staged copy.
  init(_ source: StagedSource, _ decision: TextDecision) throws {
    path = source.displayPath
    guard let handle = FileHandle(forReadingAtPath: source.copyPath) else {
      throw ImportError.malformed(path: path, line: nil, reason: "the copy cannot be opened")
    }
    self.handle = handle
    encoding = decision.encoding
    transcoder = encoding.isWide ? WideTranscoder(encoding) : nil
    offset = Int64(decision.markLength)
    if decision.markLength > 0 { try handle.seek(toOffset: UInt64(decision.markLength)) }
  }

  /// A window over bytes in memory: the head of a file, already without mark.
  init(plain head: [UInt8]) {
    handle = nil
    path = ""
    encoding = .utf8
    offset = 0
    bytes = head
    isAtEnd = true
  }

  deinit { try? handle?.close() }

  /// Reads more; at least as much again as is waiting, so that long rows cost linear time.
  func fill() throws {
    guard let handle, !isAtEnd else { return }
    if start > 0 {
      bytes.removeSubrange(..<start)
      start = 0
    }
    let wanted = max(Self.chunk, bytes.count)
    let data: Data?
    do {
      data = try handle.read(upToCount: wanted)
    } catch {
      throw ImportError.malformed(path: path, line: nil, reason: "reading the copy failed")
    }
    isAtEnd = (data?.isEmpty ?? true)
    if transcoder != nil {
      transcoder?.feed(Array(data ?? Data()), isLast: isAtEnd, into: &bytes)
    } else if let data {
      bytes.append(contentsOf: data)
    }
  }

  /// Moves the window past `count` bytes.
  func consume(_ count: Int) {
    let end = start + count
    offset += encoding.isWide ? WideTranscoder.sourceLength(of: bytes[start..<end]) : Int64(count)
    start = end
  }

  /// The bytes as the file holds them.
  func sourceBytes(of text: [UInt8]) -> [UInt8] { Self.sourceBytes(of: text, encoding) }

  /// The bytes of a text as a file of this encoding holds them.
  static func sourceBytes(of text: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    encoding.isWide ? WideTranscoder.source(of: text, encoding) : text
  }
}
