/// What the footer of a Parquet file says: columns and row groups.
///
/// > Source: Apache Parquet, "File format" and `parquet.thrift`, parquet.apache.org.
struct ParquetFooter: Sendable {
  /// The physical types, by their numbers in the format.
  enum Physical: Int64, Sendable {
    case boolean = 0, int32, int64, int96, float, double, byteArray, fixed
  }

  /// What the values of a column mean.
  enum Meaning: Sendable, Hashable {
    case plain, text, unsigned, date, uuid
    case timestamp(unitsPerSecond: Int64, isUTC: Bool)
    case decimal(scale: Int)
  }

  /// A flat column: one value or none in each row.
  struct Column: Sendable {
    let name: String
    let physical: Physical
    let meaning: Meaning
    /// The length of values of type `fixed`.
    let length: Int
    let isOptional: Bool
    /// The place of its chunk in every row group.
    let place: Int
  }

  /// Where the values of a column lie for one row group.
  struct Chunk: Sendable {
    let codec: Int64
    let values: Int64
    let start: Int64
    let length: Int64
  }

  struct RowGroup: Sendable {
    let rows: Int64
    let chunks: [Chunk]
  }

  private(set) var columns: [Column] = []
  /// Names of columns that hold lists or records.
  private(set) var nested: [String] = []
  private(set) var groups: [RowGroup] = []
  let rows: Int64

  /// Parses the footer.
  init(_ bytes: [UInt8]) throws(ParquetFault) {
    var thrift = ThriftCompact(bytes)
    let file = try thrift.record()
    guard let schema = file[2]?.list, let rows = file[3]?.int, rows >= 0 else {
      throw ParquetFault("the footer lacks schema or number of rows")
    }
    guard file[8] == nil else { throw ParquetFault("an encrypted Parquet file; decrypt it first") }
    self.rows = rows
    let leaves = try take(schema: schema)
    for group in file[4]?.list ?? [] {
      guard let chunks = group[1]?.list, let rows = group[3]?.int, rows >= 0,
        chunks.count == leaves
      else { throw ParquetFault("a row group has not the columns of the schema") }
      var found: [Chunk] = []
      for chunk in chunks { found.append(try Self.chunk(chunk)) }
      groups.append(RowGroup(rows: rows, chunks: found))
    }
    var sum: Int64 = 0
    for group in groups {
      let (next, isOver) = sum.addingReportingOverflow(group.rows)
      guard !isOver else { throw ParquetFault("the row groups hold too many rows") }
      sum = next
    }
    guard sum == rows else { throw ParquetFault("the row groups do not add up to the rows stated") }
  }

  /// Takes the columns; the answer is how many leaves there are.
  private mutating func take(schema: [ThriftValue]) throws(ParquetFault) -> Int {
    // The schema is a tree in preorder; the first element is its root.
    var index = 1
    var leaves = 0
    while index < schema.count {
      let element = schema[index]
      let name = element[4]?.text ?? ""
      let isLeaf = (element[5]?.int ?? 0) <= 0
      guard isLeaf, element[3]?.int != 2 else {
        nested.append(name)
        var pending: Int64 = 1
        while pending > 0 {
          guard index < schema.count else { throw ParquetFault("the schema breaks off") }
          let children = max(schema[index][5]?.int ?? 0, 0)
          guard children <= schema.count else { throw ParquetFault("the schema breaks off") }
          if children == 0 { leaves += 1 }
          pending += children - 1
          index += 1
        }
        continue
      }
      guard let physical = element[1]?.int.flatMap(Physical.init) else {
        throw ParquetFault("a column of no known type")
      }
      columns.append(
        Column(
          name: name,
          physical: physical,
          meaning: Self.meaning(element, physical),
          length: Int(clamping: element[2]?.int ?? 0),
          isOptional: element[3]?.int == 1,
          place: leaves
        )
      )
      leaves += 1
      index += 1
    }
    return leaves
  }

  private static func meaning(_ element: ThriftValue, _ physical: Physical) -> Meaning {
    let converted = element[6]?.int
    let scale = Int(clamping: element[10]?[5]?[1]?.int ?? element[7]?.int ?? 0)
    if let logical = element[10] {
      if let timestamp = logical[8] {
        var isUTC = false
        if case .bool(true) = timestamp[1] { isUTC = true }
        let unit: Int64 =
          timestamp[2]?[1] != nil ? 1000 : timestamp[2]?[2] != nil ? 1_000_000 : 1_000_000_000
        return .timestamp(unitsPerSecond: unit, isUTC: isUTC)
      }
      if logical[6] != nil { return .date }
      if logical[5] != nil { return .decimal(scale: scale) }
      if logical[14] != nil { return .uuid }
      if logical[1] != nil || logical[4] != nil || logical[12] != nil { return .text }
      if case .bool(false) = logical[10]?[2] { return .unsigned }
    }
    switch converted {
    case 0, 4, 19: return .text
    case 5: return .decimal(scale: scale)
    case 6: return .date
    case 9: return .timestamp(unitsPerSecond: 1000, isUTC: true)
    case 10: return .timestamp(unitsPerSecond: 1_000_000, isUTC: true)
    case 11, 12, 13, 14: return .unsigned
    default: return physical == .byteArray ? .text : .plain
    }
  }

  private static func chunk(_ value: ThriftValue) throws(ParquetFault) -> Chunk {
    guard value[1] == nil else { throw ParquetFault("a column lies in another file") }
    guard let data = value[3], let codec = data[4]?.int, let values = data[5]?.int,
      let length = data[7]?.int, let first = data[9]?.int
    else { throw ParquetFault("a column without place") }
    let dictionary = data[11]?.int ?? 0
    let start = dictionary > 0 && dictionary < first ? dictionary : first
    guard start >= 4, length >= 0, values >= 0 else { throw ParquetFault("a column without place") }
    return Chunk(codec: codec, values: values, start: start, length: length)
  }
}
