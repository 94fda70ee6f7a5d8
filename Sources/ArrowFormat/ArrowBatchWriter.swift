/// Lays out some rows of a table as a record batch.
struct ArrowBatchWriter {
  /// The rows that the batch holds.
  let rows: Range<Int>
  /// The buffers, one after the other, each at a multiple of 8.
  private(set) var body: [UInt8] = []
  private var nodes: [(Int64, Int64)] = []
  private var buffers: [(Int64, Int64)] = []

  init(rows: Range<Int>) { self.rows = rows }

  /// Adds the batch's rows of a column.
  mutating func add(_ column: ArrowColumn) throws(ArrowError) {
    if case .null = column.values {
      nodes.append((Int64(rows.count), Int64(rows.count)))
      return
    }
    let nulls = column.nulls.isEmpty ? [] : column.nulls[rows]
    nodes.append((Int64(rows.count), Int64(nulls.count { $0 })))
    addBuffer(nulls.contains(true) ? Self.bits(nulls.lazy.map { !$0 }, count: rows.count) : [])
    switch column.values {
    case .null: break
    case .boolean(let values): addBuffer(Self.bits(values[rows], count: rows.count))
    case .int8(let values): addNumbers(values)
    case .int16(let values): addNumbers(values)
    case .int32(let values), .date(let values): addNumbers(values)
    case .int64(let values), .timestamp(let values): addNumbers(values)
    case .float(let values): addNumbers(values)
    case .double(let values): addNumbers(values)
    case .decimal(let values): addNumbers(values)
    case .text(let values): try addSlices(values[rows].lazy.map { Array($0.utf8) }, nulls)
    case .binary(let values): try addSlices(values[rows].lazy.map { $0 }, nulls)
    }
  }

  /// The message that goes before the body.
  func message() -> [UInt8] {
    var writer = FlatBufferWriter()
    // Message: version V5, header type record batch, header, body length.
    let message = writer.table([.short(4), .byte(3), .offset, .long(Int64(body.count))])
    writer.root(message.position)
    // RecordBatch: length, nodes, buffers.
    let batch = writer.table([.long(Int64(rows.count)), .offset, .offset])
    writer.point(message.slots[2], to: batch.position)
    writer.point(batch.slots[1], to: writer.pairs(nodes))
    writer.point(batch.slots[2], to: writer.pairs(buffers))
    writer.align(to: 8)
    return writer.bytes
  }

  private mutating func addNumbers<T: PlainNumber>(_ values: [T]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * MemoryLayout<T>.stride)
    bytes.append(littleEndian: values[rows])
    addBuffer(bytes)
  }

  private mutating func addSlices(
    _ values: some Sequence<[UInt8]>,
    _ nulls: ArraySlice<Bool>
  ) throws(ArrowError) {
    var ends: [Int32] = [0]
    var data: [UInt8] = []
    for (row, value) in values.enumerated() {
      if nulls.isEmpty || !nulls[nulls.startIndex + row] { data += value }
      guard let end = Int32(exactly: data.count) else {
        throw .mismatch(what: "the texts of one batch are longer than 2 GiB; take fewer rows")
      }
      ends.append(end)
    }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: ends[...])
    addBuffer(bytes)
    addBuffer(data)
  }

  private mutating func addBuffer(_ bytes: [UInt8]) {
    buffers.append((Int64(body.count), Int64(bytes.count)))
    body += bytes
    while body.count % 8 != 0 { body.append(0) }
  }

  private static func bits(_ values: some Sequence<Bool>, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
    for (row, value) in values.enumerated() where value { bytes[row / 8] |= 1 << (row % 8) }
    return bytes
  }
}
