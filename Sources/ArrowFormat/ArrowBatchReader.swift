/// Reads the columns of one record batch.
///
/// No column takes more memory than a small multiple of the bytes that hold it: the buffers of a batch
/// may not be longer, together, than its body.
struct ArrowBatchReader {
  private let bytes: [UInt8]
  private let body: Range<Int>
  private let table: FlatTable
  private let nodes: FlatVector
  private let buffers: FlatVector
  private let rows: Int
  private var nextBuffer = 0
  private var spent = 0

  init(_ message: ArrowMessage, _ bytes: [UInt8]) throws(ArrowError) {
    self.bytes = bytes
    body = message.body
    table = message.table
    let length: Int64 = try table.number(0, default: 0)
    guard length >= 0, length <= Int64(Int32.max) else {
      throw .damaged(offset: table.position, what: "a batch of \(length) rows")
    }
    rows = Int(length)
    nodes = try table.vector(1, stride: 16)
    buffers = try table.vector(2, stride: 16)
    guard try table.table(3) == nil else { throw .unsupported(what: "a compressed batch") }
  }

  /// The batch as a table.
  mutating func read(_ layouts: [ColumnLayout]) throws(ArrowError) -> ArrowTable {
    guard nodes.count == layouts.count else {
      throw .damaged(
        offset: table.position,
        what: "\(nodes.count) columns where the schema has \(layouts.count)"
      )
    }
    var columns: [ArrowColumn] = []
    for (number, layout) in layouts.enumerated() {
      let length: Int64 = try table.buffer.number(at: nodes.start + 16 * number)
      let nullCount: Int64 = try table.buffer.number(at: nodes.start + 16 * number + 8)
      guard length == Int64(rows), nullCount >= 0, nullCount <= length else {
        throw .damaged(offset: nodes.start, what: "column \(number + 1) has another length")
      }
      columns.append(try column(layout, nullCount: Int(nullCount)))
    }
    guard nextBuffer == buffers.count else {
      throw .damaged(offset: table.position, what: "buffers that belong to no column")
    }
    return try ArrowTable(fields: layouts.map(\.field), columns: columns, rowCount: rows)
  }

  private mutating func column(
    _ layout: ColumnLayout,
    nullCount: Int
  ) throws(ArrowError) -> ArrowColumn {
    if layout.field.type == .null { return try ArrowColumn(.null(count: rows)) }
    let nulls = try nulls(count: nullCount)
    let values: ArrowValues
    switch layout.field.type {
    case .null: values = .null(count: rows)
    case .boolean: values = .boolean(try bits(nulls))
    case .int8: values = .int8(try numbers(nulls))
    case .int16: values = .int16(try numbers(nulls))
    case .int32: values = .int32(try numbers(nulls))
    case .int64: values = .int64(try numbers(nulls))
    case .float: values = .float(try numbers(nulls))
    case .double: values = .double(try numbers(nulls))
    case .decimal: values = .decimal(try numbers(nulls))
    case .date: values = .date(try numbers(nulls))
    case .timestamp: values = .timestamp(try numbers(nulls))
    case .text:
      var texts: [String] = []
      texts.reserveCapacity(rows)
      try slices(nulls, hasLongOffsets: layout.hasLongOffsets) {
        (slice, row) throws(ArrowError) in
        guard let text = String(validating: slice, as: UTF8.self) else {
          throw .damaged(offset: slice.startIndex, what: "row \(row + 1) is not UTF-8")
        }
        texts.append(text)
      }
      values = .text(texts)
    case .binary:
      var blobs: [[UInt8]] = []
      blobs.reserveCapacity(rows)
      try slices(nulls, hasLongOffsets: layout.hasLongOffsets) { (slice, _) throws(ArrowError) in
        blobs.append(Array(slice))
      }
      values = .binary(blobs)
    }
    return try ArrowColumn(values, nulls: nulls)
  }

