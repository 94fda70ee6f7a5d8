internal import ClewEvidence

/// The rows that stand before the header of a table: titles, the owner, the period.
struct TabularPreamble {
  /// The cells of those rows that are not empty.
  let cells: [String]

  /// Reads the rows before the header again from the first bytes of the file.
  init(_ source: StagedSource, _ layout: TabularLayout) {
    let isWhole = Int64(source.head.count) >= source.bytes
    let head = layout.decision.plainHead(source.head, isWhole: isWhole)
    let encoding = layout.decision.encoding.isWide ? TextEncoding.utf8 : layout.decision.encoding
    let reader = TabularReader(
      TextWindow(plain: head),
      encoding: encoding,
      dialect: layout.dialect
    )
    var cells: [String] = []
    while let row = try? reader.next(), row.line < layout.headerLine {
      cells += (0..<row.count).map { row.trimmed($0) }.filter { !$0.isEmpty }
    }
    self.cells = cells
  }

  /// The value of `name：[value]`, `name: value` or of the cell behind `name`.
  func value(of names: String...) -> String? {
    for name in names {
      for (place, cell) in cells.enumerated() where cell.hasPrefix(name) {
        let rest = TabularCell.trim(String(cell.dropFirst(name.count)))
        guard let mark = rest.unicodeScalars.first else {
          let next = cells.dropFirst(place + 1).first ?? ""
          return next.isEmpty ? nil : next
        }
        guard mark == ":" || mark == "\u{FF1A}" else { continue }
        let value = TabularCell.trim(String(rest.unicodeScalars.dropFirst()))
        return Self.inBrackets(value)
      }
    }
    return nil
  }

  /// The text between the first `[` and the next `]`, else the whole.
  static func inBrackets(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "["), let end = text.utf8.firstIndex(of: 0x5D) else {
      return text
    }
    return TabularCell.trim(String(text[..<end].dropFirst()))
  }
}
