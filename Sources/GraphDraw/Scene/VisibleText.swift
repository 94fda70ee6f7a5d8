/// Text as a picture may show it: nothing hidden, nothing reversed, nothing too long.
public enum VisibleText {
  /// Writes out every character that cannot be seen or that changes how its neighbours are shown.
  ///
  /// Control characters, direction marks, zero-width characters, separators and noncharacters
  /// become their number, as in `⟦202E⟧`. Tabs and line breaks become a space.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The text with every character visible; unchanged when all of them were.
  public static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" || scalar == "\n" || scalar == "\r" {
        shown.append(" ")
      } else if isHidden(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        shown.append(contentsOf: "⟦\(padding)\(digits)⟧".unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// The width of a text in points: wide characters count one em, the others 0.56.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - size: The font size in points.
  /// - Returns: Points; an estimate that is a little too large for most text.
  public static func width(of text: String, size: Double) -> Double {
    text.reduce(0) { $0 + ems(of: $1) } * size
  }

  /// Makes the text visible and cuts it to a width.
  ///
  /// - Parameters:
  ///   - text: Any text, of any length.
  ///   - width: The width to keep to, in points.
  ///   - size: The font size in points.
  /// - Returns: The visible text, with `…` at its end where something was cut.
  public static func truncated(_ text: String, to width: Double, size: Double) -> String {
    // No box holds more than a few hundred characters, so a longer text need not be read.
    let head = visible(String(text.unicodeScalars.prefix(longestText)))
    let isCut = text.unicodeScalars.dropFirst(longestText).first != nil
    if !isCut && Self.width(of: head, size: size) <= width { return head }
    var used = size
    var kept = ""
    for character in head {
      used += ems(of: character) * size
      if used > width || kept.unicodeScalars.count > longestText { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Code points of a text that are ever looked at.
  private static let longestText = 400

  private static func ems(of character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    // A pile of combining marks is one character on screen but not one code point wide in a file;
    // every mark past the fourth counts, so that such a pile is cut.
    let marks = Double(max(0, character.unicodeScalars.count - 5)) * 0.56
    return (isWide(scalar) ? 1 : 0.56) + marks
  }

  static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2014, 0x2026, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF,
      0x20000...0x3FFFF, 0x27E6, 0x27E7, 0x2600...0x27BF:
      true
    default: false
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5,
      0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164,
      0xFE00...0xFE0E, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xFDD0...0xFDEF, 0xE000...0xF8FF,
      0xE0000...0xE0FFF, 0xF0000...0x10FFFF:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}
