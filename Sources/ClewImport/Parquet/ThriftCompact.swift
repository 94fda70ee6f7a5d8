/// A value in Thrift's compact protocol, as far as Parquet's footer and page headers use it.
enum ThriftValue: Sendable {
  case bool(Bool)
  case int(Int64)
  case binary([UInt8])
  case list([ThriftValue])
  case record([Int16: ThriftValue])
  /// A value of a type that nothing here asks for.
  case other

  var int: Int64? { if case .int(let value) = self { value } else { nil } }
  var list: [ThriftValue]? { if case .list(let values) = self { values } else { nil } }
  var text: String? {
    if case .binary(let bytes) = self { String(validating: bytes, as: UTF8.self) } else { nil }
  }

  /// A field of a record.
  subscript(_ field: Int16) -> ThriftValue? {
    if case .record(let fields) = self { fields[field] } else { nil }
  }
}

/// Why bytes are no Parquet file that is read here, in one line without content.
struct ParquetFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Reads Thrift's compact protocol from bytes whose end is checked at every step.
///
/// > Source: Apache Thrift, "Thrift Compact protocol encoding", thrift-compact-protocol.md.
struct ThriftCompact {
  private let bytes: [UInt8]
  private(set) var index: Int
  private let end: Int
  private var values = 0

  /// Parquet's own structures nest half as deep; so the depth of calls does not follow the input.
  private static let depthLimit = 16
  private static let valueLimit = 4 << 20

  init(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    index = start
    self.end = min(end ?? bytes.count, bytes.count)
  }

  private static var cut: ParquetFault { ParquetFault("a header breaks off") }

  private mutating func byte() throws(ParquetFault) -> UInt8 {
    guard index < end else { throw Self.cut }
    index += 1
    return bytes[index - 1]
  }

  /// An unsigned number in groups of seven bits.
  mutating func varint() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw ParquetFault("a number in a header exceeds 64 bits")
  }

  private mutating func zigzag() throws(ParquetFault) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// Reads a record.
  mutating func record() throws(ParquetFault) -> ThriftValue { try record(depth: 0) }

  private mutating func record(depth: Int) throws(ParquetFault) -> ThriftValue {
    guard depth < Self.depthLimit else {
      throw ParquetFault("a header nests deeper than \(Self.depthLimit)")
    }
    var fields: [Int16: ThriftValue] = [:]
    var last: Int16 = 0
    while true {
      let head = try byte()
      let type = head & 0x0F
      if type == 0 { return .record(fields) }
      let delta = Int16(head >> 4)
      if delta == 0 {
        guard let stated = Int16(exactly: try zigzag()) else {
          throw ParquetFault("a field of a header has no number")
        }
        last = stated
      } else {
        let (next, isOver) = last.addingReportingOverflow(delta)
        guard !isOver else { throw ParquetFault("a field of a header has no number") }
        last = next
      }
      fields[last] = try value(type, depth: depth, isElement: false)
    }
  }

  private mutating func value(
    _ type: UInt8,
    depth: Int,
    isElement: Bool
  ) throws(ParquetFault) -> ThriftValue {
    values += 1
    guard values <= Self.valueLimit else {
      throw ParquetFault("a header of more than \(Self.valueLimit) values")
    }
    switch type {
    case 1, 2: return .bool(isElement ? try byte() == 1 : type == 1)
    case 3: return .int(Int64(Int8(bitPattern: try byte())))
    case 4, 5, 6: return .int(try zigzag())
    case 7:
      guard end - index >= 8 else { throw Self.cut }
      index += 8
      return .other
    case 8:
      guard let length = Int(exactly: try varint()), length <= end - index else { throw Self.cut }
      index += length
      return .binary(Array(bytes[(index - length)..<index]))
    case 9, 10: return .list(try list(depth: depth))
    case 11: return try map(depth: depth)
    case 12: return try record(depth: depth + 1)
    default: throw ParquetFault("a header holds a type that Thrift does not have")
    }
  }

  private mutating func list(depth: Int) throws(ParquetFault) -> [ThriftValue] {
    guard depth < Self.depthLimit else {
      throw ParquetFault("a header nests deeper than \(Self.depthLimit)")
    }
    let head = try byte()
    var count = UInt64(head >> 4)
    if count == 15 { count = try varint() }
    // Every element takes a byte at least.
    guard count <= UInt64(end - index) else { throw Self.cut }
    var list: [ThriftValue] = []
    for _ in 0..<count {
      list.append(try value(head & 0x0F, depth: depth + 1, isElement: true))
    }
    return list
  }

  private mutating func map(depth: Int) throws(ParquetFault) -> ThriftValue {
    let count = try varint()
    guard count > 0 else { return .other }
    guard depth < Self.depthLimit, count <= UInt64(end - index) else { throw Self.cut }
    let types = try byte()
    for _ in 0..<count {
      _ = try value(types >> 4, depth: depth + 1, isElement: true)
      _ = try value(types & 0x0F, depth: depth + 1, isElement: true)
    }
    return .other
  }
}
