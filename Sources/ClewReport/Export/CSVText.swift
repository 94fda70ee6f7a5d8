/// Writes CSV that no spreadsheet mistakes for formulas.
///
/// RFC 4180 with line feeds. A cell whose first character could start a formula, or is an apostrophe,
/// gets an apostrophe in front and its row the mark `1` in the column `escaped`, the last one: in
/// such a row a reader takes one apostrophe off every cell that begins with one.
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
      if first == "-", Self.isNumber(cell.utf8.dropFirst()) { return cell }
      isEscaped = true
      return Self.quoted("'" + cell)
    }
    text += (written + [isEscaped ? "1" : ""]).joined(separator: ",") + "\n"
  }

  private static let starters: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠",
  ]

  private static func isNumber(_ digits: Substring.UTF8View) -> Bool {
    !digits.isEmpty && digits.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
  }

  private static func quoted(_ cell: String) -> String {
    let needs = cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needs else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
