/// Writes CSV that no spreadsheet mistakes for formulas.
///
/// RFC 4180 with line feeds. A cell whose first character could start a formula gets an apostrophe
/// in front and its row the mark `1` in the column `escaped`, the last one, so that a reader can
/// take the apostrophe off again.
struct CSVText {
  private(set) var text: String

  init(header: [String]) {
    text = (header + ["escaped"]).joined(separator: ",") + "\n"
  }

  mutating func add(_ cells: [String]) {
    var isEscaped = false
    let written = cells.map { cell -> String in
      guard let first = cell.unicodeScalars.first, Self.starters.contains(first) else {
        return Self.quoted(cell)
      }
      // Numbers below zero are numbers.
      if first == "-", Double(cell) != nil { return Self.quoted(cell) }
      isEscaped = true
      return Self.quoted("'" + cell)
    }
    text += (written + [isEscaped ? "1" : ""]).joined(separator: ",") + "\n"
  }

  private static let starters: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠",
  ]

  private static func quoted(_ cell: String) -> String {
    let needs = cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needs else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
