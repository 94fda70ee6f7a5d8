/// A JSON value as the file states it.
///
/// Numbers stay text: an id of twenty digits, `1e400` or `0.10` is never rounded. The order of
/// members is kept, and their keys differ (``JSONParser`` refuses an object that repeats one).
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// The number exactly as written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The text of a string.
  var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The elements of a list.
  var array: [JSONValue]? { if case .array(let list) = self { list } else { nil } }

  /// The members of an object.
  var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// Whether the value is `null`.
  var isNull: Bool { self == .null }

  /// The truth value, if it is one.
  var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

  /// An identifier: a string, or a whole number in its own digits.
  ///
  /// Exporters write the same id as text or as a number. A number with a fraction or an exponent is
  /// no identifier, since its digits may be lost already.
  var identifier: String? {
    switch self {
    case .string(let text): return text
    case .number(let text):
      let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
      return digits.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    default: return nil
    }
  }

  /// A whole number, written as one or as decimal text; `nil` when it has a fraction or exponent or
  /// exceeds 64 bits.
  var integer: Int64? { identifier.flatMap { Int64($0) } }
}

/// The members of a JSON object in the order of the file.
struct JSONObject: Sendable, Equatable {
  /// One member.
  struct Member: Sendable, Equatable {
    let key: String
    let value: JSONValue
  }

  /// All members.
  let members: [Member]

  /// The value under a key, compared by bytes; `nil` when the object has no such key.
  subscript(_ key: String) -> JSONValue? {
    members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The text under a key; empty when it is absent or no string.
  func text(_ key: String) -> String { self[key]?.string ?? "" }
}
