internal import Foundation

/// One logical line of a card: `group.NAME;parameters:value`, unfolded but not decoded.
struct VCardProperty {
  /// The name in upper case, without its group.
  let name: String
  /// The parameters in upper case; a bare type of version 2.1 has an empty name.
  let parameters: [(name: String, value: String)]
  /// The value as the file holds it.
  let value: [UInt8]

  /// Reads the part before the colon and keeps the rest.
  init?(_ line: [UInt8]) {
    guard let colon = Self.colon(in: line) else { return nil }
    let parts = Self.split(line[..<colon], at: UInt8(ascii: ";"))
    guard let first = parts.first, let text = String(validating: first, as: UTF8.self),
      let name = text.utf8.split(separator: UInt8(ascii: ".")).last.flatMap({ String($0) }),
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    self.name = name.uppercased()
    parameters = parts.dropFirst().compactMap { part in
      guard let text = String(validating: part, as: UTF8.self) else { return nil }
      let upper = text.uppercased()
      guard let equals = upper.utf8.firstIndex(of: UInt8(ascii: "=")) else { return ("", upper) }
      let value = upper[upper.utf8.index(after: equals)...].filter { $0 != "\"" }
      return (String(upper[..<equals]), value)
    }
    value = Array(line[(colon + 1)...])
  }

  /// Whether the value is quoted-printable, so that a `=` at a line's end continues it.
  var isQuotedPrintable: Bool { hasEncoding(["QUOTED-PRINTABLE", "Q"]) }

  /// Whether the value is base64: a photo, a sound or a key, which is passed over.
  var isBase64: Bool {
    hasEncoding(["BASE64", "B"]) || value.starts(with: "data:".utf8)
  }

  /// Whether the property says that its bytes are not UTF-8.
  var declaresOtherCharset: Bool {
    !isQuotedPrintable && parameter("CHARSET").contains { $0 != "UTF-8" && $0 != "UTF8" }
  }

  /// The values of a parameter, those of bare types included when `name` is `TYPE`.
  func parameter(_ name: String) -> [String] {
    parameters.filter { $0.name == name || ($0.name.isEmpty && name == "TYPE") }
      .flatMap { $0.value.split(separator: ",").map(String.init) }
  }

  /// The value as text, or `nil` when its bytes are of no known encoding.
  ///
  /// Without a `CHARSET`, bytes that are not UTF-8 are tried as GB18030, which Chinese phones write.
  func text() -> String? {
    let bytes = isQuotedPrintable ? Self.decodedQuotedPrintable(value) : value
    switch parameter("CHARSET").first {
    case "GBK", "GB2312", "GB18030", "CP936", "HZ-GB-2312": return Self.gb18030(bytes)
    case "ISO-8859-1", "LATIN1", "US-ASCII":
      return String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .isoLatin1)
    default: return String(validating: bytes, as: UTF8.self) ?? Self.gb18030(bytes)
    }
  }

  /// The text with the escapes of versions 3 and 4 resolved.
  func unescapedText() -> String? { text().map { Self.unescaped($0[...]) } }

  /// The parts of a structured value such as `N`, split at semicolons that are not escaped.
  func components() -> [String]? {
    guard let text = text() else { return nil }
    var parts: [String] = []
    var start = text.startIndex
    var index = start
    let view = text.utf8
    while index < view.endIndex {
      if view[index] == UInt8(ascii: "\\") {
        index = view.index(index, offsetBy: 2, limitedBy: view.endIndex) ?? view.endIndex
        continue
      }
      if view[index] == UInt8(ascii: ";") {
        parts.append(Self.unescaped(text[start..<index]))
        start = view.index(after: index)
      }
      index = view.index(after: index)
    }
    parts.append(Self.unescaped(text[start...]))
    return parts
  }

  private func hasEncoding(_ names: Set<String>) -> Bool {
    parameters.contains { parameter in
      (parameter.name == "ENCODING" || parameter.name.isEmpty) && names.contains(parameter.value)
        && !(parameter.name.isEmpty && parameter.value.utf8.count == 1)
    }
  }

  private static func unescaped(_ text: Substring) -> String {
    var out: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        switch byte {
        case UInt8(ascii: "n"), UInt8(ascii: "N"): out.append(0x0A)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\\"), UInt8(ascii: ":"):
          out.append(byte)
        default: out += [UInt8(ascii: "\\"), byte]
        }
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        out.append(byte)
      }
    }
    if isEscaped { out.append(UInt8(ascii: "\\")) }
    return String(validating: out, as: UTF8.self) ?? String(text)
  }

  private static func gb18030(_ bytes: [UInt8]) -> String? {
    String(bytes: bytes, encoding: String.Encoding(rawValue: 0x8000_0632))
  }

  /// `=HH` becomes a byte; anything else behind `=` stays as it is.
  private static func decodedQuotedPrintable(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "="), index + 2 < bytes.count,
        let high = Hexadecimal.digit(bytes[index + 1]),
        let low = Hexadecimal.digit(bytes[index + 2])
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }

  /// The first colon outside quotation marks.
  private static func colon(in line: [UInt8]) -> Int? {
    var isQuoted = false
    for (index, byte) in line.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ":"), !isQuoted { return index }
    }
    return line.firstIndex(of: UInt8(ascii: ":"))
  }

  private static func split(_ bytes: ArraySlice<UInt8>, at mark: UInt8) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var isQuoted = false
    var start = bytes.startIndex
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if bytes[index] == mark, !isQuoted {
        parts.append(bytes[start..<index])
        start = index + 1
      }
    }
    return parts + [bytes[start...]]
  }
}
