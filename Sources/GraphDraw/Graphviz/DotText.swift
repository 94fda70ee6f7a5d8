/// The rules of writing text and numbers into DOT.
enum DotText {
  /// A quoted label that Graphviz shows exactly as given.
  ///
  /// Every line passes through ``VisibleText/visible(_:)``; backslash, ampersand and quotation mark
  /// are escaped, as Graphviz would otherwise put other text in their place.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - end: How a line ends: `\n` centred, `\l` left, `\r` right.
  /// - Returns: The label with its quotation marks.
  static func label(_ lines: [String], end: String = "\\n") -> String {
    let escaped = lines.map(escape)
    let text = end == "\\n" ? escaped.joined(separator: end) : escaped.map { $0 + end }.joined()
    return "\"\(text)\""
  }

  private static func escape(_ line: String) -> String {
    var text = ""
    for scalar in VisibleText.visible(line).unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// A number with two digits after the point, whatever the locale.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let whole = hundredths.magnitude / 100
    let rest = hundredths.magnitude % 100
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    let digits = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
    return "\(sign)\(whole).\(digits)"
  }
}
