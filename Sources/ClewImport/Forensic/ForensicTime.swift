internal import ClewEvidence

/// Times as forensic tools write them, in the order of day and month that the report uses.
struct ForensicTime: Hashable, Sendable {
  /// Which of the two numbers before the year comes first.
  enum Order: Hashable, Sendable { case dayFirst, monthFirst }

  /// The order; `nil` where the report contradicts itself, so that only dates which cannot be read
  /// in two ways are taken.
  var order: Order? = .dayFirst
  /// Minutes by which a clock without zone is ahead of UTC, where the report states it elsewhere.
  var statedOffset: Int?

  /// Reads `yyyy-MM-dd`, `dd/MM/yyyy` or `dd-MMM-yy` with a clock of 24 or 12 hours and a zone
  /// (`Z`, `+08:00`, `(UTC+8)`, `UTC`); the whole text must be the time.
  ///
  /// A clock without any zone is UTC+8.
  func timestamp(_ text: String) -> Timestamp? {
    var scan = Scan(text)
    guard let parts = scan.date(), let clock = scan.clock(), let zone = scan.zone(), scan.isAtEnd
    else { return nil }
    let (year, month, day): (Int, Int, Int)
    switch parts {
    case .yearFirst(let a, let b, let c): (year, month, day) = (a, b, c)
    case .named(let a, let b, let c): (day, month, year) = (a, b, c)
    case .numeric(let a, let b, let c):
      year = c
      switch order {
      case .dayFirst: (day, month) = (a, b)
      case .monthFirst: (month, day) = (a, b)
      case nil:
        guard a > 12 || b > 12 || a == b else { return nil }
        (day, month) = a > 12 ? (a, b) : (b, a)
      }
    }
    let offset = zone.minutes ?? statedOffset
    return Timestamp(
      year: year,
      month: month,
      day: day,
      hour: clock.hour,
      minute: clock.minute,
      second: clock.second,
      millisecond: clock.millisecond,
      offsetMinutes: offset ?? 480,
      zone: offset == nil ? .assumedShanghai : .stated
    )
  }

  /// The first two numbers of a date that does not begin with its year; `nil` for all else.
  static func ambiguousPair(_ text: String) -> (Int, Int)? {
    var scan = Scan(text)
    guard case .numeric(let first, let second, _)? = scan.date() else { return nil }
    return (first, second)
  }
}

/// Learns from all dates of a report which number is the day.
struct ForensicDateOrder {
  private var hasDayFirst = false
  private var hasMonthFirst = false
  private var hasAny = false

  /// Looks at one date.
  mutating func see(_ text: String) {
    guard let (first, second) = ForensicTime.ambiguousPair(text) else { return }
    hasAny = true
    // A date that cannot be one tells nothing.
    if (13...31).contains(first), (1...12).contains(second) { hasDayFirst = true }
    if (13...31).contains(second), (1...12).contains(first) { hasMonthFirst = true }
  }

  /// The order that the dates show; day first where all can be read both ways.
  var order: ForensicTime.Order? {
    if hasDayFirst, hasMonthFirst { return nil }
    return hasMonthFirst ? .monthFirst : .dayFirst
  }

  /// The same for reports that usually write the month first.
  var orderMonthFirst: ForensicTime.Order? {
    if hasDayFirst, hasMonthFirst { return nil }
    return hasDayFirst ? .dayFirst : .monthFirst
  }

  /// What the log of decisions says; `nil` where no date needs it.
  var decision: String? {
    guard hasAny else { return nil }
    switch (hasDayFirst, hasMonthFirst) {
    case (true, true): return "contradictory; dates that can be read in two ways are rejected"
    case (true, false): return "day first, as the dates show"
    case (false, true): return "month first, as the dates show"
    case (false, false): return "day first, assumed: every date can be read in two ways"
    }
  }
}

/// A place in the bytes of a time.
private struct Scan {
  enum DateParts {
    case yearFirst(Int, Int, Int)
    case named(Int, Int, Int)
    case numeric(Int, Int, Int)
  }

  private var rest: ArraySlice<UInt8>

  init(_ text: String) {
    var bytes = Array(TabularCell.trim(text).lowercased().utf8)
    for (word, mark) in [("上午", " am "), ("下午", " pm ")] {
      guard let text = String(validating: bytes, as: UTF8.self), text.contains(word) else {
        continue
      }
      // 12-hour clocks in Chinese stand before the hour.
      bytes = Array((text.replacing(word, with: " ") + mark).utf8)
    }
    rest = bytes.count <= 96 ? bytes[...] : []
  }

