/// Why bytes are no JSON value; the message never holds content.
struct JSONFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  let reason: String
  /// The byte of the value, from 0, at which it shows.
  let index: Int

  /// One line.
  var description: String { "\(reason) (byte \(index) of the value)" }
}

/// Parses one JSON value strictly (RFC 8259), without recursion.
///
/// Refused are comments, `NaN`, control characters and lone surrogates in strings, bytes that are no
/// UTF-8, more than ``depthLimit`` levels, more than ``valueLimit`` values, and an object that holds
/// a key twice: which of the two counts would be a guess.
struct JSONParser {
  /// How deep lists and objects may nest.
  static let depthLimit = 64
  /// How many values one unit may hold.
  static let valueLimit = 1 << 20

  private let bytes: [UInt8]
  private var index = 0
  private var count = 0

  private enum Frame {
    case array([JSONValue])
    case object([JSONObject.Member], key: String)
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Parses bytes that hold one value and nothing else.
  static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var parser = JSONParser(bytes)
    return try parser.document()
  }

  /// Parses a quoted string, such as a key.
  static func string(_ bytes: [UInt8]) throws(JSONFault) -> String {
    var parser = JSONParser(bytes)
    let text = try parser.string()
    guard parser.index == bytes.count else { throw parser.fault("text follows the string") }
    return text
  }

  private mutating func document() throws(JSONFault) -> JSONValue {
    var stack: [Frame] = []
    while true {
      guard let first = try begin(&stack) else { continue }
      var done = first
      attach: while true {
        guard let top = stack.popLast() else {
          guard nextByte() == nil else { throw fault("text follows the value") }
          return done
        }
        let mark = nextByte()
        index += 1
        switch (top, mark) {
        case (.array(var list), UInt8(ascii: ",")):
          list.append(done)
          stack.append(.array(list))
          break attach
        case (.array(var list), UInt8(ascii: "]")):
          list.append(done)
          done = .array(list)
        case (.object(var members, let key), UInt8(ascii: ",")):
          members.append(.init(key: key, value: done))
          stack.append(.object(members, key: try takeKey()))
          break attach
        case (.object(var members, let key), UInt8(ascii: "}")):
          members.append(.init(key: key, value: done))
          done = .object(try object(members))
        case (.array, _): throw fault("a list lacks , or ]")
        case (.object, _): throw fault("an object lacks , or }")
        }
      }
    }
  }

  /// Takes a whole value, or opens a list or object that is not empty.
  private mutating func begin(_ stack: inout [Frame]) throws(JSONFault) -> JSONValue? {
    count += 1
    guard count <= Self.valueLimit else { throw fault("more than \(Self.valueLimit) values") }
    guard let byte = nextByte() else { throw fault("a value is missing") }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard stack.count < Self.depthLimit else {
        throw fault("nested deeper than \(Self.depthLimit) levels")
      }
      index += 1
      let isObject = byte == UInt8(ascii: "{")
      if nextByte() == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        index += 1
        return isObject ? .object(JSONObject(members: [])) : .array([])
      }
      stack.append(isObject ? .object([], key: try takeKey()) : .array([]))
      return nil
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), 0x30...0x39: return .number(try number())
    case UInt8(ascii: "/"): throw fault("a comment is no JSON")
    default: throw fault("no JSON value begins here")
    }
  }

  private mutating func takeKey() throws(JSONFault) -> String {
    guard nextByte() == UInt8(ascii: "\"") else { throw fault("a key in quotes is missing") }
    let key = try string()
    guard nextByte() == UInt8(ascii: ":") else { throw fault("a : behind a key is missing") }
    index += 1
    return key
  }

  private func object(_ members: [JSONObject.Member]) throws(JSONFault) -> JSONObject {
    if members.count <= 12 {
      for (place, member) in members.enumerated() {
        for other in members[..<place] where other.key.utf8.elementsEqual(member.key.utf8) {
          throw fault("an object holds a key twice")
        }
      }
    } else {
      var keys: Set<[UInt8]> = []
      for member in members where !keys.insert(Array(member.key.utf8)).inserted {
        throw fault("an object holds a key twice")
      }
    }
    return JSONObject(members: members)
  }

  private mutating func literal(
    _ word: String,
    _ value: JSONValue
  ) throws(JSONFault) -> JSONValue {
    let end = index + word.utf8.count
    guard end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8) else {
      throw fault("a word that is neither true, false nor null")
    }
    index = end
    return value
  }

  /// Takes a number as it is written: no leading zero or `+`, a digit on both sides of the point.
  private mutating func number() throws(JSONFault) -> String {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let isZero = index < bytes.count && bytes[index] == UInt8(ascii: "0")
    let whole = skipDigits()
    guard whole > 0, !isZero || whole == 1 else { throw fault("a number with wrong digits") }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() > 0 else { throw fault("a number without digits behind its point") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index]) {
        index += 1
      }
      guard skipDigits() > 0 else { throw fault("a number without digits in its exponent") }
    }
    return String(validating: bytes[start..<index], as: UTF8.self) ?? ""
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    return index - start
  }

  /// Takes a string; the present byte is its opening quote.
  private mutating func string() throws(JSONFault) -> String {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
      throw fault("a string without its opening quote")
    }
    let start = index + 1
    index = start
    var unescaped: [UInt8]?
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let text =
          unescaped.map { String(validating: $0, as: UTF8.self) }
          ?? String(validating: bytes[start..<index], as: UTF8.self)
        guard let text else { throw fault("a string holds bytes that are not UTF-8") }
        index += 1
        return text
      }
      guard byte >= 0x20 else { throw fault("a control character stands bare in a string") }
      if byte == UInt8(ascii: "\\") {
        var text = unescaped ?? Array(bytes[start..<index])
        index += 1
        try JSONEscape.take(bytes, &index, into: &text)
        unescaped = text
      } else {
        unescaped?.append(byte)
        index += 1
      }
    }
    throw fault("a string does not end")
  }

  /// The next byte that is no white space; it is not taken.
  private mutating func nextByte() -> UInt8? {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return bytes[index]
      }
    }
    return nil
  }

  private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, index: index) }
}

/// The escapes of JSON strings.
enum JSONEscape {
  /// Takes what follows a backslash at `index` and appends it in UTF-8.
  static func take(
    _ bytes: [UInt8],
    _ index: inout Int,
    into text: inout [UInt8]
  ) throws(JSONFault) {
    guard index < bytes.count else {
      throw JSONFault(reason: "a string does not end", index: index)
    }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try codeUnit(bytes, &index)
      if (0xD800...0xDBFF).contains(scalar), index + 1 < bytes.count,
        bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
      {
        index += 2
        let low = try codeUnit(bytes, &index)
        guard (0xDC00...0xDFFF).contains(low) else {
          throw JSONFault(reason: "half a character (\\u) stands alone", index: index)
        }
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let character = Unicode.Scalar(scalar) else {
        throw JSONFault(reason: "half a character (\\u) stands alone", index: index)
      }
      text.append(contentsOf: UTF8.encode(character) ?? .init())
    default: throw JSONFault(reason: "an escape that JSON does not know", index: index)
    }
  }

  private static func codeUnit(_ bytes: [UInt8], _ index: inout Int) throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = Hexadecimal.digit(bytes[index]) else {
        throw JSONFault(reason: "\\u without four hexadecimal digits", index: index)
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
