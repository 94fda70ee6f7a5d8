internal import ClewEvidence

/// Takes the rows of `transfers.csv` that need no care: what ``CanonicalRecords`` says of them, from their
/// bytes.
final class PlainTransfers: PlainRows {
  private let shelf: AccountShelf
  /// The account cells of the lines ahead, payer and payee by turns, and what they mean.
  private var cells: [PlainTransfer.Slice] = []
  private var found: [CellAccount] = []
  /// The places of the columns; below 0 where the table has none.
  private let time, from, to, amount, currency, channel, memo, id, state: Int
  private let states = Transfer.State.allCases.map { ($0, Array($0.rawValue.utf8)) }

  init(_ columns: CanonicalColumns, _ shelf: AccountShelf) {
    self.shelf = shelf
    func place(_ column: CanonicalColumn) -> Int { columns.index(column) ?? -1 }
    (time, from, to) = (place(.time), place(.from), place(.to))
    (amount, currency, channel) = (place(.amount), place(.currency), place(.channel))
    (memo, id, state) = (place(.memo), place(.id), place(.state))
  }

  func prepare(
    _ lines: ArraySlice<TabularLines.Line>,
    of table: TabularLines,
    in chunk: TabularChunk
  ) {
    cells.removeAll(keepingCapacity: true)
    for line in lines where line.cells >= 0 {
      cells.append(slice(from, line, table))
      cells.append(slice(to, line, table))
    }
    shelf.find(cells, in: chunk.bytes.span, into: &found)
  }

  func take(
    _ line: TabularLines.Line,
    number: Int,
    at position: UnitPosition,
    of table: TabularLines,
    in chunk: TabularChunk,
    into batch: UnitBatch
  ) -> Bool {
    let span = chunk.bytes.span
    var made = PlainTransfer()
    made.payerCell = slice(from, line, table)
    made.payeeCell = slice(to, line, table)
    made.currency = slice(currency, line, table)
    made.channel = slice(channel, line, table)
    made.memo = slice(memo, line, table)
    made.id = slice(id, line, table)
    guard Self.isCurrency(span, made.currency), Self.isPlain(span, made.channel),
      Self.isID(span, made.id), !Self.isMarked(span, made.memo),
      takeTime(slice(time, line, table), span, &made),
      takeAmount(slice(amount, line, table), span, &made),
      takeState(slice(state, line, table), span, &made),
      takeAccount(made.payerCell, span, found[2 * number], &made.payer),
      takeAccount(made.payeeCell, span, found[2 * number + 1], &made.payee)
    else { return false }
    guard let end = made.payer ?? made.payee else { return false }
    if made.channel.isEmpty { made.platform = CanonicalPlatform.name(shelf.account(end.number)) }
    made.line = position.row
    made.offset = position.offset ?? 0
    made.original = PlainTransfer.Slice(start: line.start, count: line.end - line.start)
    return batch.accept(made, in: span)
  }

  /// A cell; empty where the column is missing.
  @inline(__always)
  private func slice(
    _ column: Int,
    _ line: TabularLines.Line,
    _ table: TabularLines
  ) -> PlainTransfer.Slice {
    guard column >= 0 else { return .none }
    let cell = table.cell(line, column)
    return PlainTransfer.Slice(start: cell.start, count: cell.end - cell.start)
  }

  private func takeTime(
    _ cell: PlainTransfer.Slice,
    _ span: Span<UInt8>,
    _ made: inout PlainTransfer
  ) -> Bool {
    guard !cell.isEmpty else { return true }
    made.at = Timestamp(isoBytes: span.extracting(cell.range))
    return made.at != nil
  }

  private func takeAmount(
    _ cell: PlainTransfer.Slice,
    _ span: Span<UInt8>,
    _ made: inout PlainTransfer
  ) -> Bool {
    guard !cell.isEmpty else { return true }
    made.fen = Money.fen(plainBytes: span.extracting(cell.range))
    return made.fen != nil
  }

  private func takeState(
    _ cell: PlainTransfer.Slice,
    _ span: Span<UInt8>,
    _ made: inout PlainTransfer
  ) -> Bool {
    guard !cell.isEmpty else { return true }
    let bytes = span.extracting(cell.range)
    for (state, name) in states where name.span.isEqual(to: bytes) {
      made.state = state
      return true
    }
    return false
  }

  private func takeAccount(
    _ cell: PlainTransfer.Slice,
    _ span: Span<UInt8>,
    _ found: CellAccount,
    _ account: inout CellAccount?
  ) -> Bool {
    guard !cell.isEmpty else { return true }
    if found.isKnown {
      account = found
      return true
    }
    guard Self.isPlain(span, cell) else { return false }
    let bytes = span.extracting(cell.range)
    account = shelf.learn(bytes) {
      (try? String(copying: UTF8Span(validating: bytes))).flatMap {
        AccountNormalizer.canonical($0)
      }
    }
    return account != nil
  }

  /// Whether the cell's text is what trimming leaves of it (``TabularCell/trim(_:)``), and no apostrophe
  /// of an export stands before it; so is an empty one's.
  @inline(__always)
  private static func isPlain(_ span: Span<UInt8>, _ cell: PlainTransfer.Slice) -> Bool {
    guard !cell.isEmpty else { return true }
    let range = cell.range
    let (first, last) = (span[range.lowerBound], span[range.upperBound - 1])
    if isMarked(span, cell) { return false }
    if TabularCell.isPlain(first), TabularCell.isPlain(last) { return true }
    return (TabularCell.isPlain(first) || isHan(span, range.lowerBound))
      && (TabularCell.isPlain(last)
        || (range.count >= 3 && isHan(span, range.upperBound - 3)))
  }

  /// Whether a Chinese character begins here, in well-formed UTF-8: none of U+4000 to U+9FFF is padding.
  private static func isHan(_ span: Span<UInt8>, _ place: Int) -> Bool {
    span[place] >= 0xE4 && span[place] <= 0xE9
  }

  private static func isMarked(_ span: Span<UInt8>, _ cell: PlainTransfer.Slice) -> Bool {
    !cell.isEmpty && span[cell.range.lowerBound] == UInt8(ascii: "'")
  }

  private static func isCurrency(_ span: Span<UInt8>, _ cell: PlainTransfer.Slice) -> Bool {
    guard !cell.isEmpty else { return true }
    guard cell.count == 3 else { return false }
    for place in cell.range where span[place] < 0x41 || span[place] > 0x5A { return false }
    return true
  }

  /// Whether the cell is one id, without any character that ``Transfer/ids`` cannot hold as it stands.
  private static func isID(_ span: Span<UInt8>, _ cell: PlainTransfer.Slice) -> Bool {
    guard isPlain(span, cell) else { return false }
    for place in cell.range where span[place] < 0x20 || span[place] == UInt8(ascii: ";") {
      return false
    }
    return true
  }
}
