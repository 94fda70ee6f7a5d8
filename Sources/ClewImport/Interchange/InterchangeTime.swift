internal import ClewEvidence

/// Times as analysis tools write them.
enum InterchangeTime {
  /// A time that was read; `nil` where only a year or a month is stated, which is no moment.
  struct Reading {
    let value: Timestamp?
  }

  /// Reads a time.
  ///
  /// - Parameters:
  ///   - text: ISO 8601, also with a zone's name in brackets, also a year or month alone.
  ///   - offsetMinutes: What a clock without offset is in this format; `nil` assumes UTC+8.
  /// - Returns: `nil` when the text is no time.
  static func time(_ text: String, offsetMinutes: Int? = nil) -> Reading? {
    var bytes = Array(TabularCell.trim(text).utf8)
    // `2024-03-02T20:18:00+08:00[Asia/Shanghai]`: the offset says it already.
    if bytes.last == UInt8(ascii: "]"), let open = bytes.lastIndex(of: UInt8(ascii: "[")) {
      bytes.removeSubrange(open...)
    }
    guard let plain = String(validating: bytes, as: UTF8.self) else { return nil }
    if isPartial(bytes) { return Reading(value: nil) }
    guard let time = Timestamp(parsing: plain) else { return nil }
    guard let offsetMinutes, time.zone == .assumedShanghai else { return Reading(value: time) }
    let shift = Int64(480 - offsetMinutes) * 60_000
    return Reading(value: Timestamp(milliseconds: time.milliseconds + shift, zone: .stated))
  }

  /// `2024` or `2024-03`.
  private static func isPartial(_ bytes: [UInt8]) -> Bool {
    let isYear = bytes.prefix(4).allSatisfy { (0x30...0x39).contains($0) }
    if bytes.count == 4 { return isYear }
    guard bytes.count == 7, isYear, bytes[4] == UInt8(ascii: "-") else { return false }
    let month = bytes[5...].compactMap { (0x30...0x39).contains($0) ? Int($0 - 0x30) : nil }
    return month.count == 2 && (1...12).contains(month[0] * 10 + month[1])
  }
}
