/// What stands around the values of cells.
package enum TabularCell {
  /// The text without white space, marks of direction and byte order at its ends, without `="…"`.
  package static func trim(_ text: String) -> String {
    if let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last) {
      return text
    }
    var view = text.unicodeScalars[...]
    while let first = view.first, isPadding(first) { view.removeFirst() }
    while let last = view.last, isPadding(last) { view.removeLast() }
    if view.first == "=", view.count >= 3 {
      let inner = view.dropFirst()
      if let open = inner.first, let close = inner.last, isQuote(open), isQuote(close) {
        return trim(String(inner.dropFirst().dropLast()))
      }
    }
    return String(view)
  }

  /// The trimmed text; `""`, `/`, `-`, `null`, `nan` and `[]` are empty, one pair of `[ ]` is cut.
  package static func clean(_ text: String) -> String {
    var value = trim(text)
    if value.utf8.count > 4, value.utf8.first != UInt8(ascii: "[") { return value }
    if value.utf8.first == UInt8(ascii: "["), value.utf8.last == UInt8(ascii: "]") {
      value = trim(String(value.dropFirst().dropLast()))
    }
    switch value {
    case "\"\"", "/", "-", "--", "null", "NULL", "Null", "nan", "NaN", "NAN", "\\N": return ""
    default: return value
    }
  }

  /// A header name for comparison: full-width brackets in ASCII, no spaces, ASCII in lower case.
  package static func headerName(_ text: String) -> String {
    var name = ""
    for scalar in trim(text).unicodeScalars where !scalar.properties.isWhitespace {
      switch scalar {
      case "\u{FF08}": name += "("
      case "\u{FF09}": name += ")"
      case "\u{FF0F}": name += "/"
      case "\u{FF1A}": name += ":"
      default:
        if ("A"..."Z").contains(scalar), let lower = Unicode.Scalar(scalar.value + 0x20) {
          name.unicodeScalars.append(lower)
        } else {
          name.unicodeScalars.append(scalar)
        }
      }
    }
    return name
  }

  /// Whether the text holds the word, byte by byte.
  package static func holds(_ text: String, _ word: String) -> Bool {
    let word = word.utf8
    guard let first = word.first else { return true }
    var rest = text.utf8[...]
    while rest.count >= word.count {
      if rest.first == first, rest.starts(with: word) { return true }
      rest.removeFirst()
    }
    return false
  }

  /// Whether a byte at the end of a text can neither be padding nor part of it.
  package static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=")
  }

  private static func isPadding(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0xA0, 0x3000, 0xFEFF, 0x200B, 0x200E, 0x200F, 0x202A...0x202E: true
    default: false
    }
  }

  private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "\u{201C}" || scalar == "\u{201D}"
  }
}
