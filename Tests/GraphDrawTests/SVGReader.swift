import Foundation

/// Reads back what an SVG by Graphviz shows.
struct SVGReader {
  let text: String

  init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  /// The ids of the groups with a class among their names.
  func ids(ofClass name: String) -> [String] {
    text.split(separator: "<g id=\"").dropFirst().compactMap { part in
      let id = part.prefix { $0 != "\"" }
      let rest = part.dropFirst(id.count)
      guard rest.hasPrefix("\" class=\"") else { return nil }
      let classes = rest.dropFirst(9).prefix { $0 != "\"" }.split(separator: " ")
      return classes.contains(Substring(name)) ? String(id) : nil
    }
  }

  /// The lines of text in the group with an id.
  func lines(in id: String) -> [String] {
    guard let start = text.range(of: "<g id=\"\(id)\" ") else { return [] }
    let rest = text[start.upperBound...]
    let group = rest[..<(rest.range(of: "</g>")?.lowerBound ?? rest.endIndex)]
    var lines: [String] = []
    for part in group.split(separator: "<text ").dropFirst() {
      guard let open = part.firstIndex(of: ">"), let close = part.range(of: "</text>") else {
        continue
      }
      lines.append(Self.unescaped(part[part.index(after: open)..<close.lowerBound]))
    }
    return lines
  }

  static func unescaped(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let character = rest.first {
      if character == "&", let end = rest.firstIndex(of: ";") {
        let name = rest[rest.index(after: rest.startIndex)..<end]
        switch name {
        case "amp": result += "&"
        case "lt": result += "<"
        case "gt": result += ">"
        case "quot": result += "\""
        default:
          let value = name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
          let scalar = value.flatMap(Unicode.Scalar.init)
          // Graphviz writes the second of two spaces as a fixed space.
          result += scalar.map { $0.value == 0xA0 ? " " : String(Character($0)) } ?? "?"
        }
        rest = rest[rest.index(after: end)...]
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
