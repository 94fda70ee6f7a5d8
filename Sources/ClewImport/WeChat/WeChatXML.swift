/// Reads the named fields of a WeChat XML fragment.
///
/// Such fragments are no proper documents: they may lack a header, have a sender's name in front,
/// hold bare `&` in addresses, or break off. One pass over the bytes collects leaf texts and
/// attributes; entities other than the five of XML and character numbers stay as they are, a
/// `DOCTYPE` is passed over, nothing recurses.
struct WeChatXML {
  private struct Field {
    let path: [UInt8]
    let value: ArraySlice<UInt8>
  }

  private var fields: [Field] = []

  /// No fragment of the app nests deeper or holds more fields.
  private static let depthLimit = 64
  private static let fieldLimit = 20_000

  /// Scans from the first `<` of the bytes.
  init(_ bytes: [UInt8]) {
    guard let start = bytes.firstIndex(of: UInt8(ascii: "<")) else { return }
    scan(bytes, from: start)
  }

  /// The first leaf or attribute at a path such as `msg/appmsg/type` or `msg@username`.
  func text(_ path: String) -> String? {
    let wanted = Array(path.utf8)
    guard let field = fields.first(where: { $0.path == wanted }) else { return nil }
    return String(validating: field.value, as: UTF8.self)
  }

  /// The first leaf at `path` that is not empty.
  func nonEmpty(_ path: String) -> String? {
    guard let text = text(path), !text.isEmpty else { return nil }
    return text
  }

  /// The leaves below each element at `path`, which may occur many times, in order.
  ///
  /// The element's own attributes of the given names come with `@` in front.
  func elements(
    _ path: String,
    leaves: [String],
    attributes: [String] = []
  ) -> [[String: String]] {
    let own = attributes.map { (key: "@" + $0, path: Array((path + "@" + $0).utf8)) }
    let opening = Array(path.utf8) + [UInt8(ascii: "<")]
    let prefix = Array(path.utf8) + [UInt8(ascii: "/")]
    var found: [[String: String]] = []
    for field in fields {
      if field.path == opening {
        found.append([:])
      } else if !found.isEmpty, let attribute = own.first(where: { $0.path == field.path }) {
        found[found.count - 1][attribute.key] = String(validating: field.value, as: UTF8.self)
      } else if !found.isEmpty, field.path.starts(with: prefix),
        let leaf = String(validating: field.path[prefix.count...], as: UTF8.self),
        leaves.contains(leaf), found[found.count - 1][leaf] == nil
      {
        found[found.count - 1][leaf] = String(validating: field.value, as: UTF8.self)
      }
    }
    return found
  }

