/// Wall clock of the invented world: UTC+8, no summer time, times in milliseconds since 1970.
enum Clock {
  static let second: Int64 = 1000
  static let minute: Int64 = 60_000
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000
  private static let zone: Int64 = 8 * 3_600_000

  /// Midnight in Shanghai of a day.
  static func midnight(_ year: Int, _ month: Int, _ date: Int) -> Int64 {
    Int64(daysFromCivil(year, month, date)) * day - zone
  }

  /// The milliseconds since the last midnight.
  static func timeOfDay(_ time: Int64) -> Int64 {
    let rest = (time + zone) % day
    return rest < 0 ? rest + day : rest
  }

  /// `2023-03-01 09:05:07`
  static func stamp(_ time: Int64) -> String {
    "\(date(time)) \(two(hour(time))):\(two(part(time, minute) % 60)):\(two(part(time, second) % 60))"
  }

  /// `2023-03-01 9:05:07`, as the QQ client writes it.
  static func unpaddedStamp(_ time: Int64) -> String {
    "\(date(time)) \(hour(time)):\(two(part(time, minute) % 60)):\(two(part(time, second) % 60))"
  }

  /// `2023-03-01`
  static func date(_ time: Int64) -> String {
    let (year, month, day) = civil(time)
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// `20230301`
  static func compactDate(_ time: Int64) -> String {
    let (year, month, day) = civil(time)
    return "\(year)\(two(month))\(two(day))"
  }

  static func hour(_ time: Int64) -> Int { part(time, hour) }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  static func civil(_ time: Int64) -> (year: Int, month: Int, day: Int) {
    let days = Int((time + zone - timeOfDay(time)) / day)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let date = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, date)
  }

  private static func part(_ time: Int64, _ unit: Int64) -> Int { Int(timeOfDay(time) / unit) }

  private static func daysFromCivil(_ year: Int, _ month: Int, _ date: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
