internal import ClewEvidence

/// One row of the table in a QQ MHT export, which is HTML and no XML.
///
/// A message is a block with the name in a block of its own and the time behind it, then a block with
/// the text. Any other row is a title: of a section, a chat or a day. What somebody typed is escaped
/// by the client, so that a text cannot pass for a row.
struct QQRow {
  /// Name and time of a message; `nil` for titles.
  private(set) var speaker: (name: String, time: String)?
  /// The text of a message or the words of a title.
  private(set) var text = ""
  /// The addresses of the images in the order of the text.
  private(set) var images: [String] = []

  /// What a block at the top of the row holds.
  private struct Block {
    var direct: [UInt8] = []
    var nested: [UInt8] = []
    var all: [UInt8] = []
    var hasNested = false
  }

  /// Reads the HTML of a row.
  init(_ html: String) {
    let bytes = Array(html.utf8)
    var blocks: [Block] = []
    var outside: [UInt8] = []
    var depth = 0
    var needsBreak = false
    func add(_ text: [UInt8]) {
      let piece = needsBreak && !text.isEmpty ? [0x0A] + text : text
      if !text.isEmpty { needsBreak = false }
      guard depth > 0, let last = blocks.indices.last else { return outside += piece }
      blocks[last].all += piece
      if depth == 1 { blocks[last].direct += piece } else { blocks[last].nested += piece }
    }
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        add(HTMLText.decoded(bytes[index..<end]))
        index = end
        continue
      }
      let tag = HTMLTag(bytes, at: index)
      index = tag.end
      switch tag.name {
      case "div":
        if tag.isClosing {
          depth = max(0, depth - 1)
        } else {
          depth += 1
          needsBreak = false
          if depth == 1 { blocks.append(Block()) }
          if depth > 1, let last = blocks.indices.last { blocks[last].hasNested = true }
        }
      case "br": add([0x0A])
      case "img":
        if let last = blocks.last?.all.last, last != 0x0A { add([0x0A]) }
        add(Array("[图片]".utf8))
        needsBreak = true
        if let source = tag.attribute("src") { images.append(source) }
      case "title", "style", "script":
        if !tag.isClosing { index = HTMLTag.end(of: tag.name, in: bytes, from: index) }
      default: break
      }
    }
    guard let first = blocks.first, first.hasNested, blocks.count > 1 else {
      text = Self.trimmed(outside + blocks.flatMap(\.all))
      return
    }
    speaker = (Self.trimmed(first.nested), Self.trimmed(first.direct))
    text = Self.trimmed(blocks.dropFirst().flatMap(\.all))
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var slice = bytes[...]
    while let first = slice.first, first <= 0x20 { slice.removeFirst() }
    while let last = slice.last, last <= 0x20 { slice.removeLast() }
    return String(validating: slice, as: UTF8.self) ?? ""
  }
}

/// One tag of HTML; attributes need no quotes.
struct HTMLTag {
  /// The name in lower case.
  let name: String
  let isClosing: Bool
  /// The index behind the tag.
  let end: Int
  private let inside: ArraySlice<UInt8>

  /// Reads the tag whose `<` stands at `start`; one without `>` reaches to the end.
  init(_ bytes: [UInt8], at start: Int) {
    var index = start + 1
    var quote: UInt8?
    var isAfterEquals = false
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        break
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        // A quote inside of an unquoted value is a letter.
        if isAfterEquals { quote = byte }
      }
      isAfterEquals = byte == UInt8(ascii: "=") || (isAfterEquals && byte == 0x20)
      index += 1
    }
    inside = bytes[min(start + 1, index)..<index]
    end = min(index + 1, bytes.count)
    isClosing = inside.first == UInt8(ascii: "/")
    let letters = inside.dropFirst(isClosing ? 1 : 0).prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
    name = String(validating: letters.map { $0 | 0x20 }, as: UTF8.self) ?? ""
  }

  /// The value of an attribute, given in lower case.
  func attribute(_ wanted: String) -> String? {
    let key = Array((wanted + "=").utf8)
    var index = inside.startIndex
    while index + key.count <= inside.endIndex {
      let isStart = index > inside.startIndex && inside[index - 1] <= 0x20
      if isStart,
        inside[index..<(index + key.count)].map({ $0 | 0x20 }).elementsEqual(key.map { $0 | 0x20 })
      {
        let rest = inside[(index + key.count)...]
        let text: ArraySlice<UInt8>
        if let mark = rest.first, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") {
          text = rest.dropFirst().prefix { $0 != mark }
        } else {
          text = rest.prefix { $0 > 0x20 }
        }
        return String(validating: HTMLText.decoded(text), as: UTF8.self)
      }
      index += 1
    }
    return nil
  }

  /// The index of the tag that closes `name`, or the end.
  static func end(of name: String, in bytes: [UInt8], from start: Int) -> Int {
    let wanted = Array("</\(name)".utf8)
    var index = start
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0],
        bytes[index..<(index + wanted.count)].map({ (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
          .elementsEqual(wanted)
      {
        return index
      }
      index += 1
    }
    return bytes.count
  }
}

/// Text of HTML.
enum HTMLText {
  private static let names: [(String, String)] = [
    ("nbsp", " "), ("lt", "<"), ("gt", ">"), ("amp", "&"), ("quot", "\""), ("apos", "'"),
  ]

  /// The text with its references resolved; what is none stays as it is.
  ///
  /// The space that does not break stands for a plain one, as the client writes it.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "&")) else { return Array(bytes) }
    var out: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "&") else {
        out.append(byte)
        continue
      }
      let name = bytes[index...].prefix(10).prefix { $0 != UInt8(ascii: ";") }
      let end = index + name.count
      guard end < bytes.endIndex, bytes[end] == UInt8(ascii: ";"), let text = character(name)
      else {
        out.append(byte)
        continue
      }
      out += Array(text.utf8)
      index = end + 1
    }
    return out
  }

  private static func character(_ name: ArraySlice<UInt8>) -> String? {
    guard name.first == UInt8(ascii: "#") else {
      return names.first { $0.0.utf8.elementsEqual(name) }?.1
    }
    guard let digits = String(validating: name.dropFirst(), as: UTF8.self) else { return nil }
    let isHex = digits.utf8.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { String($0) }
  }
}
