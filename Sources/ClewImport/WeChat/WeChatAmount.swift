internal import ClewEvidence

/// Reads the amount of a transfer message, such as `￥1,500.00`.
enum WeChatAmount {
  /// The amount in fen, or `nil` when the text is anything but one amount with at most two decimals.
  static func parse(_ text: String) -> Money? {
    var digits: [UInt8] = []
    var decimals: Int?
    var scalars = text.unicodeScalars.filter { $0 != " " && $0 != "," && $0 != "，" }[...]
    if let first = scalars.first, first == "￥" || first == "¥" { scalars.removeFirst() }
    if scalars.last == "元" { scalars.removeLast() }
    for scalar in scalars {
      switch scalar {
      case "0"..."9":
        digits.append(UInt8(scalar.value))
        if let count = decimals { decimals = count + 1 }
      case "." where decimals == nil && !digits.isEmpty: decimals = 0
      default: return nil
      }
    }
    guard !digits.isEmpty, (decimals ?? 2) <= 2, decimals != 0 else { return nil }
    let missing = [UInt8](repeating: UInt8(ascii: "0"), count: 2 - (decimals ?? 0))
    return Int64(String(decoding: digits + missing, as: UTF8.self)).map { Money(fen: $0) }
  }
}
