/// Makes the SVG by Graphviz fit for a page: fonts that browsers find, and nothing but shapes and
/// text.
enum SVGText {
  /// Elements that may occur, each with its attributes.
  static let allowed: [String: Set<String>] = [
    "svg": ["width", "height", "viewBox", "xmlns", "xmlns:xlink"],
    "g": ["id", "class", "transform"],
    "title": [],
    "polygon": paint.union(["points"]),
    "polyline": paint.union(["points"]),
    "path": paint.union(["d"]),
    "ellipse": paint.union(["cx", "cy", "rx", "ry"]),
    "text": [
      "text-anchor", "x", "y", "font-family", "font-weight", "font-size", "fill", "xml:space",
    ],
  ]

  private static let paint: Set<String> = [
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
  ]

  /// The drawing without prolog and comments, with bold text marked as browsers understand it.
  ///
  /// - Parameters:
  ///   - bytes: The SVG as Graphviz wrote it.
  ///   - fontName: The font of the drawing.
  /// - Returns: The bytes of the cleaned SVG.
  /// - Throws: ``DrawError/forbiddenMarkup(_:)`` for anything that is not on the list.
  static func cleaned(_ bytes: [UInt8], fontName: String) throws(DrawError) -> [UInt8] {
    var result = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    result.reserveCapacity(bytes.count)
    var place = 0
    var isPastPending = false
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        // Between elements there are only line breaks; text is kept as it is.
        if isPastPending { result.append(bytes[place]) }
        place += 1
        continue
      }
      if has("<!--", in: bytes, at: place) {
        place = end(of: "-->", in: bytes, from: place)
        // The line break after a comment goes with it.
        if place < bytes.count, bytes[place] == 0x0A { place += 1 }
      } else if has("<?", in: bytes, at: place) {
        place = end(of: "?>", in: bytes, from: place)
      } else if has("<!", in: bytes, at: place) {
        place = end(of: ">", in: bytes, from: place)
      } else {
        isPastPending = true
        let stop = end(of: ">", in: bytes, from: place)
        let tag = String(decoding: bytes[place..<stop], as: UTF8.self)
        result += Array(try checked(tag, fontName: fontName).utf8)
        place = stop
      }
    }
    return result
  }

  /// A tag that passed the list, with its font name put right.
  private static func checked(_ tag: String, fontName: String) throws(DrawError) -> String {
    var rest = tag.dropFirst().dropLast()
    if rest.hasPrefix("/") {
      let name = String(rest.dropFirst())
      guard allowed[name] != nil else { throw .forbiddenMarkup(name) }
      return tag
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    let name = String(rest.prefix { !$0.isWhitespace })
    guard let attributes = allowed[name] else { throw .forbiddenMarkup(name) }
    rest = rest.dropFirst(name.count)
    while let first = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[first...]
      guard let equals = rest.firstIndex(of: "=") else { throw .forbiddenMarkup(String(rest)) }
      let attribute = String(rest[..<equals])
      let open = rest.index(after: equals)
      guard attributes.contains(attribute), open < rest.endIndex,
        let close = rest[rest.index(after: open)...].firstIndex(of: rest[open]),
        rest[open] == "\"" || rest[open] == "'"
      else { throw .forbiddenMarkup("\(name) \(attribute)") }
      let value = rest[rest.index(after: open)..<close]
      guard isHarmless(value, of: attribute) else { throw .forbiddenMarkup("\(name) \(attribute)") }
      rest = rest[rest.index(after: close)...]
    }
    guard name == "text" else { return tag }
    let family = "font-family=\"\(fontName)"
    let list = "font-family=\"\(fontName),WenQuanYi Zen Hei,sans-serif\""
    return replacing("\(family) Bold\"", with: "\(list) font-weight=\"bold\"", in: tag)
      ?? replacing("\(family)\"", with: list, in: tag) ?? tag
  }

  private static func isHarmless(_ value: Substring, of attribute: String) -> Bool {
    switch attribute {
    case "xmlns": value == "http://www.w3.org/2000/svg"
    case "xmlns:xlink": value == "http://www.w3.org/1999/xlink"
    default: !value.contains("url(") && !value.contains(":")
    }
  }

  private static func replacing(_ old: String, with new: String, in tag: String) -> String? {
    guard let start = firstPlace(of: old, in: tag) else { return nil }
    let end = tag.utf8.index(start, offsetBy: old.utf8.count)
    return String(tag[..<start]) + new + String(tag[end...])
  }

  private static func firstPlace(of needle: String, in text: String) -> String.Index? {
    text.utf8.indices.first { text.utf8[$0...].starts(with: needle.utf8) }
  }

  private static func has(_ text: String, in bytes: [UInt8], at place: Int) -> Bool {
    bytes[place...].starts(with: text.utf8)
  }

  private static func end(of text: String, in bytes: [UInt8], from start: Int) -> Int {
    let wanted = Array(text.utf8)
    var place = start
    while place + wanted.count <= bytes.count {
      if bytes[place] == wanted[0], bytes[place..<place + wanted.count].elementsEqual(wanted) {
        return place + wanted.count
      }
      place += 1
    }
    return bytes.count
  }
}
