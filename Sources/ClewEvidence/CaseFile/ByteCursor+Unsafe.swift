/// A place in memory where an entry or an identity is written.
///
/// Whoever makes one says that there is room for all that will be written (``EntryDesk``).
@unsafe struct ByteCursor {
  private(set) var place: UnsafeMutableRawPointer

  init(_ start: UnsafeMutableRawPointer) { unsafe place = unsafe start }

  @inline(__always)
  mutating func put(byte: UInt8) {
    unsafe place.storeBytes(of: byte, as: UInt8.self)
    unsafe place += 1
  }

  @inline(__always)
  mutating func put(word: UInt64) {
    unsafe place.storeBytes(of: word.littleEndian, as: UInt64.self)
    unsafe place += 8
  }

  @inline(__always)
  mutating func put(bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    unsafe place.copyMemory(from: base, byteCount: bytes.count)
    unsafe place += bytes.count
  }

  /// Writes a number as pages do (``PageEncoder``).
  @inline(__always)
  mutating func put(number: Int64) {
    unsafe put(varint: UInt64(bitPattern: number << 1) ^ UInt64(bitPattern: number >> 63))
  }

  @inline(__always)
  mutating func put(varint: UInt64) {
    var rest = varint
    while rest >= 0x80 {
      unsafe put(byte: UInt8(truncatingIfNeeded: rest) | 0x80)
      rest &>>= 7
    }
    unsafe put(byte: UInt8(truncatingIfNeeded: rest))
  }

  /// Writes a text as pages do.
  @inline(__always)
  mutating func put(text: UnsafeRawBufferPointer) {
    unsafe put(varint: UInt64(text.count))
    unsafe put(bytes: text)
  }

  mutating func put(text: String) {
    var text = text
    text.withUTF8 { unsafe put(text: UnsafeRawBufferPointer($0)) }
  }

  mutating func put(text: StaticString) { unsafe put(text: Self.bytes(of: text)) }

  private static func bytes(of text: StaticString) -> UnsafeRawBufferPointer {
    precondition(text.hasPointerRepresentation, "one character is no text here")
    return unsafe UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Writes a text as ``FieldDigest`` does.
  @inline(__always)
  mutating func put(field: UnsafeRawBufferPointer) {
    var length = UInt64(field.count)
    while length >= 0x7F {
      unsafe put(byte: UInt8(truncatingIfNeeded: length & 0x7F) | 0x80)
      length &>>= 7
    }
    unsafe put(byte: UInt8(truncatingIfNeeded: length))
    unsafe put(bytes: field)
  }

  mutating func put(field: String) {
    var field = field
    field.withUTF8 { unsafe put(field: UnsafeRawBufferPointer($0)) }
  }

  mutating func put(field: StaticString) { unsafe put(field: Self.bytes(of: field)) }

  mutating func put(field: Int64?) {
    guard let field else { return unsafe put(byte: 0xFF) }
    unsafe put(byte: 8)
    unsafe put(word: UInt64(bitPattern: field))
  }
}
