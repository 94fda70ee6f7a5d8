import ClewEvidence

/// `clew-worker rows`: rows of a canonical table in, the records that they say out.
///
/// The cells of a row stand in the order of the columns that the command line names; `\N` is a cell that the
/// table does not have, and the characters that end cells and lines are written as `RecordLine` writes them.
/// A record is its number, its rank among the rows of that number, its source, its body and `\N`; a row that
/// is refused is `\N`, `\N`, its source, its cells and the reason.
struct RowLines {
  private let table: CanonicalKind
  private let source: Int64
  /// The place of each column among the cells.
  private let places: [Int?]
  private let width: Int

  /// - Parameters:
  ///   - table: One of ``CanonicalKind``.
  ///   - source: The number of the table among the sources.
  ///   - columns: The names of its columns, parted by commas; those that no table has are passed over.
  init?(table: String, source: String, columns: String) {
    guard let table = CanonicalKind(rawValue: table), let source = Int64(source), !columns.isEmpty
    else {
      return nil
    }
    let names = columns.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    self.table = table
    self.source = source
    width = names.count
    places = CanonicalColumn.allCases.map { names.firstIndex(of: $0.name) }
  }

  func run() throws {
    var writer = LineWriter()
    let source = String(source)
    try LineReader.forEachLine { number, line in
      let row = try row(line, number)
      do {
        let item = try table.item(row)
        let id = RecordIdentity.id(of: item).hex
        try writer.write(
          id.utf8,
          item.rank.utf8,
          source.utf8,
          RecordLine.text(of: item).utf8,
          Self.none
        )
      } catch let fault as RowFault {
        let cells = Array(line.map { $0 == Self.tab ? 0x1F : $0 })
        try writer.write(
          Self.none,
          Self.none,
          source.utf8,
          cells,
          RecordLine.escaped(fault.reason).utf8
        )
      }
    }
    try writer.finish()
  }

  private struct Cells: CanonicalCells {
    let texts: [String?]
    let places: [Int?]

    func cell(_ column: CanonicalColumn) -> String? {
      places[column.rawValue].flatMap { texts[$0] }
    }
  }

  private func row(_ line: ArraySlice<UInt8>, _ number: Int) throws -> Cells {
    let cells = line.split(separator: Self.tab, omittingEmptySubsequences: false)
    guard cells.count == width else { throw LineFault(number, "expected \(width) cells") }
    let texts = try cells.map { cell -> String? in
      if cell.elementsEqual(Self.none) { return nil }
      guard let text = RecordLine.unescaped(cell) else {
        throw LineFault(number, "expected cells without bare backslashes")
      }
      return text
    }
    return Cells(texts: texts, places: places)
  }

  private static let tab = UInt8(ascii: "\t")
  private static let none = Array("\\N".utf8)
}
