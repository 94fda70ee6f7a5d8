/// Writes small Parquet files, so that tests can bend every part of one.
struct ParquetMaker {
  /// One column: its schema and how its only page is written.
  struct Column {
    var name: String
    /// The physical type: 0 boolean, 1 INT32, 2 INT64, 3 INT96, 5 double, 6 byte array.
    var type: Int
    /// Extra fields of the schema element, already in Thrift, with the number of the last field 4.
    var schema: [UInt8] = []
    /// The values, already PLAIN.
    var values: [UInt8]
    var count: Int
    /// For optional columns, the definition levels as runs.
    var levels: [UInt8]?
    var encoding = 0
    var codec = 0
    /// The packed form of the page; `nil` stores it as it is.
    var packed: [UInt8]?
    var isSecondVersion = false
  }

  var columns: [Column]
  var rows: Int
  /// Added to every place and length, to lie about them.
  var lie = 0

  static func text(_ values: String...) -> [UInt8] {
    values.flatMap { little($0.utf8.count, 4) + Array($0.utf8) }
  }

  static func little(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The head of a run of so many equal values.
  static func run(of count: Int) -> [UInt8] { varint(count << 1) }

  /// A source and a target column of text, and others.
  static func edges(_ others: [Column], rows: Int = 1) -> ParquetMaker {
    let names = Array(repeating: text("qq:9990000001"), count: rows).flatMap(\.self)
    let targets = Array(repeating: text("qq:9990000002"), count: rows).flatMap(\.self)
    return ParquetMaker(
      columns: [
        Column(name: "source", type: 6, values: names, count: rows),
        Column(name: "target", type: 6, values: targets, count: rows),
      ] + others,
      rows: rows
    )
  }

  var bytes: [UInt8] {
    var file = Array("PAR1".utf8)
    var places: [(start: Int, length: Int)] = []
    for column in columns {
      let start = file.count
      file += page(column)
      places.append((start, file.count - start))
    }
    var footer: [UInt8] = field(1, 5, zigzag(2))
    footer += [0x19] + list(12, columns.count + 1)
    footer += field(4, 8, string("schema")) + field(1, 5, zigzag(columns.count), after: 4) + [0]
    for column in columns {
      footer += field(1, 5, zigzag(column.type))
      footer += field(2, 5, zigzag(column.levels == nil ? 0 : 1), after: 0)
      footer += field(1, 8, string(column.name)) + column.schema + [0]
    }
    footer += field(1, 6, zigzag(rows)) + [0x19] + list(12, 1)
    footer += [0x19] + list(12, columns.count)
    for (column, place) in zip(columns, places) {
      footer += field(2, 6, zigzag(0)) + [0x1C]
      footer += field(1, 5, zigzag(column.type)) + [0x19] + list(5, 1) + zigzag(0)
      footer += [0x19] + list(8, 1) + string(column.name)
      footer += field(1, 5, zigzag(column.codec)) + field(1, 6, zigzag(column.count))
      footer += field(1, 6, zigzag(place.length)) + field(1, 6, zigzag(place.length + lie))
      footer += field(2, 6, zigzag(place.start + lie)) + [0, 0]
    }
    footer += field(1, 6, zigzag(0)) + field(1, 6, zigzag(rows)) + [0, 0]
    return file + footer + Self.little(footer.count, 4) + Array("PAR1".utf8)
  }

  private func page(_ column: Column) -> [UInt8] {
    var body = column.values
    var header: [UInt8] = []
    if column.isSecondVersion {
      let levels = column.levels ?? []
      let packed = column.packed ?? body
      header += field(1, 5, zigzag(3)) + field(1, 5, zigzag(levels.count + body.count))
      header += field(1, 5, zigzag(levels.count + packed.count)) + [0x5C]
      header += field(1, 5, zigzag(column.count)) + field(1, 5, zigzag(0))
      header += field(1, 5, zigzag(column.count)) + field(1, 5, zigzag(column.encoding))
      header += field(1, 5, zigzag(levels.count)) + field(1, 5, zigzag(0))
      header += (column.packed == nil ? [0x12] : []) + [0, 0]
      return header + levels + packed
    }
    if let levels = column.levels { body = Self.little(levels.count, 4) + levels + body }
    let packed = column.packed ?? body
    header += field(1, 5, zigzag(0)) + field(1, 5, zigzag(body.count))
    header += field(1, 5, zigzag(packed.count)) + [0x2C]
    header += field(1, 5, zigzag(column.count)) + field(1, 5, zigzag(column.encoding))
    header += field(1, 5, zigzag(3)) + field(1, 5, zigzag(3)) + [0, 0]
    return header + packed
  }

  // MARK: - Thrift

  private func field(_ delta: Int, _ type: Int, _ value: [UInt8], after: Int = -1) -> [UInt8] {
    [UInt8(delta << 4 | type)] + value
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest > 127 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private func zigzag(_ value: Int) -> [UInt8] {
    Self.varint(value >= 0 ? value * 2 : -value * 2 - 1)
  }

  private func string(_ text: String) -> [UInt8] { Self.varint(text.utf8.count) + Array(text.utf8) }

  private func list(_ type: Int, _ count: Int) -> [UInt8] {
    count < 15 ? [UInt8(count << 4 | type)] : [UInt8(0xF0 | type)] + Self.varint(count)
  }
}
