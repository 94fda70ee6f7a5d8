/// Reads the streaming format of Apache Arrow as Spark writes it.
///
/// Read are whole streams of the types of ``ArrowType``, not compressed, without dictionaries and nested
/// columns. Each length, offset and count is checked against the bytes there are; damaged bytes give an
/// ``ArrowError``, and no stream takes more memory than a small multiple of its size.
///
/// > Source: Apache Arrow, "Columnar format", version 1.5; `Message.fbs` and `Schema.fbs`.
public enum ArrowStream {
  /// The table of a stream, its batches joined in order.
  ///
  /// - Throws: ``ArrowError`` when the bytes are no such stream.
  public static func table(_ bytes: [UInt8]) throws(ArrowError) -> ArrowTable {
    guard let first = try ArrowMessage(bytes, at: 0), first.header == .schema else {
      throw .damaged(offset: 0, what: "a stream begins with its schema")
    }
    let layouts = try ArrowSchemaReader.fields(of: first)
    var batches: [ArrowTable] = []
    var offset = first.body.upperBound
    while let message = try ArrowMessage(bytes, at: offset) {
      guard message.header == .recordBatch else {
        throw .unsupported(what: "a dictionary or a second schema")
      }
      var reader = try ArrowBatchReader(message, bytes)
      batches.append(try reader.read(layouts))
      offset = message.body.upperBound
    }
    let fields = layouts.map(\.field)
    guard !batches.isEmpty else {
      let columns = try fields.map { (field) throws(ArrowError) in
        try ArrowColumn(joining: [], as: field.type)
      }
      return try ArrowTable(fields: fields, columns: columns, rowCount: 0)
    }
    return try ArrowTable(joining: batches)
  }
}
