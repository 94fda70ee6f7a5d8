/// What the reader of an XML file meets, in the order of the file.
enum XMLEvent: Sendable {
  /// An element begins; an empty one (`<a/>`) ends with the next event.
  case start(XMLStart)
  /// Text between two tags, CDATA and references resolved; a long text comes in several pieces.
  case text(String)
  /// The innermost open element ends.
  case end(XMLEnd)
}

/// The beginning of an element.
struct XMLStart: Sendable {
  /// The name without its namespace prefix.
  let name: String
  /// The attributes in the order of the file, their names with prefix.
  let attributes: [XMLAttribute]
  /// How many elements are open, this one included: the root is 1.
  let depth: Int
  /// Where the tag begins in the text as UTF-8, the byte order mark not counted.
  let offset: Int64
  /// Where the tag ends, in the same count.
  let end: Int64
  /// The line of the tag, from 1.
  let line: Int64

  /// The value of an attribute, or `nil`.
  func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }
}

/// The end of an element.
struct XMLEnd: Sendable {
  /// The name without its namespace prefix.
  let name: String
  /// How many elements were open, this one included.
  let depth: Int
  /// Where the element ends: one past its last byte, in the count of ``XMLStart/offset``.
  let offset: Int64
}

/// One attribute of an element.
struct XMLAttribute: Sendable, Hashable {
  let name: String
  let value: String
}

/// The limits that protect the machine from an XML file.
enum XMLLimit {
  /// How deep elements may nest.
  static let depth = 64
  /// Bytes of one tag with its attributes.
  static let token = 16 << 20
  /// Attributes of one element.
  static let attributes = 4096
  /// Bytes of one unit (see ``XMLUnits``); a longer one is rejected and reading goes on.
  static let unit = 16 << 20
  /// Bytes that are kept of a rejected unit.
  static let kept = 1 << 20
  /// Bytes after which a long text is handed on in pieces.
  static let piece = 1 << 20
}

/// The place where a file stops being XML: it breaks off, or a tag is wrong.
///
/// What stands before the place has been handed out already.
struct XMLFault: Error {
  /// In one line, without content.
  let reason: String
  /// The line, from 1.
  let line: Int64
  /// The place in the count of ``XMLStart/offset``.
  let offset: Int64
}
