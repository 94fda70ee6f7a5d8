internal import ClewEvidence

/// The beginning of a message in WhatsApp's text export: `05/03/2024, 20:35 - ` on Android,
/// `[2024/3/5 下午8:36:10] ` on an iPhone.
///
/// How dates, clocks and marks are written depends on the phone's language but is the same in the
/// whole file; ``style`` tells two ways apart.
struct WhatsAppHeader {
  /// The way in which a header is written.
  struct Style: Hashable {
    let hasBrackets: Bool
    let isYearFirst: Bool
    let mark: UInt8
    let hasComma: Bool
    let hasSeconds: Bool
    let hasHalfDays: Bool
  }

  let style: Style
  /// The three numbers of the date in the order of the line.
  let date: (Int, Int, Int)
  /// Seconds since midnight.
  let clock: Int
  /// What follows the header: name and text, or a system note.
  let rest: ArraySlice<UInt8>

  /// Reads the beginning of a line, or `nil` when it is none of a message.
  init?(_ line: String) {
    // Most lines of long texts begin with a letter.
    guard let lead = line.utf8.first,
      lead == UInt8(ascii: "[") || lead >= 0x80
        || (0x30...0x39).contains(lead)
    else { return nil }
    var cursor = Cursor(rest: Array(line.utf8)[...])
    cursor.skipMarks()
    let hasBrackets = cursor.take("[")
    guard let first = cursor.number(1...4), let mark = cursor.one(of: "/.-"),
      let second = cursor.number(1...2), cursor.one(of: [mark]) != nil,
      let third = cursor.number(1...4)
    else { return nil }
    let isYearFirst = first.digits == 4
    guard isYearFirst ? third.digits <= 2 : first.digits <= 2 && [2, 4].contains(third.digits)
    else { return nil }
    if isYearFirst == false, mark == UInt8(ascii: "."), cursor.take(".") { return nil }
    let hasComma = cursor.take(",")
    guard cursor.skipSpaces() else { return nil }
    let part = cursor.dayPart()
    guard let hour = cursor.number(1...2), let colon = cursor.one(of: ":."),
      let minute = cursor.number(2...2)
    else { return nil }
    var seconds: Int?
    if cursor.one(of: [colon]) != nil {
      guard let number = cursor.number(2...2) else { return nil }
      seconds = number.value
    }
    let half = cursor.halfDay()
    guard part == nil || half == nil,
      let hours = Self.hours(hour.value, part: part, half: half), minute.value < 60,
      seconds ?? 0 < 60, cursor.takeEnd(hasBrackets: hasBrackets)
    else { return nil }
    style = Style(
      hasBrackets: hasBrackets,
      isYearFirst: isYearFirst,
      mark: mark,
      hasComma: hasComma,
      hasSeconds: seconds != nil,
      hasHalfDays: part != nil || half != nil
    )
    date = (first.value, second.value, third.value)
    clock = hours * 3600 + minute.value * 60 + (seconds ?? 0)
    rest = cursor.rest
  }

  /// The name before the first `: `, and the text behind it; `nil` for a system note.
  ///
  /// A name may be a number, and may stand between marks of direction or behind a `~`.
  var spoken: (name: String, text: String)? {
    var index = rest.startIndex
    while index < rest.endIndex, index - rest.startIndex <= 400 {
      if rest[index] == UInt8(ascii: ":"),
        index + 1 == rest.endIndex || rest[index + 1] == UInt8(ascii: " ")
      {
        var cursor = Cursor(rest: rest[rest.startIndex..<index])
        cursor.skipMarks()
        if cursor.take("~") { _ = cursor.skipSpaces() }
        let name = Self.withoutMarks(cursor.rest)
        let text = rest[min(index + 2, rest.endIndex)...]
        return name.isEmpty ? nil : (name, String(validating: text, as: UTF8.self) ?? "")
      }
      index += 1
    }
    return nil
  }

  /// All that follows the header.
  var note: String { String(validating: rest, as: UTF8.self) ?? "" }

  /// The moment, if the date exists in this order of day and month.
  func time(monthFirst: Bool) -> Timestamp? {
    let (year, month, day) =
      style.isYearFirst
      ? (date.0, date.1, date.2)
      : monthFirst ? (date.2, date.0, date.1) : (date.2, date.1, date.0)
    return Timestamp(
      year: year < 100 ? year + 2000 : year,
      month: month,
      day: day,
      hour: clock / 3600,
      minute: clock / 60 % 60,
      second: clock % 60
    )
  }

  private static func withoutMarks(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(validating: bytes, as: UTF8.self) ?? ""
    let scalars = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The hour of the day.
  private static func hours(_ hour: Int, part: DayPart?, half: DayPart?) -> Int? {
    switch part ?? half {
    case nil: return hour < 24 ? hour : nil
    case .morning: return (1...12).contains(hour) ? hour % 12 : hour == 0 ? 0 : nil
    case .noon: return hour == 11 || hour == 12 ? hour : (1...2).contains(hour) ? hour + 12 : nil
    case .afternoon: return (1...12).contains(hour) ? hour % 12 + 12 : nil
    }
  }

  /// The part of the day that a clock of twelve hours needs.
  enum DayPart { case morning, noon, afternoon }

  /// A place in the line.
  private struct Cursor {
    var rest: ArraySlice<UInt8>

    mutating func take(_ mark: String) -> Bool {
      guard rest.starts(with: mark.utf8) else { return false }
      rest = rest.dropFirst(mark.utf8.count)
      return true
    }

    mutating func one(of marks: String) -> UInt8? { one(of: Array(marks.utf8)) }

    mutating func one(of marks: [UInt8]) -> UInt8? {
      guard let byte = rest.first, marks.contains(byte) else { return nil }
      rest = rest.dropFirst()
      return byte
    }

    mutating func number(_ lengths: ClosedRange<Int>) -> (value: Int, digits: Int)? {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard lengths.contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, digits.count)
    }

    /// Invisible marks of direction, and a byte order mark.
    mutating func skipMarks() {
      while ["\u{200E}", "\u{200F}", "\u{202A}", "\u{202C}", "\u{FEFF}"].contains(where: {
        take($0)
      }) {}
    }

    /// Plain, no-break and narrow spaces.
    mutating func skipSpaces() -> Bool {
      var found = false
      while [" ", "\u{A0}", "\u{202F}"].contains(where: { take($0) }) { found = true }
      return found
    }

    mutating func dayPart() -> DayPart? {
      for (word, part) in WhatsAppHeader.dayParts where take(word) {
        _ = skipSpaces()
        return part
      }
      return nil
    }

    /// `AM`, `p.m.` or `p. m.` behind the clock.
    mutating func halfDay() -> DayPart? {
      var ahead = self
      guard ahead.skipSpaces(), let letter = ahead.one(of: "aApP") else { return nil }
      _ = ahead.take(".")
      _ = ahead.skipSpaces()
      guard ahead.one(of: "mM") != nil else { return nil }
      _ = ahead.take(".")
      self = ahead
      return letter | 0x20 == UInt8(ascii: "a") ? .morning : .afternoon
    }

    mutating func takeEnd(hasBrackets: Bool) -> Bool {
      if hasBrackets { return take("] ") || (take("]") && rest.isEmpty) }
      return take(" - ") || (take(" -") && rest.isEmpty)
    }
  }

  private static let dayParts: [(String, DayPart)] = [
    ("凌晨", .morning), ("清晨", .morning), ("早上", .morning), ("上午", .morning),
    ("中午", .noon), ("下午", .afternoon), ("傍晚", .afternoon), ("晚上", .afternoon),
  ]
}
