internal import ClewEvidence

/// Cuts the HTML of a QQ MHT export into the rows of its table, as it arrives.
struct QQMHTRows {
  /// The HTML of one row, with what stood before it.
  struct Row {
    let bytes: [UInt8]
    /// Counted from 1.
    let number: Int64
    /// Where it begins in the file; `nil` where the HTML is encoded.
    let offset: Int64?
    /// Whether the row exceeds the limit and only its beginning is kept.
    let isCut: Bool
  }

  private var pending: [UInt8] = []
  private var scanned = 0
  private var taken: Int64 = 0
  private var number: Int64 = 0
  private var isCut = false
  private let start: Int64?
  private static let mark = Array("</tr>".utf8)

  /// Makes a cutter; `start` is the place of the HTML in the file, `number` how many rows came
  /// before it.
  init(start: Int64?, number: Int64 = 0) {
    self.start = start
    self.number = number
  }

  /// Takes the next bytes and hands out the rows that end in them.
  mutating func feed(_ piece: [UInt8], _ body: (Row) throws -> Void) rethrows {
    pending += piece
    var rowStart = 0
    while let end = Self.rowEnd(pending, from: max(scanned, rowStart)) {
      try body(row(pending[rowStart..<end]))
      rowStart = end
      scanned = end
    }
    scanned = max(rowStart, pending.count - Self.mark.count + 1) - rowStart
    pending.removeSubrange(..<rowStart)
    if pending.count > TabularLimit.row {
      // Of a row without end the beginning is kept.
      isCut = true
      let dropped = pending.count - TabularLimit.kept - Self.mark.count
      pending.removeSubrange(TabularLimit.kept..<(TabularLimit.kept + dropped))
      taken += Int64(dropped)
      scanned = TabularLimit.kept
    }
  }

  /// What is left behind the last row.
  mutating func finish() -> Row? {
    defer { pending = [] }
    return pending.isEmpty ? nil : row(pending[...])
  }

  private mutating func row(_ bytes: ArraySlice<UInt8>) -> Row {
    number += 1
    defer {
      taken += Int64(bytes.count)
      isCut = false
    }
    return Row(bytes: Array(bytes), number: number, offset: start.map { $0 + taken }, isCut: isCut)
  }

  private static func rowEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    let span = bytes.span
    var index = start
    while index + mark.count <= span.count {
      if span[index] == UInt8(ascii: "<"), span[index + 1] == UInt8(ascii: "/"),
        span[index + 2] | 0x20 == UInt8(ascii: "t"), span[index + 3] | 0x20 == UInt8(ascii: "r"),
        span[index + 4] == UInt8(ascii: ">")
      {
        return index + mark.count
      }
      index += 1
    }
    return nil
  }
}
