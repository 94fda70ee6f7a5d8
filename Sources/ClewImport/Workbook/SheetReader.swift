internal import ClewEvidence

/// Turns the cells of one sheet into lines of comma-separated text: row n of the sheet is record n.
///
/// Empty rows are empty lines, so that the place of a record tells the row of the sheet. Formulas are
/// never computed: the value that the workbook stored is taken. A cell that cannot be read holds
/// ``unreadable`` and is counted. What makes the sheet as a whole doubtful (rows out of order, two
/// cells in one place) refuses it.
final class SheetReader: PartHandler {
  /// What stands in place of a cell that cannot be read.
  static let unreadable = "#UNREADABLE!"
  /// Rows and columns that a spreadsheet may have.
  static let rowLimit: Int64 = 1_048_576
  static let columnLimit = 16_384
  /// Bytes of one cell; 32 767 characters are allowed.
  static let cellLimit = 256 << 10

  /// What was seen, for the decisions.
  private(set) var survey = SheetSurvey()

  private let book: WorkbookPackage
  private let strings: SharedStrings
  private let write: ([UInt8]) throws -> Void
  private var out: [UInt8] = []
  private var row: Int64 = 0
  private var cells: [Int: [UInt8]] = [:]
  private var lastColumn = -1
  private var width = 0
  private var isInData = false
  private var isInRow = false

  // The cell at hand.
  private var column = 0
  private var kind = ""
  private var style: Int?
  private var value: [UInt8]?
  private var inline = RichText()
  private var isInline = false
  private var isInCell = false
  private var hasFormula = false

  /// Makes a reader that hands out pieces of text.
  init(
    _ book: WorkbookPackage,
    _ strings: SharedStrings,
    write: @escaping ([UInt8]) throws -> Void
  ) {
    self.book = book
    self.strings = strings
    self.write = write
  }

  /// Hands out what is left.
  func finish() throws {
    if !out.isEmpty { try write(out) }
    out = []
  }

  // MARK: - Elements

  override func begin(_ name: String, _ attributes: [String: String]) throws {
    switch name {
    case "sheetData": isInData = true
    // Drawings and form controls behind the data have elements of the same names.
    case "row" where isInData: try beginRow(attributes)
    case "c" where isInData: try beginCell(attributes)
    case "is":
      isInline = true
      inline = RichText()
    case "f": hasFormula = true
    case "col":
      if Self.isTrue(attributes["hidden"]) { survey.hasHiddenColumns = true }
    case "mergeCell": survey.mergedRanges += 1
    default: if isInline { inline.begin(name) }
    }
  }

  override func end(_ name: String, _ text: [UInt8]) throws {
    switch name {
    case "sheetData": isInData = false
    case "row" where isInData: try endRow()
    case "c" where isInData: try endCell()
    case "v": if isInCell { value = text }
    case "is": isInline = false
    default: if isInline { inline.end(name, text) }
    }
  }

