internal import ClewEvidence

/// Times as the databases of phones count them; one unit for each column, never a guess.
///
/// What lies outside of 1990 to 2099 is no time of a phone: seconds in a column of milliseconds
/// would give 1970, and are refused rather than moved.
enum PhoneTime {
  private static let plausible: Range<Int64> = 631_152_000_000..<4_102_444_800_000
  /// Seconds from 1970 to 2001, where Apple's clock begins.
  private static let appleEpoch: Int64 = 978_307_200
  /// Above this a message date of Apple is in nanoseconds.
  private static let nanoseconds: Int64 = 1_000_000_000_000_000

  /// Milliseconds since 1970.
  static func milliseconds(_ value: Int64?) -> Timestamp? {
    guard let value, plausible.contains(value) else { return nil }
    return Timestamp(milliseconds: value)
  }

  /// Seconds since 1970.
  static func seconds(_ value: Int64?) -> Timestamp? {
    guard let value else { return nil }
    let (product, isOverflow) = value.multipliedReportingOverflow(by: 1000)
    return isOverflow ? nil : milliseconds(product)
  }

  /// Seconds since 2001, with a fraction or without, as the text of a cell.
  static func appleSeconds(_ text: String?) -> Timestamp? {
    guard let text else { return nil }
    if let whole = Int64(text) { return seconds(shifted(whole)) }
    guard let value = Double(text), value.isFinite, value.magnitude < 1e11,
      let milliseconds = Int64(exactly: (value * 1000).rounded())
    else { return nil }
    let (sum, isOverflow) = milliseconds.addingReportingOverflow(appleEpoch * 1000)
    return isOverflow ? nil : self.milliseconds(sum)
  }

  /// Seconds or nanoseconds since 2001: a message table holds both after a move to a new phone.
  static func appleMessage(_ text: String?) -> Timestamp? {
    guard let text, let value = Int64(text) else { return appleSeconds(text) }
    guard value > nanoseconds else { return appleSeconds(text) }
    let (sum, isOverflow) = (value / 1_000_000).addingReportingOverflow(appleEpoch * 1000)
    return isOverflow ? nil : milliseconds(sum)
  }

  /// Whole seconds of a duration that may have a fraction; `nil` when it is none.
  static func duration(_ text: String?) -> Int64? {
    guard let text, !text.isEmpty else { return 0 }
    if let whole = Int64(text) { return whole >= 0 ? whole : nil }
    guard let value = Double(text), value.isFinite, value >= 0, value < 1e9 else { return nil }
    return Int64(exactly: value.rounded())
  }

  private static func shifted(_ value: Int64) -> Int64? {
    let (sum, isOverflow) = value.addingReportingOverflow(appleEpoch)
    return isOverflow ? nil : sum
  }
}
