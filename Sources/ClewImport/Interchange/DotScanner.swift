/// The tokens of Graphviz' DOT language, read from bytes.
///
/// > Source: Graphviz, "DOT Language", graphviz.org/doc/info/lang.html.
struct DotScanner {
  /// A token and where it begins.
  struct Token {
    enum Kind: Hashable {
      /// An identifier: bare, numeral, quoted or HTML.
      case id(String)
      case open, close, openList, closeList
      case semicolon, comma, equals, colon
      case arrow, line
      /// Something that is no token.
      case fault(String)
      case end
    }
    let kind: Kind
    let start: Int
    let end: Int
    /// Whether a bare word: only such words are keywords.
    var isBare = false
    /// Whether a line end stands before it.
    var startsLine = false
  }

  let bytes: [UInt8]
  private(set) var index: Int

  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    index = start
  }

  /// The next token; comments, lines that begin with `#` and white space are passed over.
  mutating func next() -> Token {
    let before = index
    if let fault = skipBlank() {
      return Token(kind: .fault(fault), start: before, end: index)
    }
    let startsLine = before == 0 || bytes[before..<index].contains(0x0A)
    var token = scan()
    token.startsLine = startsLine
    return token
  }

  private mutating func scan() -> Token {
    let start = index
    guard start < bytes.count else { return Token(kind: .end, start: start, end: start) }
    func single(_ kind: Token.Kind) -> Token {
      index += 1
      return Token(kind: kind, start: start, end: index)
    }
    switch bytes[start] {
    case UInt8(ascii: "{"): return single(.open)
    case UInt8(ascii: "}"): return single(.close)
    case UInt8(ascii: "["): return single(.openList)
    case UInt8(ascii: "]"): return single(.closeList)
    case UInt8(ascii: ";"): return single(.semicolon)
    case UInt8(ascii: ","): return single(.comma)
    case UInt8(ascii: "="): return single(.equals)
    case UInt8(ascii: ":"): return single(.colon)
    case UInt8(ascii: "\""): return quoted()
    case UInt8(ascii: "<"): return html()
    case UInt8(ascii: "-") where byte(start + 1) == UInt8(ascii: ">"):
      index += 2
      return Token(kind: .arrow, start: start, end: index)
    case UInt8(ascii: "-") where byte(start + 1) == UInt8(ascii: "-"):
      index += 2
      return Token(kind: .line, start: start, end: index)
    case let byte where Self.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."):
      return word()
    default:
      index += 1
      return Token(kind: .fault("a character that begins no token"), start: start, end: index)
    }
  }

  private func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  /// Passes over white space and comments; the answer says what is wrong with one of them.
  private mutating func skipBlank() -> String? {
    while index < bytes.count {
      let byte = bytes[index]
      let isLineStart = index == 0 || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        index += 1
      } else if byte == UInt8(ascii: "/"), self.byte(index + 1) == UInt8(ascii: "/") {
        skipLine()
      } else if byte == UInt8(ascii: "#"), isLineStart {
        skipLine()
      } else if byte == UInt8(ascii: "/"), self.byte(index + 1) == UInt8(ascii: "*") {
        var end = index + 2
        while end + 1 < bytes.count,
          bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/")
        {
          end += 1
        }
        guard end + 1 < bytes.count else {
          index = bytes.count
          return "a comment opens and does not close"
        }
        index = end + 2
      } else {
        return nil
      }
    }
    return nil
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
  }

  private mutating func word() -> Token {
    let start = index
    let first = bytes[index]
    let isNumeral =
      first == UInt8(ascii: "-") || first == UInt8(ascii: ".") || (0x30...0x39).contains(first)
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      // `a.b` is no word, `1.5` is one; a numeral may be followed by letters in careless files.
      guard Self.isWord(byte) || (isNumeral && byte == UInt8(ascii: ".")) else { break }
      index += 1
    }
    guard let text = String(validating: bytes[start..<index], as: UTF8.self) else {
      return Token(kind: .fault("a name that is not UTF-8"), start: start, end: index)
    }
    return Token(kind: .id(text), start: start, end: index, isBare: true)
  }

  /// A quoted text; pieces joined by `+` are one.
  private mutating func quoted() -> Token {
    let start = index
    var text: [UInt8] = []
    while true {
      index += 1
      var isClosed = false
      while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") {
          isClosed = true
          index += 1
          break
        }
        if byte == UInt8(ascii: "\\"), self.byte(index + 1) == UInt8(ascii: "\"") {
          text.append(UInt8(ascii: "\""))
          index += 2
        } else if byte == UInt8(ascii: "\\"), self.byte(index + 1) == 0x0A {
          index += 2
        } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
          // Other escapes concern labels and stay.
          text += [byte, bytes[index + 1]]
          index += 2
        } else {
          text.append(byte)
          index += 1
        }
      }
      guard isClosed else {
        return Token(kind: .fault("a quote opens and does not close"), start: start, end: index)
      }
      let resume = index
      _ = skipBlank()
      guard byte(index) == UInt8(ascii: "+") else {
        index = resume
        break
      }
      index += 1
      _ = skipBlank()
      guard byte(index) == UInt8(ascii: "\"") else {
        return Token(kind: .fault("nothing to join after +"), start: start, end: index)
      }
    }
    guard let read = String(validating: text, as: UTF8.self) else {
      return Token(kind: .fault("a quoted text that is not UTF-8"), start: start, end: index)
    }
    return Token(kind: .id(read), start: start, end: index)
  }

  /// An HTML text: everything between balanced angle brackets, its tags left out.
  private mutating func html() -> Token {
    let start = index
    var depth = 0
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "<") {
        depth += 1
      } else if byte == UInt8(ascii: ">") {
        depth -= 1
        if depth == 0 {
          guard let read = String(validating: text, as: UTF8.self) else { break }
          return Token(kind: .id(read), start: start, end: index)
        }
      } else if depth == 1 {
        text.append(byte)
      }
    }
    return Token(kind: .fault("an HTML text that does not close"), start: start, end: index)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), 0x80...0xFF: true
    default: false
    }
  }
}
