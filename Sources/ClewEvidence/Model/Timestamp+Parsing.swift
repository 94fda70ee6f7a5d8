extension Timestamp {
  /// The years that a time in evidence may have.
  static let plausibleYears = 1970...2099

  /// Makes a time from a wall clock and its distance from UTC.
  ///
  /// The result is `nil` for a date or clock that does not exist (02-30, 24:00) and for years
  /// before 1970 or after 2099.
  /// `offsetMinutes` are the minutes by which the clock is ahead of UTC, and `zone` says how that
  /// distance is known.
  public init?(
    year: Int,
    month: Int,
    day: Int,
    hour: Int = 0,
    minute: Int = 0,
    second: Int = 0,
    millisecond: Int = 0,
    offsetMinutes: Int = 480,
    zone: Zone = .assumedShanghai
  ) {
    guard Self.plausibleYears.contains(year),
      CivilTime.isDate(year: year, month: month, day: day),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      (0...999).contains(millisecond), (-1080...1080).contains(offsetMinutes)
    else { return nil }
    let days = CivilTime.days(year: year, month: month, day: day)
    let clock = Int64((hour * 60 + minute - offsetMinutes) * 60 + second)
    self.init(
      milliseconds: (days * 86_400 + clock) * 1000 + Int64(millisecond),
      zone: zone
    )
  }

  /// Reads a time as the tables write it; the whole text must be the time.
  ///
  /// Accepts `yyyy-MM-dd[ H:mm[:ss[.fff]]]` with `-`, `/`, `.` or 年月日, a `T` between date and
  /// clock, an offset (`Z`, `UTC`, `+08:00`, Go's `+0800 CST`), 8, 10, 12 or 14 digits
  /// (`yyyyMMddHHmmss`), a spreadsheet's serial day, and Unix seconds (9 or 10 digits) or
  /// milliseconds (13 digits). Ten digits from 1990010100 on that form a date are a date; as
  /// seconds they would lie after January 2033. A wall clock without offset is UTC+8.
  public init?(parsing text: String) {
    let bytes = Self.plain(AccountText.fold(text))
    guard let first = bytes.first, first.isDigit, bytes.count <= 64 else { return nil }
    if AccountText.isDigits(bytes) {
      self.init(digits: bytes)
    } else if let serial = Self.serialDay(bytes) {
      self = serial
    } else {
      var cursor = ClockCursor(bytes)
      guard let time = cursor.takeTime() else { return nil }
      self = time
    }
  }

  /// Chinese date marks as ASCII ones.
  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
    let marks: [(String, String)] = [
      ("年", "-"), ("月", "-"), ("日", " "), ("时", ":"), ("時", ":"), ("点", ":"), ("分", ":"),
      ("秒", ""),
    ]
    var text = AccountText.string(bytes)
    for (mark, plain) in marks { text = text.replacing(mark, with: plain) }
    var plain = AccountText.trim(Array(text.utf8))
    if plain.last == UInt8(ascii: ":") { plain.removeLast() }
    return plain
  }

  private init?(digits: [UInt8]) {
    func number(_ range: Range<Int>) -> Int {
      digits[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    func date(_ hour: Int, _ minute: Int, _ second: Int) -> Timestamp? {
      Timestamp(
        year: number(0..<4),
        month: number(4..<6),
        day: number(6..<8),
        hour: hour,
        minute: minute,
        second: second
      )
    }
    let time: Timestamp?
    switch digits.count {
    case 5: time = Self.serialDay(digits)
    case 8: time = date(0, 0, 0)
    case 9: time = Timestamp(milliseconds: Int64(number(0..<9)) * 1000)
    case 10 where number(0..<10) >= 1_990_010_100: time = date(number(8..<10), 0, 0)
    case 10: time = Timestamp(milliseconds: Int64(number(0..<10)) * 1000)
    case 12: time = date(number(8..<10), number(10..<12), 0)
    case 13:
      let epoch = Timestamp(milliseconds: Int64(number(0..<13)))
      time = epoch.milliseconds < 4_102_444_800_000 ? epoch : nil
    case 14: time = date(number(8..<10), number(10..<12), number(12..<14))
    default: time = nil
    }
    guard let time else { return nil }
    self = time
  }

  /// Days since 1899-12-30 with an optional fraction, from 1990 to 2099.
  private static func serialDay(_ bytes: [UInt8]) -> Timestamp? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, whole.count == 5,
      AccountText.isDigits(whole)
    else { return nil }
    let day = whole.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    guard (32_874...73_050).contains(day) else { return nil }
    var millisecond: Int64 = 0
    if parts.count == 2 {
      guard AccountText.isDigits(parts[1]) else { return nil }
      // Ten decimals of a day are 8.64 microseconds: more cannot matter.
      let decimals = parts[1].prefix(10)
      let fraction = decimals.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
      let scale = decimals.reduce(Int64(1)) { scale, _ in scale * 10 }
      // Spreadsheets round to the second; so does the fraction here.
      millisecond = (fraction * 86_400 + scale / 2) / scale * 1000
    }
    return Timestamp(
      milliseconds: ((day - 25_569) * 86_400 - 28_800) * 1000 + millisecond,
      zone: .assumedShanghai
    )
  }
}