  var isAtEnd: Bool {
    rest.allSatisfy { $0 == 0x20 }
  }

  mutating func date() -> DateParts? {
    guard let first = number(1...4) else { return nil }
    let digits = first.digits
    guard let mark = one(of: "-/.") else { return nil }
    if digits == 4 {
      guard let month = number(1...2), one(of: [mark]) != nil, let day = number(1...2) else {
        return nil
      }
      return .yearFirst(first.value, month.value, day.value)
    }
    guard digits <= 2 else { return nil }
    if let month = monthName() {
      guard one(of: [mark]) != nil, let year = year() else { return nil }
      return .named(first.value, month, year)
    }
    guard let second = number(1...2), one(of: [mark]) != nil, let year = year() else { return nil }
    return .numeric(first.value, second.value, year)
  }

  mutating func clock() -> (hour: Int, minute: Int, second: Int, millisecond: Int)? {
    _ = one(of: ",t")
    spaces()
    guard let hour = number(1...2) else { return isZoneOrEnd ? (0, 0, 0, 0) : nil }
    guard one(of: ":") != nil, let minute = number(2...2) else { return nil }
    var second = 0
    var millisecond = 0
    if one(of: ":") != nil {
      guard let value = number(2...2) else { return nil }
      second = value.value
      if one(of: ".,") != nil {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded =
          Array(digits.prefix(3)) + [UInt8](repeating: 0x30, count: max(0, 3 - digits.count))
        millisecond = padded.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      }
    }
    var value = hour.value
    spaces()
    if let isAfternoon = half() {
      guard (1...12).contains(value) else { return nil }
      value = value % 12 + (isAfternoon ? 12 : 0)
    }
    return (value, minute.value, second, millisecond)
  }

  /// The zone; no minutes where none is written, `nil` where it cannot be read.
  mutating func zone() -> (minutes: Int?, Void)? {
    spaces()
    let isOpen = one(of: "(") != nil
    spaces()
    if rest.isEmpty { return isOpen ? nil : (nil, ()) }
    var hasName = false
    for name in ["utc", "gmt", "z"] where rest.starts(with: name.utf8) {
      rest = rest.dropFirst(name.utf8.count)
      hasName = true
      break
    }
    var minutes = 0
    if let sign = one(of: "+-") {
      guard let hours = number(1...2) else { return nil }
      let hasColon = one(of: ":") != nil
      let extra =
        hasColon || rest.first.map { (0x30...0x39).contains($0) } == true ? number(2...2) : (0, 0)
      guard let extra, extra.value < 60, hours.value <= 18 else { return nil }
      minutes = (hours.value * 60 + extra.value) * (sign == UInt8(ascii: "-") ? -1 : 1)
    } else if !hasName {
      return nil
    }
    if isOpen, one(of: ")") == nil { return nil }
    return (minutes, ())
  }

  private var isZoneOrEnd: Bool {
    guard let first = rest.first else { return true }
    return first == UInt8(ascii: "(") || first == UInt8(ascii: "u") || first == UInt8(ascii: "z")
  }

  private mutating func half() -> Bool? {
    for (word, isAfternoon) in [("am", false), ("pm", true)] where rest.starts(with: word.utf8) {
      rest = rest.dropFirst(2)
      return isAfternoon
    }
    return nil
  }

  private mutating func year() -> Int? {
    guard let year = number(2...4), year.digits != 3 else { return nil }
    if year.digits == 4 { return year.value }
    return year.value + (year.value >= 70 ? 1900 : 2000)
  }

  private mutating func monthName() -> Int? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    let letters = rest.prefix { (0x61...0x7A).contains($0) }
    guard letters.count >= 3, letters.count <= 9 else { return nil }
    guard let month = names.firstIndex(where: { letters.starts(with: $0.utf8) }) else { return nil }
    rest = rest.dropFirst(letters.count)
    return month + 1
  }

  private mutating func number(_ lengths: ClosedRange<Int>) -> (value: Int, digits: Int)? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }.prefix(lengths.upperBound)
    guard lengths.contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, digits.count)
  }

  private mutating func one(of marks: String) -> UInt8? { one(of: Array(marks.utf8)) }

  private mutating func one(of marks: [UInt8]) -> UInt8? {
    guard let byte = rest.first, marks.contains(byte) else { return nil }
    rest = rest.dropFirst()
    return byte
  }

  private mutating func spaces() { rest = rest.drop { $0 == 0x20 } }
}