  private static func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }

  // MARK: - Rows

  private func beginRow(_ attributes: [String: String]) throws {
    guard !isInRow else { throw PartFault(reason: "its row \(row) holds a row") }
    isInRow = true
    let number: Int64
    if let stated = attributes["r"] {
      guard let place = Int64(stated), (1...Self.rowLimit).contains(place) else {
        throw PartFault(reason: "the row after row \(row) bears an impossible number")
      }
      number = place
    } else {
      number = row + 1
    }
    guard number > row, number <= Self.rowLimit else {
      throw PartFault(reason: "its rows are not in order: row \(number) follows row \(row)")
    }
    try append([UInt8](repeating: 0x0A, count: Int(number - row - 1)))
    row = number
    if Self.isTrue(attributes["hidden"]) { survey.hiddenRows += 1 }
    cells.removeAll(keepingCapacity: true)
    lastColumn = -1
  }

  private func endRow() throws {
    isInRow = false
    let filled = cells.filter { !$0.value.isEmpty }.keys.max()
    guard let filled else { return try append([0x0A]) }
    survey.rows += 1
    // Short rows are filled up, so that all rows of a table have the cells of its header.
    width = max(width, min(filled + 1, TabularLimit.columns))
    guard filled < TabularLimit.columns else {
      throw PartFault(reason: "its row \(row) has more than \(TabularLimit.columns) columns")
    }
    var line: [UInt8] = []
    for place in 0..<max(filled + 1, min(width, 256)) {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      if let cell = cells[place] { Self.appendQuoted(cell, to: &line) }
    }
    line.append(0x0A)
    guard line.count <= TabularLimit.row else {
      throw PartFault(reason: "its row \(row) is longer than \(TabularLimit.row) bytes")
    }
    try append(line)
  }

  private func append(_ bytes: [UInt8]) throws {
    out += bytes
    if out.count >= 1 << 18 { try finish() }
  }

  /// Quotes where the separator, a quote, a line end or white space at an end asks for it.
  private static func appendQuoted(_ cell: [UInt8], to line: inout [UInt8]) {
    let isPlain =
      cell.first != 0x20 && cell.last != 0x20
      && cell.allSatisfy { $0 != 0x2C && $0 != 0x22 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if isPlain {
      line += cell
      return
    }
    line.append(0x22)
    for byte in cell {
      if byte == 0x22 { line.append(0x22) }
      line.append(byte)
    }
    line.append(0x22)
  }

  // MARK: - Cells

  private func beginCell(_ attributes: [String: String]) throws {
    guard isInRow, !isInCell else { throw PartFault(reason: "a cell stands outside of a row") }
    isInCell = true
    if let reference = attributes["r"] {
      guard let place = CellReference(reference), place.column < Self.columnLimit else {
        throw PartFault(reason: "row \(row) holds a cell at an impossible place")
      }
      guard place.row == row else {
        throw PartFault(reason: "row \(row) holds a cell of row \(place.row)")
      }
      column = place.column
    } else {
      column = lastColumn + 1
    }
    guard column < Self.columnLimit else {
      throw PartFault(reason: "row \(row) holds a cell at an impossible place")
    }
    guard cells[column] == nil else {
      throw PartFault(reason: "row \(row) holds two cells in one place")
    }
    lastColumn = column
    kind = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) }
    value = nil
    inline = RichText()
    hasFormula = false
  }

  private func endCell() throws {
    isInCell = false
    if hasFormula { survey.formulas += 1 }
    let text = cellText()
    guard text.count <= Self.cellLimit else {
      throw PartFault(reason: "row \(row) holds a cell that is longer than a cell may be")
    }
    cells[column] = text
  }

  private func cellText() -> [UInt8] {
    if kind == "inlineStr" { return CellText.unescaped(inline.bytes) }
    guard let value, let text = String(validating: value, as: UTF8.self) else {
      return hasFormula ? mark("formula without a stored value") : []
    }
    let trimmed = TabularCell.trim(text)
    switch kind {
    case "s":
      if trimmed.isEmpty { return [] }
      guard let index = Int(trimmed), let shared = strings[index] else {
        return mark("shared text that does not exist")
      }
      return Array(shared)
    case "str": return CellText.unescaped(value)
    case "b":
      return Array((trimmed == "1" ? "TRUE" : trimmed == "0" ? "FALSE" : trimmed).utf8)
    case "e":
      survey.errors += 1
      return value
    case "d": return Array(trimmed.replacing("T", with: " ").utf8)
    default: return number(trimmed)
    }
  }

  private func number(_ text: String) -> [UInt8] {
    if text.isEmpty { return hasFormula ? mark("formula without a stored value") : [] }
    let format = style.flatMap { book.formats.indices.contains($0) ? book.formats[$0] : nil }
    if let format, let date = CellDate.text(text, format, is1904: book.is1904) {
      survey.dates += 1
      return Array(date.utf8)
    }
    switch CellNumber.written(text) {
    case .plain(let plain):
      if case .padded(let digits) = format ?? .number, plain.utf8.count < digits,
        plain.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      {
        return [UInt8](repeating: 0x30, count: digits - plain.utf8.count) + Array(plain.utf8)
      }
      return Array(plain.utf8)
    case .lostPrecision(let text):
      survey.lostPrecision.note(row, column)
      return Array(text.utf8)
    case nil: return mark("number that is none")
    }
  }

  private func mark(_ reason: String) -> [UInt8] {
    survey.unreadable[reason, default: CellCount()].note(row, column)
    return Array(Self.unreadable.utf8)
  }
}
