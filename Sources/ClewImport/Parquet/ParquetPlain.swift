internal import ClewEvidence

/// Values written one after the other, as text by the meaning of their column.
struct ParquetPlain {
  private let bytes: [UInt8]
  private var index: Int
  private let column: ParquetFooter.Column
  private var bit = 0

  init(_ bytes: [UInt8], from start: Int, column: ParquetFooter.Column) {
    self.bytes = bytes
    index = start
    self.column = column
  }

  /// The next values.
  mutating func take(_ count: Int) throws(ParquetFault) -> [ParquetCell] {
    // No value takes less than a bit.
    guard count <= (bytes.count - index) * 8 else { throw ParquetFault("a page breaks off") }
    var cells: [ParquetCell] = []
    cells.reserveCapacity(count)
    for _ in 0..<count { cells.append(try next()) }
    return cells
  }

  private mutating func number(_ length: Int) throws(ParquetFault) -> UInt64 {
    guard length <= bytes.count - index else { throw ParquetFault("a page breaks off") }
    let value = (0..<length).reduce(UInt64(0)) { $0 | UInt64(bytes[index + $1]) << (8 * $1) }
    index += length
    return value
  }

  private mutating func next() throws(ParquetFault) -> ParquetCell {
    switch column.physical {
    case .boolean:
      guard index < bytes.count else { throw ParquetFault("a page breaks off") }
      let isTrue = bytes[index] >> bit & 1 == 1
      bit += 1
      if bit == 8 { (bit, index) = (0, index + 1) }
      return .text(isTrue ? "true" : "false")
    case .int32:
      let raw = UInt32(truncatingIfNeeded: try number(4))
      return integer(
        column.meaning == .unsigned ? Int64(raw) : Int64(Int32(bitPattern: raw)),
        raw: UInt64(raw)
      )
    case .int64:
      let raw = try number(8)
      return integer(Int64(bitPattern: raw), raw: raw)
    case .int96:
      let nanoseconds = try number(8)
      let day = Int64(try number(4))
      guard nanoseconds < 86_400_000_000_000 else { return .unreadable }
      let milliseconds = (day - 2_440_588) * 86_400_000 + Int64(nanoseconds / 1_000_000)
      // Writers of this old form mean UTC.
      return .text(Timestamp(milliseconds: milliseconds).iso)
    case .float:
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: try number(4)))
      return value.isFinite ? .text("\(value)") : .null
    case .double:
      let value = Double(bitPattern: try number(8))
      return value.isFinite ? .text("\(value)") : .null
    case .byteArray:
      let length = Int(try number(4))
      return try text(length)
    case .fixed:
      guard column.length > 0 else { throw ParquetFault("a column without length") }
      return try text(column.length)
    }
  }

  private mutating func text(_ length: Int) throws(ParquetFault) -> ParquetCell {
    guard length <= bytes.count - index else { throw ParquetFault("a page breaks off") }
    let value = bytes[index..<(index + length)]
    index += length
    switch column.meaning {
    case .decimal(let scale):
      guard length >= 1, length <= 8 else { return .unreadable }
      let isNegative = value.first.map { $0 >= 0x80 } ?? false
      var number: Int64 = isNegative ? -1 : 0
      for byte in value { number = number << 8 | Int64(byte) }
      return Self.decimal(number, scale: scale)
    case .uuid:
      let digits = value.map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      return .text(digits.joined())
    default:
      guard let text = String(validating: value, as: UTF8.self) else { return .unreadable }
      return .text(text)
    }
  }

  private func integer(_ value: Int64, raw: UInt64) -> ParquetCell {
    switch column.meaning {
    case .unsigned: return .text(String(raw))
    case .decimal(let scale): return Self.decimal(value, scale: scale)
    case .date:
      let (milliseconds, isOver) = value.multipliedReportingOverflow(by: 86_400_000)
      guard !isOver else { return .unreadable }
      return .text(String(Timestamp(milliseconds: milliseconds).iso.prefix { $0 != "T" }))
    case .timestamp(let unitsPerSecond, let isUTC):
      let divisor = max(unitsPerSecond / 1000, 1)
      let quotient = value / divisor
      let milliseconds = value % divisor < 0 ? quotient - 1 : quotient
      let iso = Timestamp(milliseconds: milliseconds).iso
      return .text(isUTC ? iso : String(iso.dropLast()))
    default: return .text(String(value))
    }
  }

  /// A number with so many decimals.
  private static func decimal(_ value: Int64, scale: Int) -> ParquetCell {
    guard (0...18).contains(scale) else { return .unreadable }
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    let whole = padded.dropLast(scale)
    let decimals = padded.suffix(scale)
    return .text((value < 0 ? "-" : "") + whole + (scale > 0 ? "." + decimals : ""))
  }
}
