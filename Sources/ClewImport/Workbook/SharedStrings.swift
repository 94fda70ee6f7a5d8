internal import ClewEvidence

/// The texts that the cells of a workbook share, kept as one run of bytes.
struct SharedStrings {
  /// All texts together may be this long.
  static let byteLimit = 256 << 20
  /// How many there may be.
  static let countLimit = 16 << 20

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// How many there are.
  var count: Int { ends.count }

  /// The text of a number; `nil` when there is none of it.
  subscript(index: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(index) else { return nil }
    return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Reads the part, if there is one.
  ///
  /// - Throws: ``PartFault`` when the part is damaged or too large to be held.
  init(_ part: StagedCopy?, byteLimit: Int = Self.byteLimit) throws {
    guard let part else { return }
    let handler = Handler(byteLimit: byteLimit)
    try PartParser.read(part, to: handler)
    bytes = handler.bytes
    ends = handler.ends
  }

  private final class Handler: PartHandler {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    private var text = RichText()
    private let byteLimit: Int

    init(byteLimit: Int) { self.byteLimit = byteLimit }

    override func begin(_ name: String, _ attributes: [String: String]) throws {
      if name == "si" { text = RichText() } else { text.begin(name) }
    }

    override func end(_ name: String, _ piece: [UInt8]) throws {
      guard name == "si" else { return text.end(name, piece) }
      bytes += CellText.unescaped(text.bytes)
      ends.append(bytes.count)
      guard bytes.count <= byteLimit, ends.count <= SharedStrings.countLimit else {
        throw PartFault(
          reason: "its shared texts exceed \(byteLimit) bytes; save it as CSV"
        )
      }
    }
  }
}

/// Gathers the pieces of a text with several formats; phonetic guides are left out.
struct RichText {
  private(set) var bytes: [UInt8] = []
  private var guides = 0

  mutating func begin(_ name: String) {
    if name == "rPh" { guides += 1 }
  }

  mutating func end(_ name: String, _ piece: [UInt8]) {
    if name == "rPh" {
      guides -= 1
    } else if name == "t", guides == 0 {
      bytes += piece
    }
  }
}

/// The text of a cell.
enum CellText {
  /// Resolves `_xHHHH_`, by which workbooks write characters that XML cannot hold: a carriage return
  /// (with a line feed behind it, or alone) is a line end; other control characters stay as they are.
  static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = firstEscape(bytes, from: 0) else { return bytes }
    var text = Array(bytes[..<first])
    var index = first
    while index < bytes.count {
      guard let unit = unit(bytes, at: index) else {
        text.append(bytes[index])
        index += 1
        continue
      }
      var length = 7
      switch unit {
      case 0x0D:
        if index + 7 < bytes.count, bytes[index + 7] == 0x0A { length = 8 }
        if self.unit(bytes, at: index + 7) == 0x0A { length = 14 }
        text.append(0x0A)
      case 0x09, 0x0A, 0x20..<0x7F, 0xA0..<0xD800, 0xE000..<0xFFFE:
        text += Array(String(UnicodeScalar(unit) ?? " ").utf8)
      case 0xD800..<0xDC00:
        guard let low = self.unit(bytes, at: index + 7), (0xDC00..<0xE000).contains(low),
          let scalar = UnicodeScalar(
            0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
          )
        else { fallthrough }
        text += Array(String(scalar).utf8)
        length = 14
      default: text += bytes[index..<(index + 7)]
      }
      index += length
    }
    return text
  }

  private static func firstEscape(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + 7 <= bytes.count {
      if bytes[index] == UInt8(ascii: "_"), unit(bytes, at: index) != nil { return index }
      index += 1
    }
    return nil
  }

  /// The code unit of an escape that begins here.
  private static func unit(_ bytes: [UInt8], at index: Int) -> UInt16? {
    guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"),
      bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
    else { return nil }
    let digits = bytes[(index + 2)..<(index + 6)]
    guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
      return nil
    }
    return UInt16(AsciiText.string(digits), radix: 16)
  }
}
