internal import ClewEvidence
internal import Foundation

/// Cuts a file into physical lines without holding more than a piece of it.
struct VCardLines {
  /// One line as the file holds it.
  struct Line {
    /// The bytes before the line end.
    var bytes: [UInt8]
    /// The line end itself: CRLF, LF, CR, or nothing at the end of the file.
    var terminator: [UInt8]
    /// Where the line begins.
    var offset: Int64
    /// Whether bytes beyond ``VCardLines/limit`` were left out.
    var isCut: Bool
  }

  /// A longer line is no line of a card.
  static let limit = 1 << 20
  private static let chunk = 1 << 18

  private let file: FileHandle
  private let path: String
  private var buffer: [UInt8] = []
  private var position = 0
  private var offset: Int64 = 0

  /// Opens a private copy.
  init(_ source: StagedSource) throws(ImportError) {
    guard let file = FileHandle(forReadingAtPath: source.copyPath) else {
      throw .malformed(path: source.displayPath, line: nil, reason: "its copy cannot be read")
    }
    self.file = file
    path = source.displayPath
  }

  /// The next line, or `nil` at the end of the file.
  mutating func next() throws -> Line? {
    var line = Line(bytes: [], terminator: [], offset: offset, isCut: false)
    while let byte = try nextByte() {
      if byte == 0x0A {
        line.terminator = [0x0A]
        return line
      }
      if byte == 0x0D {
        line.terminator = [0x0D]
        if try peek() == 0x0A {
          line.terminator.append(0x0A)
          _ = try nextByte()
        }
        return line
      }
      if line.bytes.count < Self.limit { line.bytes.append(byte) } else { line.isCut = true }
    }
    return line.offset == offset ? nil : line
  }

  private mutating func peek() throws -> UInt8? {
    if position == buffer.count {
      buffer = Array(try file.read(upToCount: Self.chunk) ?? Data())
      position = 0
    }
    return position < buffer.count ? buffer[position] : nil
  }

  private mutating func nextByte() throws -> UInt8? {
    guard let byte = try peek() else { return nil }
    position += 1
    offset += 1
    return byte
  }
}