  private mutating func scan(_ bytes: [UInt8], from start: Int) {
    var index = start
    var path: [UInt8] = []
    var ends: [Int] = []
    var text: [UInt8] = []
    var isLeaf = false
    while index < bytes.count, fields.count < Self.fieldLimit {
      guard bytes[index] == UInt8(ascii: "<") else {
        Self.appendText(bytes, &index, to: &text)
        continue
      }
      if bytes[index...].starts(with: "<![CDATA[".utf8) {
        let end = Self.find("]]>", in: bytes, from: index + 9)
        text.append(contentsOf: bytes[index + 9..<end])
        index = min(end + 3, bytes.count)
      } else if bytes[index...].starts(with: "<!--".utf8) {
        index = min(Self.find("-->", in: bytes, from: index + 4) + 3, bytes.count)
      } else if index + 1 < bytes.count,
        [UInt8(ascii: "!"), UInt8(ascii: "?")].contains(bytes[index + 1])
      {
        index = min(Self.find(">", in: bytes, from: index) + 1, bytes.count)
      } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "/") {
        let end = Self.find(">", in: bytes, from: index)
        if isLeaf { fields.append(Field(path: path, value: text[...])) }
        Self.close(Self.trimmed(bytes[index + 2..<max(end, index + 2)]), &path, &ends)
        isLeaf = false
        text.removeAll()
        index = min(end + 1, bytes.count)
      } else {
        guard ends.count < Self.depthLimit else { return }
        text.removeAll()
        isLeaf = open(bytes, &index, &path, &ends)
      }
    }
  }

  /// Reads an opening tag with its attributes; answers whether it has content.
  private mutating func open(
    _ bytes: [UInt8],
    _ index: inout Int,
    _ path: inout [UInt8],
    _ ends: inout [Int]
  ) -> Bool {
    let nameStart = index + 1
    index = nameStart
    while index < bytes.count, !Self.endsName(bytes[index]) { index += 1 }
    ends.append(path.count)
    if !path.isEmpty { path.append(UInt8(ascii: "/")) }
    path.append(contentsOf: bytes[nameStart..<index])
    fields.append(Field(path: path + [UInt8(ascii: "<")], value: []))
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
      if bytes[index] == UInt8(ascii: "/") || Self.isSpace(bytes[index]) {
        index += 1
        continue
      }
      let keyStart = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "="), !Self.endsName(bytes[index]) {
        index += 1
      }
      let key = bytes[keyStart..<index]
      while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { continue }
      index += 1
      while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
      guard index < bytes.count else { break }
      let quote = bytes[index]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { continue }
      let end = bytes[(index + 1)...].firstIndex(of: quote) ?? bytes.count
      var value: [UInt8] = []
      var position = index + 1
      let raw = Array(bytes[position..<end])
      position = 0
      while position < raw.count { Self.appendText(raw, &position, to: &value, stopsAtTag: false) }
      fields.append(Field(path: path + [UInt8(ascii: "@")] + key, value: value[...]))
      index = min(end + 1, bytes.count)
    }
    let isEmpty = index > 0 && index <= bytes.count && bytes[index - 1] == UInt8(ascii: "/")
    index = min(index + 1, bytes.count)
    if isEmpty { path.removeLast(path.count - ends.removeLast()) }
    return !isEmpty
  }

  private static func close(
    _ name: ArraySlice<UInt8>,
    _ path: inout [UInt8],
    _ ends: inout [Int]
  ) {
    // A stray closing tag closes nothing; a missing one is closed by its parent's.
    for level in ends.indices.reversed() {
      let start = ends[level] == 0 ? 0 : ends[level] + 1
      let end = level + 1 < ends.count ? ends[level + 1] : path.count
      guard start <= end, path[start..<end].elementsEqual(name) else { continue }
      path.removeLast(path.count - ends[level])
      ends.removeLast(ends.count - level)
      return
    }
  }

  private static func appendText(
    _ bytes: [UInt8],
    _ index: inout Int,
    to text: inout [UInt8],
    stopsAtTag: Bool = true
  ) {
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "&") {
      if stopsAtTag, bytes[index] == UInt8(ascii: "<") { break }
      index += 1
    }
    text.append(contentsOf: bytes[start..<index])
    guard index < bytes.count, bytes[index] == UInt8(ascii: "&") else { return }
    let limit = min(index + 12, bytes.count)
    if let end = bytes[index..<limit].firstIndex(of: UInt8(ascii: ";")),
      let decoded = entity(bytes[index + 1..<end])
    {
      text.append(contentsOf: decoded)
      index = end + 1
    } else {
      text.append(bytes[index])
      index += 1
    }
  }

  private static func entity(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    switch String(decoding: name, as: UTF8.self) {
    case "lt": return Array("<".utf8)
    case "gt": return Array(">".utf8)
    case "amp": return Array("&".utf8)
    case "quot": return Array("\"".utf8)
    case "apos": return Array("'".utf8)
    case let other where other.hasPrefix("#x") || other.hasPrefix("#X"):
      return UInt32(other.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        .map { Array(String($0).utf8) }
    case let other where other.hasPrefix("#"):
      return UInt32(other.dropFirst()).flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
    default: return nil
    }
  }

  private static func find(_ end: String, in bytes: [UInt8], from start: Int) -> Int {
    let wanted = Array(end.utf8)
    var index = start
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) { return index }
      index += 1
    }
    return bytes.count
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while let last = slice.last, isSpace(last) { slice.removeLast() }
    return slice
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "=")
  }
}