  /// The next buffer's place in the stream, of at least so many bytes.
  private mutating func buffer(atLeast needed: Int) throws(ArrowError) -> Range<Int> {
    guard nextBuffer < buffers.count else {
      throw .damaged(offset: table.position, what: "a column without its buffers")
    }
    let place = buffers.start + 16 * nextBuffer
    nextBuffer += 1
    let offset: Int64 = try table.buffer.number(at: place)
    let length: Int64 = try table.buffer.number(at: place + 8)
    guard offset >= 0, length >= 0, offset <= Int64(body.count),
      length <= Int64(body.count) - offset
    else { throw .damaged(offset: place, what: "a buffer leads out of its batch") }
    spent += Int(length)
    guard spent <= body.count else { throw .damaged(offset: place, what: "buffers overlap") }
    guard Int(length) >= needed else {
      throw .damaged(offset: place, what: "a buffer of \(length) bytes for \(rows) rows")
    }
    let start = body.lowerBound + Int(offset)
    return start..<start + Int(length)
  }

  /// Which rows are null; empty when none is.
  private mutating func nulls(count: Int) throws(ArrowError) -> [Bool] {
    guard count > 0 else {
      _ = try buffer(atLeast: 0)
      return []
    }
    let range = try buffer(atLeast: (rows + 7) / 8)
    var nulls = [Bool](repeating: false, count: rows)
    var found = 0
    for row in 0..<rows where bytes[range.lowerBound + row / 8] >> (row % 8) & 1 == 0 {
      nulls[row] = true
      found += 1
    }
    guard found == count else {
      throw .damaged(offset: range.lowerBound, what: "\(found) nulls where \(count) are announced")
    }
    return nulls
  }

  private mutating func bits(_ nulls: [Bool]) throws(ArrowError) -> [Bool] {
    let range = try buffer(atLeast: (rows + 7) / 8)
    var values = [Bool](repeating: false, count: rows)
    for row in 0..<rows where bytes[range.lowerBound + row / 8] >> (row % 8) & 1 == 1 {
      values[row] = nulls.isEmpty || !nulls[row]
    }
    return values
  }

  private mutating func numbers<T: PlainNumber>(_ nulls: [Bool]) throws(ArrowError) -> [T] {
    // A batch has at most 2^31 rows, so this cannot overflow.
    let range = try buffer(atLeast: rows * MemoryLayout<T>.stride)
    guard var values = [T](littleEndian: bytes, at: range.lowerBound, count: rows) else {
      throw .truncated(offset: range.lowerBound)
    }
    for (row, isNull) in nulls.enumerated() where isNull { values[row] = T() }
    return values
  }

  /// Hands out the bytes of each row of a column of text or bytes; those of a null are empty.
  private mutating func slices(
    _ nulls: [Bool],
    hasLongOffsets: Bool,
    _ take: (ArraySlice<UInt8>, Int) throws(ArrowError) -> Void
  ) throws(ArrowError) {
    let width = hasLongOffsets ? 8 : 4
    let offsets = try buffer(atLeast: rows == 0 ? 0 : (rows + 1) * width)
    let data = try buffer(atLeast: 0)
    guard rows > 0 else { return }
    let ends: [Int64]
    if hasLongOffsets {
      ends = [Int64](littleEndian: bytes, at: offsets.lowerBound, count: rows + 1) ?? []
    } else {
      ends = ([Int32](littleEndian: bytes, at: offsets.lowerBound, count: rows + 1) ?? []).map {
        Int64($0)
      }
    }
    guard ends.count == rows + 1 else { throw .truncated(offset: offsets.lowerBound) }
    for row in 0..<rows {
      let (low, high) = (ends[row], ends[row + 1])
      guard low >= 0, low <= high, high <= Int64(data.count) else {
        throw .damaged(offset: offsets.lowerBound, what: "row \(row + 1) leads out of its buffer")
      }
      let isNull = nulls.isEmpty ? false : nulls[row]
      let start = data.lowerBound + Int(low)
      try take(bytes[start..<(isNull ? start : data.lowerBound + Int(high))], row)
    }
  }
}
