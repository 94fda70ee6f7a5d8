/// How long a call took, in the spellings of telephone companies.
enum CallLength {
  /// Reads `65`, `01:05`, `00:01:05`, `1小时2分3秒`, `65秒`.
  static func seconds(_ text: String) -> Int64? {
    var plain = text
    for (mark, colon) in [("小时", "h"), ("时", "h"), ("分钟", "m"), ("分", "m"), ("秒", "s")] {
      plain = plain.replacing(mark, with: colon)
    }
    if let count = Int64(plain) { return count >= 0 ? count : nil }
    var bytes = Array(plain.utf8)[...]
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if parts.count == 2 || parts.count == 3 {
      var total: Int64 = 0
      for part in parts {
        guard (1...4).contains(part.count), let count = Int64(AsciiText.string(part)), count >= 0
        else { return nil }
        total = total * 60 + count
      }
      return total
    }
    var total: Int64 = 0
    var least = Int64.max
    while !bytes.isEmpty {
      let digits = bytes.prefix { (0x30...0x39).contains($0) }
      guard (1...6).contains(digits.count), let count = Int64(AsciiText.string(digits)) else {
        return nil
      }
      bytes = bytes.dropFirst(digits.count)
      let unit: Int64? =
        switch bytes.popFirst() {
        case UInt8(ascii: "h"): 3600
        case UInt8(ascii: "m"): 60
        case UInt8(ascii: "s"): 1
        default: nil
        }
      guard let unit, unit < least else { return nil }
      least = unit
      total += count * unit
    }
    return total
  }
}
