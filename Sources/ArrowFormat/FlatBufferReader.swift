/// A FlatBuffer, the packed tables in which Arrow describes its messages; each step is checked.
///
/// > Source: FlatBuffers, "Internals", flatbuffers.dev: tables, vtables, vectors, strings.
struct FlatBuffer {
  let bytes: [UInt8]
  /// Where the buffer lies in the bytes.
  let range: Range<Int>

  /// The table with which everything begins.
  func root() throws(ArrowError) -> FlatTable { try table(pointedFrom: range.lowerBound) }

  /// The table to which the offset at a place leads.
  func table(pointedFrom place: Int) throws(ArrowError) -> FlatTable {
    let position = try target(from: place)
    let back: Int32 = try number(at: position)
    // Below zero when the offset leads out of the buffer; `number` says so.
    let vtable = position - Int(back)
    let size: UInt16 = try number(at: vtable)
    guard size >= 4, range.contains(vtable), Int(size) <= range.upperBound - vtable else {
      throw .damaged(offset: position, what: "a table without description")
    }
    return FlatTable(buffer: self, position: position, vtable: vtable, vtableSize: Int(size))
  }

  /// The place to which the offset at a place leads.
  func target(from place: Int) throws(ArrowError) -> Int {
    let offset: UInt32 = try number(at: place)
    guard offset > 0, Int(offset) < range.upperBound - place else {
      throw .damaged(offset: place, what: "an offset leads out of the message")
    }
    return place + Int(offset)
  }

  /// A little-endian number.
  func number<T: FixedWidthInteger & BitwiseCopyable>(at place: Int) throws(ArrowError) -> T {
    let size = T.bitWidth / 8
    guard place >= range.lowerBound, place <= range.upperBound, size <= range.upperBound - place
    else { throw .damaged(offset: place, what: "an offset leads out of the message") }
    var value: T = 0
    for step in 0..<size {
      value |= T(truncatingIfNeeded: bytes[place + step]) << T(truncatingIfNeeded: 8 * step)
    }
    return value
  }
}

/// A vector's place: its first element and how many there are, all within the buffer.
struct FlatVector {
  let start: Int
  let count: Int
}

/// A table of a FlatBuffer; fields are told by slot number, and absent ones have their default.
struct FlatTable {
  let buffer: FlatBuffer
  let position: Int
  let vtable: Int
  let vtableSize: Int

  /// Where a field's value lies; nil when it is absent.
  private func place(_ slot: Int) throws(ArrowError) -> Int? {
    let entry = 4 + 2 * slot
    guard entry + 2 <= vtableSize else { return nil }
    let offset: UInt16 = try buffer.number(at: vtable + entry)
    return offset == 0 ? nil : position + Int(offset)
  }

  /// A number, or its default.
  func number<T: FixedWidthInteger & BitwiseCopyable>(
    _ slot: Int,
    default value: T
  ) throws(ArrowError) -> T {
    guard let place = try place(slot) else { return value }
    return try buffer.number(at: place)
  }

  /// A table, or nil when it is absent.
  func table(_ slot: Int) throws(ArrowError) -> FlatTable? {
    guard let place = try place(slot) else { return nil }
    return try buffer.table(pointedFrom: place)
  }

  /// A vector of elements of so many bytes; an absent one is empty.
  func vector(_ slot: Int, stride: Int) throws(ArrowError) -> FlatVector {
    guard let place = try place(slot) else { return FlatVector(start: position, count: 0) }
    let start = try buffer.target(from: place)
    let count: UInt32 = try buffer.number(at: start)
    let (size, overflow) = Int(count).multipliedReportingOverflow(by: stride)
    guard !overflow, size <= buffer.range.upperBound - (start + 4) else {
      throw .damaged(offset: start, what: "a list of \(count) entries leads out of the message")
    }
    return FlatVector(start: start + 4, count: Int(count))
  }

  /// The tables of a vector of tables.
  func table(_ element: Int, of vector: FlatVector) throws(ArrowError) -> FlatTable {
    try buffer.table(pointedFrom: vector.start + 4 * element)
  }

  /// A text, or nil when it is absent; `limit` is its longest length in bytes.
  func text(_ slot: Int, limit: Int) throws(ArrowError) -> String? {
    guard try place(slot) != nil else { return nil }
    let bytes = try vector(slot, stride: 1)
    guard bytes.count <= limit else {
      throw .damaged(offset: bytes.start, what: "a name of \(bytes.count) bytes")
    }
    let slice = buffer.bytes[bytes.start..<bytes.start + bytes.count]
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw .damaged(offset: bytes.start, what: "a name that is not UTF-8")
    }
    return text
  }
}
