internal import ClewEvidence

/// Says of each row what becomes of it.
struct RowJudge: Sendable {
  /// The header, once it was read.
  var header: TabularRow?
  private let dialect: TabularDialect
  private let encoding: TextEncoding

  init(_ table: TabularImport) {
    dialect = table.layout.dialect
    encoding = table.layout.decision.encoding
  }

  /// Hands the row to the sink, once.
  func hand(
    _ row: TabularRow,
    to sink: any UnitSink,
    _ body: (TabularRow) throws(RowFault) -> RowOutcome
  ) throws {
    let position = UnitPosition(row: row.line, offset: row.offset)
    func reject(_ reason: String) throws {
      let bytes = TextWindow.sourceBytes(of: row.raw, encoding)
      try sink.reject(at: position, bytes: bytes, reason: reason)
    }
    if let fault = row.fault { return try reject(fault.reason) }
    guard let header else { return try sink.skip(at: position, rule: "preamble") }
    if row.isBlank { return try sink.skip(at: position, rule: "blank row") }
    if Self.isRepeated(row, header) {
      return try sink.skip(at: position, rule: "repeated header")
    }
    let split = row.count == 1 ? row.splitAgain(dialect) ?? row : row
    if !row.isTerminated, split.count < header.count {
      return try reject(
        "the file ends inside this row: \(split.count) of \(header.count) cells"
      )
    }
    let outcome: RowOutcome
    do {
      outcome = try body(split)
    } catch {
      return try reject(error.reason)
    }
    switch outcome {
    case .accept(let items): try sink.accept(items, at: position, original: .text(row.text))
    case .skip(let rule): try sink.skip(at: position, rule: rule)
    }
  }

  private static func isRepeated(_ row: TabularRow, _ header: TabularRow) -> Bool {
    guard row.count == header.count, row.bytes(0).elementsEqual(header.bytes(0)) else {
      return false
    }
    return (0..<row.count).allSatisfy {
      TabularCell.headerName(row.exact($0)) == TabularCell.headerName(header.exact($0))
    }
  }
}
