internal import ClewEvidence

/// One row of a table: its bytes and where its cells lie in them; text is made on demand.
struct TabularRow: Sendable {
  /// Where a cell lies in ``raw``.
  struct Cell: Sendable, Hashable {
    var start: Int32
    var end: Int32
    /// Whether the cell stood in quotes.
    var isQuoted: Bool
    /// Whether doubled quotes are to be halved.
    var hasDoubled: Bool
  }

  /// The byte offset of the row in the file.
  let offset: Int64
  /// The physical line on which the row starts, from 1.
  let line: Int64
  /// The bytes without the end of the line.
  let raw: [UInt8]
  /// The cells; empty when there is a fault.
  let cells: [Cell]
  /// Why the row has no cells.
  let fault: TabularFault?
  /// Whether the file goes on after the row: the last line of a cut file is not terminated.
  let isTerminated: Bool
  /// The encoding of the row.
  let encoding: TextDecoder.UnitEncoding

  /// How many cells there are.
  var count: Int { cells.count }

  /// Whether all cells are empty.
  var isBlank: Bool {
    cells.allSatisfy { cell in
      raw[Int(cell.start)..<Int(cell.end)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
  }

  /// The whole row as text.
  var text: String { decoded(raw[...]) }

  /// The text of bytes between delimiters.
  private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    // The row is well formed in its encoding, and a part between two ASCII characters so too.
    if encoding == .utf8, fault == nil { return String(decoding: bytes, as: UTF8.self) }
    return TextDecoder.text(bytes, encoding) ?? ""
  }

  /// The bytes of a cell, quotes around it removed; empty beyond the last cell.
  func bytes(_ index: Int) -> ArraySlice<UInt8> {
    guard cells.indices.contains(index) else { return [] }
    return raw[Int(cells[index].start)..<Int(cells[index].end)]
  }

  /// Where the bytes of a cell lie in ``raw``, if nothing has to be taken off or halved to make them its
  /// text: they are UTF-8 and begin and end with a visible ASCII character other than `=` and `'`.
  func plainRange(_ index: Int) -> Range<Int>? {
    guard encoding == .utf8, cells.indices.contains(index) else { return nil }
    let cell = cells[index]
    let range = Int(cell.start)..<Int(cell.end)
    guard !cell.hasDoubled, !range.isEmpty else { return nil }
    let (first, last) = (raw[range.lowerBound], raw[range.upperBound - 1])
    guard TabularCell.isPlain(first), TabularCell.isPlain(last), first != UInt8(ascii: "'") else {
      return nil
    }
    return range
  }

  /// The text of a cell exactly as it stands, doubled quotes halved; empty beyond the last cell.
  func exact(_ index: Int) -> String {
    let bytes = bytes(index)
    guard !bytes.isEmpty else { return "" }
    guard cells[index].hasDoubled else { return decoded(bytes) }
    var halved: [UInt8] = []
    halved.reserveCapacity(bytes.count)
    var isAfterQuote = false
    for byte in bytes {
      if byte == UInt8(ascii: "\""), isAfterQuote {
        isAfterQuote = false
        continue
      }
      isAfterQuote = byte == UInt8(ascii: "\"")
      halved.append(byte)
    }
    return decoded(halved[...])
  }

  /// The text of a cell without white space at its ends and without Excel's `="…"`.
  func trimmed(_ index: Int) -> String { TabularCell.trim(exact(index)) }

  /// The text of a cell as payment tables mean it: their many signs for nothing are nothing.
  func clean(_ index: Int?) -> String {
    guard let index, cells.indices.contains(index) else { return "" }
    let bytes = bytes(index)
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return "" }
    return TabularCell.clean(exact(index))
  }

  /// The same row split again, where a whole row sits inside one quoted cell.
  func splitAgain(_ dialect: TabularDialect) -> TabularRow? {
    guard count == 1, cells[0].isQuoted else { return nil }
    let inner = Array(exact(0).utf8)
    var found: [Cell] = []
    let outcome = TabularScanner.scan(
      inner,
      from: 0,
      dialect: dialect,
      isGB18030: false,
      isAtEnd: true,
      expected: nil,
      cells: &found
    )
    guard case .row(let end, _, _) = outcome, end == inner.count, found.count > 1 else {
      return nil
    }
    return TabularRow(
      offset: offset,
      line: line,
      raw: inner,
      cells: found,
      fault: nil,
      isTerminated: isTerminated,
      encoding: .utf8
    )
  }
}
