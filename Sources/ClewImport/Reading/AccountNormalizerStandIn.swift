internal import ClewEvidence

/// Stands in for the normaliser of ClewEvidence until that lands; then delete this file.
///
/// A type of the own module hides one of an imported module, so no call has to change.
enum AccountNormalizer {
  /// The account of a telephone number as people type it, or `nil` when it is none.
  static func phone(_ raw: String) -> Account? {
    var digits: [UInt8] = []
    var hasPlus = false
    for scalar in raw.unicodeScalars {
      switch scalar {
      case "0"..."9": digits.append(UInt8(scalar.value))
      case "+" where digits.isEmpty: hasPlus = true
      case " ", "-", "(", ")", ".", "\t", "\u{A0}", "\u{200E}", "\u{200F}": continue
      case "\u{202A}"..."\u{202E}": continue
      default: return nil
      }
    }
    var number = String(decoding: digits, as: UTF8.self)
    if number.hasPrefix("00") {
      number.removeFirst(2)
      hasPlus = true
    }
    if number.hasPrefix("86"), hasPlus || number.utf8.count == 13 {
      number.removeFirst(2)
    } else if hasPlus {
      return number.utf8.count >= 7 ? Account(.phone, "+" + number) : nil
    }
    for prefix in ["17951", "17911", "12593", "12520", "10193", "11808"]
    where number.hasPrefix(prefix) && number.utf8.count == 16 {
      number.removeFirst(5)
    }
    let count = number.utf8.count
    if count == 11, number.hasPrefix("1") { return Account(.phone, "+86" + number) }
    if number.hasPrefix("0"), count >= 10, count <= 12 {
      return Account(.phone, "+86" + number.dropFirst())
    }
    if count == 10, !hasPlus || !number.hasPrefix("1") { return Account(.phone, "+86" + number) }
    if number.hasPrefix("10"), count == 10 { return Account(.phone, "+86" + number) }
    return count >= 3 ? Account(.service, number) : nil
  }
}
