internal import ClewChain
internal import ClewEvidence
internal import GraphDraw

/// How findings are written for people: money, roles, tiers, columns.
public enum PlainText {
  /// An amount in yuan with two places and separators, such as `1,234.50`.
  public static func yuan(_ fen: Int64) -> String {
    let sign = fen < 0 ? "-" : ""
    let cents = fen.magnitude % 100
    return sign + grouped(Int64(clamping: fen.magnitude / 100)) + (cents < 10 ? ".0" : ".")
      + "\(cents)"
  }

  /// A whole number with separators.
  public static func grouped(_ number: some BinaryInteger) -> String {
    let digits = "\(number.magnitude)"
    var out = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return (number < 0 ? "-" : "") + out
  }

  /// Text from evidence for a terminal: controls and direction marks become visible, long text is
  /// cut.
  public static func safe(_ text: String, limit: Int = 120) -> String {
    let visible = VisibleText.visible(
      text.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
    )
    guard visible.count > limit else { return visible }
    return visible.prefix(limit) + "…"
  }

  /// The text padded to a width in terminal cells; Chinese characters take two.
  public static func padded(_ text: String, to width: Int) -> String {
    let cells = text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    return text + String(repeating: " ", count: max(0, width - cells))
  }

  /// A table with aligned columns and two spaces between them.
  public static func table(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        let cells = cell.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cells)
      }
    }
    return rows.map { row in
      var line = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : padded(cell, to: widths[column])
      }.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
