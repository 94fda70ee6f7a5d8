/// Reads the fields of a schema message.
struct ArrowSchemaReader {
  /// The most columns that are read; Spark itself has no use for more.
  static let mostFields = 4096
  /// The most bytes of all names together, so that one name told a thousand times is no bomb.
  static let mostNameBytes = 1 << 20

  private var nameBytes = 0

  /// The fields that the message describes.
  static func fields(of message: ArrowMessage) throws(ArrowError) -> [ColumnLayout] {
    var reader = ArrowSchemaReader()
    let endianness: Int16 = try message.table.number(0, default: 0)
    guard endianness == 0 else { throw .unsupported(what: "big-endian data") }
    let fields = try message.table.vector(1, stride: 4)
    guard fields.count <= mostFields else {
      throw .unsupported(what: "a table of \(fields.count) columns")
    }
    var layouts: [ColumnLayout] = []
    for number in 0..<fields.count {
      let table = try message.table.table(number, of: fields)
      layouts.append(try reader.layout(of: table, number: number + 1))
    }
    return layouts
  }

  private mutating func layout(
    of table: FlatTable,
    number: Int
  ) throws(ArrowError) -> ColumnLayout {
    let name = try text(table, 0) ?? ""
    let isNullable: UInt8 = try table.number(1, default: 0)
    guard try table.table(4) == nil else {
      throw .unsupported(what: "column \(number): a dictionary")
    }
    let (type, isLarge) = try type(of: table, number: number)
    return ColumnLayout(
      field: ArrowField(name, type, isNullable: isNullable != 0),
      hasLongOffsets: isLarge
    )
  }

  /// The type of a field by its number in `Schema.fbs`, and whether its offsets have 64 bits.
  private mutating func type(
    of field: FlatTable,
    number: Int
  ) throws(ArrowError) -> (ArrowType, Bool) {
    let kind: UInt8 = try field.number(2, default: 0)
    guard let options = try field.table(3) else {
      throw .damaged(offset: field.position, what: "column \(number) has no type")
    }
    switch kind {
    case 1: return (.null, false)
    case 2: return (try integer(options, number: number), false)
    case 3:
      let precision: Int16 = try options.number(0, default: 0)
      switch precision {
      case 1: return (.float, false)
      case 2: return (.double, false)
      default: throw .unsupported(what: "column \(number): a half-precision number")
      }
    case 4: return (.binary, false)
    case 5: return (.text, false)
    case 6: return (.boolean, false)
    case 7: return (try decimal(options, number: number), false)
    case 8:
      let unit: Int16 = try options.number(0, default: 1)
      guard unit == 0 else { throw .unsupported(what: "column \(number): a date in milliseconds") }
      return (.date, false)
    case 10:
      let unit: Int16 = try options.number(0, default: 0)
      guard unit == 2 else {
        throw .unsupported(what: "column \(number): a time that is not in microseconds")
      }
      return (.timestamp(zone: try text(options, 1)), false)
    case 19: return (.binary, true)
    case 20: return (.text, true)
    default: throw .unsupported(what: "column \(number): type \(kind)")
    }
  }

  private func integer(_ options: FlatTable, number: Int) throws(ArrowError) -> ArrowType {
    let width: Int32 = try options.number(0, default: 0)
    let isSigned: UInt8 = try options.number(1, default: 0)
    switch (width, isSigned != 0) {
    case (8, true): return .int8
    case (16, true): return .int16
    case (32, true): return .int32
    case (64, true): return .int64
    default: throw .unsupported(what: "column \(number): an integer of \(width) bits")
    }
  }

  private func decimal(_ options: FlatTable, number: Int) throws(ArrowError) -> ArrowType {
    let precision: Int32 = try options.number(0, default: 0)
    let scale: Int32 = try options.number(1, default: 0)
    let width: Int32 = try options.number(2, default: 128)
    guard width == 128, (1...38).contains(precision), (0...38).contains(scale) else {
      throw .unsupported(what: "column \(number): a decimal of \(width) bits")
    }
    return .decimal(precision: precision, scale: scale)
  }

  private mutating func text(_ table: FlatTable, _ slot: Int) throws(ArrowError) -> String? {
    let text = try table.text(slot, limit: Self.mostNameBytes - nameBytes)
    nameBytes += text?.utf8.count ?? 0
    return text
  }
}

/// A column as it lies in the stream.
struct ColumnLayout: Equatable {
  let field: ArrowField
  /// Whether text and bytes have offsets of 64 bits.
  let hasLongOffsets: Bool
}
