extension Timestamp {
  /// The moment in UTC by ISO 8601, with milliseconds only where there are some.
  public var iso: String { Self.text(milliseconds, separator: "T") + "Z" }

  /// The wall clock of UTC+8, `yyyy-MM-dd HH:mm:ss`, with milliseconds only where there are some.
  public var shanghai: String {
    let (local, isOverflow) = milliseconds.addingReportingOverflow(28_800_000)
    return Self.text(isOverflow ? milliseconds : local, separator: " ")
  }

  private static func text(_ milliseconds: Int64, separator: String) -> String {
    // The day is not multiplied again: the first day of all begins before the smallest number.
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    let day = remainder < 0 ? quotient - 1 : quotient
    let rest = Int(remainder < 0 ? remainder + 86_400_000 : remainder)
    let date = CivilTime.date(days: day)
    let clock = rest / 1000
    var text = pad(date.year, 4) + "-" + pad(date.month, 2) + "-" + pad(date.day, 2) + separator
    text += pad(clock / 3600, 2) + ":" + pad(clock / 60 % 60, 2) + ":" + pad(clock % 60, 2)
    if rest % 1000 != 0 { text += "." + pad(rest % 1000, 3) }
    return text
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let digits = String(value.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
    return (value < 0 ? "-" : "") + zeros + digits
  }
}
