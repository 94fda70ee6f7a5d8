/// Reads the protobuf wire format field by field, without a schema.
///
/// Chat apps keep members, senders and file paths in such messages. Nothing is copied: values are
/// slices of the input. Unknown fields are handed on like known ones, so that the caller can pass
/// over them. A message inside a message is read by another reader over its bytes; the caller
/// decides how deep.
///
/// ```swift
/// var reader = ProtobufReader(bytes)
/// while let field = try reader.next() {
///   if field.number == 1, let name = field.text { names.append(name) }
/// }
/// ```
///
/// > Source: Protocol Buffers documentation, "Encoding".
struct ProtobufReader {
  /// What a field carries, by its wire type.
  enum Value: Equatable {
    /// A number of one to ten bytes, not yet decided between signed and unsigned.
    case varint(UInt64)
    /// Eight bytes, little-endian.
    case fixed64(UInt64)
    /// Text, bytes or a message.
    case bytes(ArraySlice<UInt8>)
    /// Four bytes, little-endian.
    case fixed32(UInt32)
  }

  /// One field.
  struct Field: Equatable {
    /// The number by which the schema knows the field, from 1 to 536 870 911.
    let number: Int
    let value: Value

    /// The bytes of a length-delimited field, else `nil`.
    var bytes: ArraySlice<UInt8>? { if case .bytes(let bytes) = value { bytes } else { nil } }

    /// The number of a varint field, else `nil`.
    ///
    /// Not inlined: with it, the optimiser of Swift 6.3.1 breaks off in a release build.
    @inline(never) var varint: UInt64? {
      if case .varint(let number) = value { number } else { nil }
    }

    /// The bytes of a length-delimited field as strict UTF-8, else `nil`.
    var text: String? { bytes.flatMap { String(validating: $0, as: UTF8.self) } }
  }

  /// The bytes are no protobuf message, or are cut off.
  struct Malformed: Error, Equatable {}

  private var rest: ArraySlice<UInt8>

  /// Makes a reader over a message.
  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Makes a reader over a message.
  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next field; `nil` at the end of the message.
  ///
  /// - Throws: ``Malformed`` when a tag is none, a length reaches beyond the end, a number is longer
  ///   than 64 bits, or the field is one of the old groups. Nothing can be read after that.
  mutating func next() throws(Malformed) -> Field? {
    guard !rest.isEmpty else { return nil }
    let tag = try varint()
    guard let number = Int(exactly: tag >> 3), (1...0x1FFF_FFFF).contains(number) else {
      throw Malformed()
    }
    switch tag & 7 {
    case 0: return Field(number: number, value: .varint(try varint()))
    case 1: return Field(number: number, value: .fixed64(try fixed(8)))
    case 2:
      guard let count = Int(exactly: try varint()) else { throw Malformed() }
      return Field(number: number, value: .bytes(try take(count)))
    case 5: return Field(number: number, value: .fixed32(UInt32(try fixed(4))))
    default: throw Malformed()
    }
  }

  /// All fields of a message; `nil` when the bytes are none.
  static func fields(of bytes: ArraySlice<UInt8>) -> [Field]? {
    var reader = ProtobufReader(bytes)
    var fields: [Field] = []
    do {
      while let field = try reader.next() { fields.append(field) }
    } catch {
      return nil
    }
    return fields
  }

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Malformed() }
    let taken = rest.prefix(count)
    rest.removeFirst(count)
    return taken
  }

  private mutating func fixed(_ count: Int) throws(Malformed) -> UInt64 {
    try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = rest.popFirst() {
      // The tenth byte holds the last of 64 bits.
      guard shift < 63 || (shift == 63 && byte <= 1) else { throw Malformed() }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    throw Malformed()
  }
}
