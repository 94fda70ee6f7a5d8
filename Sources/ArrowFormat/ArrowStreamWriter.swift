extension ArrowStream {
  /// Writes a table as a stream that Spark takes as a local relation.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - rowsPerBatch: How many rows each batch has; the last has fewer.
  /// - Returns: A whole stream: schema, batches, end.
  /// - Throws: ``ArrowError/mismatch(what:)`` when the texts of one batch are longer than 2 GiB together.
  public static func bytes(
    _ table: ArrowTable,
    rowsPerBatch: Int = 65_536
  ) throws(ArrowError) -> [UInt8] {
    precondition(rowsPerBatch > 0, "a batch has rows")
    var bytes: [UInt8] = []
    append(schema(table.fields), body: [], to: &bytes)
    var start = 0
    while start < table.rowCount {
      let end = start + min(rowsPerBatch, table.rowCount - start)
      var batch = ArrowBatchWriter(rows: start..<end)
      for column in table.columns { try batch.add(column) }
      append(batch.message(), body: batch.body, to: &bytes)
      start = end
    }
    // The end of the stream.
    bytes += [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
    return bytes
  }

  private static func append(_ metadata: [UInt8], body: [UInt8], to bytes: inout [UInt8]) {
    bytes += [0xFF, 0xFF, 0xFF, 0xFF]
    bytes.append(littleEndian: [Int32(truncatingIfNeeded: metadata.count)][...])
    bytes += metadata
    bytes += body
  }

  /// The message that describes the columns.
  private static func schema(_ fields: [ArrowField]) -> [UInt8] {
    var writer = FlatBufferWriter()
    // Message: version V5, header type schema, header, body length.
    let message = writer.table([.short(4), .byte(1), .offset, .long(0)])
    writer.root(message.position)
    // Schema: endianness (absent: little), fields.
    let schema = writer.table([.absent, .offset])
    writer.point(message.slots[2], to: schema.position)
    let list = writer.offsets(fields.count)
    writer.point(schema.slots[1], to: list.position)
    for (field, slot) in zip(fields, list.slots) {
      let (kind, options, zone) = type(field.type)
      // Field: name, nullable, type's kind, type, dictionary, children.
      let table = writer.table([
        .offset, .byte(field.isNullable ? 1 : 0), .byte(kind), .offset, .absent, .offset,
      ])
      writer.point(slot, to: table.position)
      writer.point(table.slots[0], to: writer.text(field.name))
      let type = writer.table(options)
      writer.point(table.slots[3], to: type.position)
      if let zone { writer.point(type.slots[1], to: writer.text(zone)) }
      let children = writer.offsets(0)
      writer.point(table.slots[5], to: children.position)
    }
    writer.align(to: 8)
    return writer.bytes
  }

  /// A type's number in `Schema.fbs`, the fields of its table, and a time's zone.
  private static func type(
    _ type: ArrowType
  ) -> (kind: UInt8, fields: [FlatBufferWriter.Field], zone: String?) {
    switch type {
    case .null: (1, [], nil)
    case .boolean: (6, [], nil)
    case .int8: (2, [.int(8), .byte(1)], nil)
    case .int16: (2, [.int(16), .byte(1)], nil)
    case .int32: (2, [.int(32), .byte(1)], nil)
    case .int64: (2, [.int(64), .byte(1)], nil)
    case .float: (3, [.short(1)], nil)
    case .double: (3, [.short(2)], nil)
    case .text: (5, [], nil)
    case .binary: (4, [], nil)
    case .decimal(let precision, let scale): (7, [.int(precision), .int(scale), .int(128)], nil)
    case .date: (8, [.short(0)], nil)
    case .timestamp(nil): (10, [.short(2)], nil)
    case .timestamp(let zone?): (10, [.short(2), .offset], zone)
    }
  }
}
