/// Several texts in one column, parted by a control character.
///
/// A part may hold any character, the separators too: evidence does. Texts without control
/// characters are written as they are.
enum PackedText {
  /// Parts the texts of a list.
  static let unit: Unicode.Scalar = "\u{1F}"
  /// Parts rows of lists.
  static let record: Unicode.Scalar = "\u{1E}"
  private static let escape: Unicode.Scalar = "\u{10}"
  private static let escaped: [Unicode.Scalar: Unicode.Scalar] = [
    escape: "0", unit: "1", record: "2",
  ]

  /// Writes texts as one.
  static func join(_ parts: [String], by separator: Unicode.Scalar = unit) -> String {
    if parts.count == 1, let only = parts.first, isPlain(only) { return only }
    if parts.allSatisfy(isPlain) { return parts.joined(separator: String(separator)) }
    var out = String.UnicodeScalarView()
    for (place, part) in parts.enumerated() {
      if place > 0 { out.append(separator) }
      for scalar in part.unicodeScalars {
        if let letter = escaped[scalar] {
          out.append(escape)
          out.append(letter)
        } else {
          out.append(scalar)
        }
      }
    }
    return String(out)
  }

  /// Whether the text has none of the control characters.
  private static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains { $0 == 0x10 || $0 == 0x1E || $0 == 0x1F }
  }

  /// Reads what ``join(_:by:)`` wrote.
  static func split(_ text: String, by separator: Unicode.Scalar = unit) -> [String] {
    text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false).map { part in
      guard part.contains(escape) else { return String(part) }
      var out = String.UnicodeScalarView()
      var isEscaped = false
      for scalar in part {
        if isEscaped {
          out.append(escaped.first { $0.value == scalar }?.key ?? scalar)
          isEscaped = false
        } else if scalar == escape {
          isEscaped = true
        } else {
          out.append(scalar)
        }
      }
      return String(out)
    }
  }
}