/// A place in the bytes of a date and clock.
private struct ClockCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func takeTime() -> Timestamp? {
    guard let year = takeNumber(4...4), let mark = takeOne(of: "-/."),
      let month = takeNumber(1...2), takeOne(of: [mark]) != nil, let day = takeNumber(1...2)
    else { return nil }
    var clock = (hour: 0, minute: 0, second: 0, millisecond: 0)
    var offset: Int?
    if takeOne(of: "Tt \t") != nil {
      skipSpaces()
      if !rest.isEmpty {
        guard let taken = takeClock() else { return nil }
        clock = taken
        guard takeZone(&offset) else { return nil }
      }
    }
    guard rest.isEmpty else { return nil }
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

  private mutating func takeClock() -> (hour: Int, minute: Int, second: Int, millisecond: Int)? {
    guard let hour = takeNumber(1...2), takeOne(of: ":") != nil, let minute = takeNumber(2...2)
    else { return nil }
    guard takeOne(of: ":") != nil else { return (hour, minute, 0, 0) }
    guard let second = takeNumber(2...2) else { return nil }
    guard takeOne(of: ".,") != nil else { return (hour, minute, second, 0) }
    let digits = rest.prefix(while: \.isDigit)
    guard (1...9).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let padded = digits.prefix(3) + Array(repeating: 0x30, count: max(0, 3 - digits.count))
    return (hour, minute, second, padded.reduce(0) { $0 * 10 + Int($1 - 0x30) })
  }

  /// Takes the zone, if one is written; `false` when it cannot be read.
  ///
  /// A name alone such as CST is refused: it means UTC+8 here and UTC-6 elsewhere.
  private mutating func takeZone(_ offset: inout Int?) -> Bool {
    skipSpaces()
    if rest.isEmpty { return true }
    for name in ["Z", "z", "UTC", "GMT"] where rest.starts(with: name.utf8) {
      rest = rest.dropFirst(name.utf8.count)
      offset = 0
      if rest.isEmpty { return true }
      guard name.utf8.count == 3 else { return false }
    }
    guard let sign = takeOne(of: "+-"), let hours = takeNumber(1...2) else { return false }
    _ = takeOne(of: ":")
    let minutes = rest.first?.isDigit == true ? takeNumber(2...2) : 0
    guard let minutes, minutes < 60 else { return false }
    let distance = hours * 60 + minutes
    offset = sign == UInt8(ascii: "-") ? -distance : distance
    skipSpaces()
    let name = rest.prefix { $0 >= 0x41 && $0 <= 0x5A }
    guard name.count == rest.count, name.count <= 5 else { return false }
    rest = rest.dropFirst(name.count)
    return true
  }

  private mutating func takeNumber(_ lengths: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(while: \.isDigit).prefix(lengths.upperBound)
    guard lengths.contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private mutating func takeOne(of marks: String) -> UInt8? { takeOne(of: Array(marks.utf8)) }

  private mutating func takeOne(of marks: [UInt8]) -> UInt8? {
    guard let byte = rest.first, marks.contains(byte) else { return nil }
    rest = rest.dropFirst()
    return byte
  }

  private mutating func skipSpaces() { rest = rest.drop { $0 == 0x20 } }
}
