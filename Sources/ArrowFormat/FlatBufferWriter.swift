/// Writes a FlatBuffer from front to back: a parent first, with room for the offsets of its children.
struct FlatBufferWriter {
  /// A field of a table.
  enum Field {
    case absent
    case byte(UInt8)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    /// Room for an offset, which ``FlatBufferWriter/point(_:to:)`` fills.
    case offset

    var size: Int {
      switch self {
      case .absent: 0
      case .byte: 1
      case .short: 2
      case .int, .offset: 4
      case .long: 8
      }
    }
  }

  /// The buffer; it begins with the room for the root's offset.
  private(set) var bytes: [UInt8] = [0, 0, 0, 0]

  /// Writes a table and tells where it lies and where each of its fields does.
  mutating func table(_ fields: [Field]) -> (position: Int, slots: [Int]) {
    align(to: 2)
    let vtable = bytes.count
    // The table begins at a multiple of 8 after its description; its fields follow, each aligned.
    let position = (vtable + 4 + 2 * fields.count + 7) / 8 * 8
    var end = position + 4
    var slots: [Int] = []
    for field in fields {
      if field.size > 0 { end = (end + field.size - 1) / field.size * field.size }
      slots.append(end)
      end += field.size
    }
    append(UInt16(truncatingIfNeeded: 4 + 2 * fields.count))
    append(UInt16(truncatingIfNeeded: end - position))
    for (field, slot) in zip(fields, slots) {
      append(UInt16(truncatingIfNeeded: field.size == 0 ? 0 : slot - position))
    }
    bytes += [UInt8](repeating: 0, count: end - bytes.count)
    put(Int32(truncatingIfNeeded: position - vtable), at: position)
    for (field, slot) in zip(fields, slots) {
      switch field {
      case .absent, .offset: break
      case .byte(let value): put(value, at: slot)
      case .short(let value): put(value, at: slot)
      case .int(let value): put(value, at: slot)
      case .long(let value): put(value, at: slot)
      }
    }
    return (position, slots)
  }

  /// Makes the root offset lead to a table.
  mutating func root(_ position: Int) { point(0, to: position) }

  /// Makes the offset at a place lead to a later one.
  mutating func point(_ place: Int, to target: Int) {
    precondition(target > place, "offsets lead forward")
    put(UInt32(truncatingIfNeeded: target - place), at: place)
  }

  /// Writes a vector with room for so many offsets.
  mutating func offsets(_ count: Int) -> (position: Int, slots: [Int]) {
    align(to: 4)
    let position = bytes.count
    append(UInt32(truncatingIfNeeded: count))
    let slots = (0..<count).map { position + 4 + 4 * $0 }
    bytes += [UInt8](repeating: 0, count: 4 * count)
    return (position, slots)
  }

  /// Writes a vector of structs of two 64-bit numbers.
  mutating func pairs(_ pairs: [(Int64, Int64)]) -> Int {
    while bytes.count % 8 != 4 { bytes.append(0) }
    let position = bytes.count
    append(UInt32(truncatingIfNeeded: pairs.count))
    for pair in pairs {
      append(pair.0)
      append(pair.1)
    }
    return position
  }

  /// Writes a text.
  mutating func text(_ text: String) -> Int {
    align(to: 4)
    let position = bytes.count
    append(UInt32(truncatingIfNeeded: text.utf8.count))
    bytes += Array(text.utf8)
    bytes.append(0)
    return position
  }

  /// Adds zeros up to a multiple.
  mutating func align(to multiple: Int) {
    while bytes.count % multiple != 0 { bytes.append(0) }
  }

  private mutating func append<T: FixedWidthInteger>(_ value: T) {
    for step in 0..<T.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * step))) }
  }

  private mutating func put<T: FixedWidthInteger>(_ value: T, at place: Int) {
    for step in 0..<T.bitWidth / 8 {
      bytes[place + step] = UInt8(truncatingIfNeeded: value >> (8 * step))
    }
  }
}
