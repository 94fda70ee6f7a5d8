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
        try check(bytes[place..<stop])
        if has("<text", in: bytes, at: place) {
          let tag = String(decoding: bytes[place..<stop], as: UTF8.self)
          result += Array(withFonts(tag, fontName: fontName).utf8)
        } else {
          result += bytes[place..<stop]
        }
        place = stop
      }
    }
    return result
  }

  /// Passes a tag whose element and attributes are on the list.
  private static func check(_ tag: ArraySlice<UInt8>) throws(DrawError) {
    func text(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
    var rest = tag.dropFirst().dropLast()
    if rest.first == UInt8(ascii: "/") {
      let name = text(rest.dropFirst())
      guard allowed[name] != nil else { throw .forbiddenMarkup(name) }
      return
    }
    if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    let element = rest.prefix { !isSpace($0) }
    let name = text(element)
    guard let attributes = allowed[name] else { throw .forbiddenMarkup(name) }
    rest = rest.dropFirst(element.count)
    while let first = rest.firstIndex(where: { !isSpace($0) }) {
      rest = rest[first...]
      guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else {
        throw .forbiddenMarkup(text(rest))
      }
      let attribute = text(rest[..<equals])
      let open = equals + 1
      guard attributes.contains(attribute), open < rest.endIndex,
        rest[open] == UInt8(ascii: "\"") || rest[open] == UInt8(ascii: "'"),
        let close = rest[(open + 1)...].firstIndex(of: rest[open]),
        isHarmless(rest[(open + 1)..<close], of: attribute)
      else { throw .forbiddenMarkup("\(name) \(attribute)") }
      rest = rest[(close + 1)...]
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isHarmless(_ value: ArraySlice<UInt8>, of attribute: String) -> Bool {
    switch attribute {
    case "xmlns": value.elementsEqual("http://www.w3.org/2000/svg".utf8)
    case "xmlns:xlink": value.elementsEqual("http://www.w3.org/1999/xlink".utf8)
    default:
      // Neither an address nor a reference such as url(#x) can be written without these.
      !value.contains(UInt8(ascii: ":"))
        && (attribute == "transform" || !value.contains(UInt8(ascii: "(")))
    }
  }

  /// A text element whose font browsers find.
  private static func withFonts(_ tag: String, fontName: String) -> String {
    let family = "font-family=\"\(fontName)"
    let list = "font-family=\"\(fontName),WenQuanYi Zen Hei,sans-serif\""
    return replacing("\(family) Bold\"", with: "\(list) font-weight=\"bold\"", in: tag)
      ?? replacing("\(family)\"", with: list, in: tag) ?? tag
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
