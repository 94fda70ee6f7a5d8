internal import ClewEvidence
internal import Foundation

/// Brings an XML file as UTF-8 in pieces, and keeps as much of the text as is still asked for.
///
/// Places are counted in this text, the byte order mark left out; ``sourceOffset(of:)`` turns them
/// into places of the file.
final class XMLInput {
  /// How the file is decoded.
  let encoding: TextEncoding

  private let handle: FileHandle?
  private let path: String
  private var wide: WideTranscoder?
  private var narrow: XMLNarrowTranscoder?
  /// The text before any character is replaced; `text[first]` stands at ``start``.
  private var text: [UInt8] = []
  private var first = 0
  private(set) var start: Int64 = 0
  private var fileOffset: Int64
  private var inMemory: [UInt8]?
  private static let chunk = 256 << 10

  /// Opens the staged copy.
  init(_ source: StagedSource) throws {
    path = source.displayPath
    let decision = try Self.decision(head: source.head, path: path)
    guard let handle = FileHandle(forReadingAtPath: source.copyPath) else {
      throw ImportError.malformed(path: path, line: nil, reason: "the copy cannot be opened")
    }
    self.handle = handle
    encoding = decision.encoding
    fileOffset = Int64(decision.markLength)
    if decision.markLength > 0 { try handle.seek(toOffset: UInt64(decision.markLength)) }
    prepare()
  }

  /// Reads the first bytes of a file only.
  init(head: [UInt8]) throws {
    path = ""
    handle = nil
    let decision = try Self.decision(head: head, path: path)
    encoding = decision.encoding
    fileOffset = Int64(decision.markLength)
    inMemory = Array(head.dropFirst(decision.markLength))
    prepare()
  }

  deinit { try? handle?.close() }

  private func prepare() {
    if encoding.isWide { wide = WideTranscoder(encoding) }
    if encoding == .gb18030 { narrow = XMLNarrowTranscoder() }
  }

  /// The next piece of text; the last one may be empty.
  func next() throws -> (piece: [UInt8], isLast: Bool) {
    var bytes: [UInt8] = []
    var isLast = true
    if let handle {
      do {
        let data = try handle.read(upToCount: Self.chunk)
        bytes = Array(data ?? Data())
      } catch {
        throw ImportError.malformed(path: path, line: nil, reason: "reading the copy failed")
      }
      isLast = bytes.isEmpty
    } else {
      bytes = inMemory ?? []
      inMemory = nil
    }
    var piece: [UInt8] = []
    if wide != nil {
      wide?.feed(bytes, isLast: isLast, into: &piece)
    } else if narrow != nil {
      narrow?.feed(bytes, isLast: isLast, into: &piece)
    } else {
      piece = bytes
    }
    text.removeFirst(first)
    first = 0
    text += piece
    return (piece, isLast)
  }

  /// How many bytes of text are kept.
  var keptCount: Int { text.count - first }

  /// Forgets the text before a place.
  func forget(before offset: Int64) {
    let count = index(of: offset) - first
    guard count > 0 else { return }
    fileOffset += sourceLength(of: text[first..<(first + count)])
    first += count
    start += Int64(count)
  }

  /// Where a place stands in ``text``, as far as it is kept.
  private func index(of offset: Int64) -> Int {
    guard offset > start else { return first }
    return first + Int(min(offset - start, Int64(keptCount)))
  }

  /// The text of a range as far as it is still kept.
  func text(_ range: Range<Int64>) -> [UInt8] {
    Array(text[index(of: range.lowerBound)..<index(of: range.upperBound)])
  }

  /// The bytes of the file for a range of the text, as far as it is still kept.
  func sourceBytes(_ range: Range<Int64>) -> [UInt8] {
    let text = text(range)
    switch encoding {
    case .utf8: return text
    case .utf16LittleEndian, .utf16BigEndian: return WideTranscoder.source(of: text, encoding)
    case .gb18030: return XMLNarrowTranscoder.source(of: text)
    }
  }

  /// The place in the file of a place in the text that is still kept.
  func sourceOffset(of offset: Int64) -> Int64 {
    fileOffset + sourceLength(of: text[first..<index(of: offset)])
  }

  private func sourceLength(of text: ArraySlice<UInt8>) -> Int64 {
    switch encoding {
    case .utf8: Int64(text.count)
    case .utf16LittleEndian, .utf16BigEndian: WideTranscoder.sourceLength(of: text)
    case .gb18030: Int64(XMLNarrowTranscoder.source(of: Array(text)).count)
    }
  }

  // MARK: - The encoding

  /// Byte order marks, and how the first `<` tells UTF-16 without one.
  private static let marks: [([UInt8], TextEncoding, Int)] = [
    ([0xEF, 0xBB, 0xBF], .utf8, 3), ([0xFF, 0xFE], .utf16LittleEndian, 2),
    ([0xFE, 0xFF], .utf16BigEndian, 2), ([0x3C, 0], .utf16LittleEndian, 0),
    ([0, 0x3C], .utf16BigEndian, 0),
  ]

  /// Decides by the first bytes, else by what the declaration says.
  private static func decision(head: [UInt8], path: String) throws -> TextDecision {
    for (mark, encoding, length) in Self.marks where head.starts(with: mark) {
      return TextDecision(encoding: encoding, markLength: length)
    }
    switch declaredEncoding(head) {
    case "gbk", "gb2312", "gb18030", "x-gbk", "cp936", "ms936", "windows-936", "hz-gb-2312":
      return TextDecision(encoding: .gb18030, markLength: 0)
    // Some programs declare UTF-16 and write UTF-8; the western names are often wrong as well.
    case "", "utf-8", "utf8", "utf-16", "unicode", "us-ascii", "ascii", "iso-8859-1",
      "windows-1252":
      return TextDecision(encoding: .utf8, markLength: 0)
    default:
      throw ImportError.undecodable(
        path: path,
        reason: "the XML declaration names an encoding that is not read; save it as UTF-8"
      )
    }
  }

  /// The name in `encoding="…"` of the XML declaration, in lower case; empty where there is none.
  private static func declaredEncoding(_ head: [UInt8]) -> String {
    let start = head.prefix(256)
    guard start.starts(with: "<?xml".utf8), let close = start.firstIndex(of: UInt8(ascii: ">")),
      let text = String(validating: start[..<close], as: UTF8.self)?.lowercased(),
      let mark = text.range(of: "encoding")
    else { return "" }
    let rest = text[mark.upperBound...].utf8.drop { $0 <= 0x20 || $0 == UInt8(ascii: "=") }
    guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return ""
    }
    return String(Substring(rest.dropFirst().prefix { $0 != quote }))
  }
}
