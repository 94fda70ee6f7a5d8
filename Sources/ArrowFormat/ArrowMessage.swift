/// One message of a stream: its description and its body.
///
/// > Source: Apache Arrow, "Columnar format", encapsulated message format and IPC streaming format;
/// > `Message.fbs`.
struct ArrowMessage {
  enum Header: UInt8 {
    case schema = 1
    case dictionaryBatch = 2
    case recordBatch = 3
  }

  let header: Header
  let table: FlatTable
  /// Where the body lies in the stream.
  let body: Range<Int>

  /// Reads the message at a place; nil where the stream ends.
  init?(_ bytes: [UInt8], at start: Int) throws(ArrowError) {
    let whole = FlatBuffer(bytes: bytes, range: 0..<bytes.count)
    if start == bytes.count { return nil }
    guard bytes.count - start >= 8 else { throw .truncated(offset: start) }
    let mark: UInt32 = try whole.number(at: start)
    guard mark == UInt32.max else {
      throw .damaged(offset: start, what: "no message begins here")
    }
    let length: Int32 = try whole.number(at: start + 4)
    if length == 0 { return nil }
    guard length > 0 else { throw .damaged(offset: start + 4, what: "a length below zero") }
    guard Int(length) <= bytes.count - (start + 8) else { throw .truncated(offset: start) }
    let end = start + 8 + Int(length)

    let message = try FlatBuffer(bytes: bytes, range: start + 8..<end).root()
    let version: Int16 = try message.number(0, default: 0)
    // V4 and V5 differ in unions only, which are not read.
    guard version == 3 || version == 4 else {
      throw .unsupported(what: "metadata version \(version)")
    }
    let kind: UInt8 = try message.number(1, default: 0)
    guard let header = Header(rawValue: kind), let table = try message.table(2) else {
      throw .unsupported(what: "a message of kind \(kind)")
    }
    let size: Int64 = try message.number(3, default: 0)
    guard size >= 0 else { throw .damaged(offset: start, what: "a body of a length below zero") }
    guard size <= Int64(bytes.count - end) else { throw .truncated(offset: end) }
    self.header = header
    self.table = table
    body = end..<end + Int(size)
  }
}
