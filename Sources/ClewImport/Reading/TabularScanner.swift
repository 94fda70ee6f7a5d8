/// Finds one row and its cells in bytes: RFC 4180, and what the programs of this world write.
///
/// - A quote opens only at the start of a cell. It closes where spaces or tabs at most stand before
///   the next delimiter or the end of the line (`"123"<tab>,`). Any other quote is data.
/// - A quoted cell may hold line ends. But where a cell reaches over a line end, its quotes must be
///   strict (every inner quote doubled) and the row must have as many cells as the header; else
///   the quote is taken for unclosed: the one physical line is refused and reading resumes on the
///   next line. One forgotten quote therefore costs one line, never the rest of the file.
/// - LF, CRLF and CR end a line, also mixed. In GB18030 a bar may be the second byte of a character.
enum TabularScanner {
  /// What was found.
  enum Outcome {
    /// A row from the start to `end`; the next begins at `next`, `lines` line ends further.
    case row(end: Int, next: Int, lines: Int)
    /// A line that cannot be split.
    case fault(TabularFault, end: Int, next: Int)
    /// The bytes end before the row does.
    case incomplete
  }

  static func scan(
    _ bytes: [UInt8],
    from start: Int,
    dialect: TabularDialect,
    isGB18030: Bool,
    isAtEnd: Bool,
    expected: Int?,
    cells: inout [TabularRow.Cell]
  ) -> Outcome {
    let span = bytes.span
    let end = span.count
    let delimiter = dialect.delimiter
    let skipsPairs = isGB18030 && delimiter == UInt8(ascii: "|")
    var index = start
    var lines = 1
    var fault: TabularFault?

    func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    cells.removeAll(keepingCapacity: true)
    while true {
      let cellStart = index
      var cell = TabularRow.Cell(
        start: Int32(truncatingIfNeeded: cellStart - start),
        end: 0,
        isQuoted: false,
        hasDoubled: false
      )
      var close: Int?
      if dialect.hasQuotes, index < end, span[index] == UInt8(ascii: "\"") {
        switch quoted(span, from: index, delimiter: delimiter, isAtEnd: isAtEnd) {
        case .closed(let at, let after, let doubled, let lineEnds):
          close = at
          cell.start += 1
          cell.isQuoted = true
          cell.hasDoubled = doubled
          lines += lineEnds
          index = after
        case .unclosed:
          return line(span, from: start, isAtEnd: isAtEnd, fault: .unclosedQuote)
        case .incomplete:
          return .incomplete
        }
      } else if skipsPairs {
        while index < end, span[index] != delimiter, !isLineEnd(span[index]) {
          index += span[index] >= 0x81 && index + 1 < end ? 2 : 1
        }
      } else {
        while index < end {
          let byte = span[index]
          if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
          index += 1
        }
      }
      if index == end, !isAtEnd { return .incomplete }
      let cellEnd = close ?? index
      if cellEnd - cellStart > TabularLimit.field { fault = .longField }
      if cells.count == TabularLimit.columns { fault = .manyColumns }
      cell.end = Int32(truncatingIfNeeded: cellEnd - start)
      if fault == nil { cells.append(cell) }
      if index < end, span[index] == delimiter {
        index += 1
        continue
      }
      guard fault == nil else { return line(span, from: start, isAtEnd: isAtEnd, fault: fault) }
      if lines > 1, let expected, !fits(cells, expected) {
        return line(span, from: start, isAtEnd: isAtEnd, fault: .unclosedQuote)
      }
      guard let next = pastLineEnd(span, index, isAtEnd: isAtEnd) else { return .incomplete }
      return .row(end: index, next: next, lines: lines)
    }
  }

  private static func fits(_ cells: [TabularRow.Cell], _ expected: Int) -> Bool {
    if cells.count == expected { return true }
    guard cells.count == expected + 1, let last = cells.last else { return false }
    return last.start == last.end
  }

  private enum Quoted {
    case closed(at: Int, after: Int, doubled: Bool, lineEnds: Int)
    case unclosed
    case incomplete
  }

  /// Finds the end of a quoted cell that opens at `open`.
  private static func quoted(
    _ span: Span<UInt8>,
    from open: Int,
    delimiter: UInt8,
    isAtEnd: Bool
  ) -> Quoted {
    let quote = UInt8(ascii: "\"")
    var index = open + 1
    var doubled = false
    var isStrict = true
    var lineEnds = 0
    while index < span.count {
      let byte = span[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < span.count && span[index + 1] == 0x0A)) {
        lineEnds += 1
        if !isStrict || index - open > TabularLimit.field { return .unclosed }
      }
      guard byte == quote else {
        index += 1
        continue
      }
      var after = index + 1
      if after < span.count, span[after] == quote {
        doubled = true
        index += 2
        continue
      }
      while after < span.count, span[after] != delimiter,
        span[after] == 0x20 || span[after] == 0x09
      {
        after += 1
      }
      if after == span.count, !isAtEnd { return .incomplete }
      if after == span.count || span[after] == delimiter || span[after] == 0x0A
        || span[after] == 0x0D
      {
        return .closed(at: index, after: after, doubled: doubled, lineEnds: lineEnds)
      }
      if lineEnds > 0 { return .unclosed }
      isStrict = false
      index += 1
    }
    if isAtEnd || (lineEnds > 0 && index - open > TabularLimit.field) { return .unclosed }
    return .incomplete
  }

  /// The physical line as a refused row.
  private static func line(
    _ span: Span<UInt8>,
    from start: Int,
    isAtEnd: Bool,
    fault: TabularFault?
  ) -> Outcome {
    var index = start
    while index < span.count, span[index] != 0x0A, span[index] != 0x0D { index += 1 }
    if index == span.count, !isAtEnd { return .incomplete }
    guard let next = pastLineEnd(span, index, isAtEnd: isAtEnd) else { return .incomplete }
    return .fault(fault ?? .unclosedQuote, end: index, next: next)
  }

  /// The start of the next line, or `nil` when more bytes are needed to know it.
  static func pastLineEnd(_ span: Span<UInt8>, _ index: Int, isAtEnd: Bool) -> Int? {
    guard index < span.count else { return index }
    guard span[index] == 0x0D else { return index + 1 }
    guard index + 1 < span.count else { return isAtEnd ? index + 1 : nil }
    return span[index + 1] == 0x0A ? index + 2 : index + 1
  }
}
