internal import ClewEvidence

/// How the number format of a cell shows a number: what decides whether it is a date.
enum CellFormat: Equatable, Sendable {
  case number
  /// Filled with zeros to so many digits.
  case padded(Int)
  /// A date, with a clock or without; `hasMillisecond` where the format shows parts of seconds.
  case date(hasClock: Bool, hasMillisecond: Bool)
  /// A clock or a duration without a date.
  case clock

  /// The formats that every workbook has without naming them, with their Chinese meanings.
  init(builtIn id: Int) {
    switch id {
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date(hasClock: false, hasMillisecond: false)
    case 18...21, 32...35, 45, 46, 55, 56: self = .clock
    case 47: self = .clock
    case 22: self = .date(hasClock: true, hasMillisecond: false)
    default: self = .number
    }
  }

  /// Reads a format code such as `yyyy"年"m"月"d"日" hh:mm:ss`.
  init(code: String) {
    let letters = Self.letters(of: code)
    func has(_ letter: String) -> Bool { letters.contains(Array(letter.utf8)[0]) }
    let hasClock = has("h") || has("s")
    let hasDay = has("y") || has("d") || (has("m") && !hasClock)
    if hasDay {
      self = .date(hasClock: hasClock, hasMillisecond: has("s") && has("0"))
    } else if hasClock {
      self = .clock
    } else if !letters.isEmpty, letters.allSatisfy({ $0 == 0x30 }), letters.count > 1 {
      self = .padded(letters.count)
    } else {
      self = .number
    }
  }

  /// The first section in lower case without quoted text, escapes, fillers and brackets; brackets
  /// around `h`, `m` and `s` count elapsed time and stay.
  private static func letters(of code: String) -> [UInt8] {
    var rest = Array(code.lowercased().utf8)[...]
    for (mark, plain) in [("am/pm", ""), ("a/p", "")] {
      rest = Array(AsciiText.string(rest).replacing(mark, with: plain).utf8)[...]
    }
    var letters: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: ";"): return letters
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): _ = rest.popFirst()
      case UInt8(ascii: "\""):
        while let quoted = rest.popFirst(), quoted != UInt8(ascii: "\"") {}
      case UInt8(ascii: "["):
        let inside = rest.prefix { $0 != UInt8(ascii: "]") }
        rest = rest.dropFirst(inside.count + 1)
        if inside.allSatisfy({ "hms".utf8.contains($0) }) { letters += inside }
      default: letters.append(byte)
      }
    }
    return letters
  }
}

/// Dates as spreadsheets count them: days since the end of 1899, or since 1904.
enum CellDate {
  /// The date in a number cell, `yyyy-MM-dd`, with ` HH:mm:ss` where the format or the number has a
  /// clock; `nil` when the number is no date.
  static func text(_ number: String, _ format: CellFormat, is1904: Bool) -> String? {
    guard let serial = Double(number), serial >= 0, serial < 2_958_466 else { return nil }
    switch format {
    case .number, .padded: return nil
    case .clock:
      guard let seconds = Int64(exactly: (serial * 86_400).rounded()) else { return nil }
      return serial < 1 || seconds < 100 * 3600 ? clock(seconds) : nil
    case .date(let hasClock, let hasMillisecond):
      let unit: Double = hasMillisecond ? 86_400_000 : 86_400
      guard let units = Int64(exactly: (serial * unit).rounded()) else { return nil }
      let perSecond: Int64 = hasMillisecond ? 1000 : 1
      let seconds = units / perSecond
      let (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
      guard let date = date(day, is1904: is1904) else { return nil }
      if !hasClock, rest == 0 { return date }
      let millisecond = units % perSecond
      return "\(date) \(clock(rest))" + (millisecond > 0 ? "." + padded(millisecond, 3) : "")
    }
  }

  private static func date(_ day: Int64, is1904: Bool) -> String? {
    // Day 60 is the 29th of February 1900, which never was; earlier days are one off.
    if !is1904, day < 61 { return nil }
    let civil = CivilTime.date(days: day - (is1904 ? 24_107 : 25_569))
    guard (1...9999).contains(civil.year) else { return nil }
    return [(civil.year, 4), (civil.month, 2), (civil.day, 2)]
      .map { padded(Int64($0.0), $0.1) }.joined(separator: "-")
  }

  private static func clock(_ seconds: Int64) -> String {
    "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
