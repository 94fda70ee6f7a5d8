internal import ClewEvidence

/// Amounts as analysis tools write numbers: `2000`, `2000.0`, `2.0E3`, `¥2000`.
enum InterchangeAmount {
  /// The amount; `nil` for a text that is no amount of whole fen.
  static func money(_ text: String, currency: String = "CNY") -> Money? {
    guard text.utf8.count <= 256 else { return nil }
    if let money = Money(parsing: text, currency: currency) { return money }
    return plain(Array(TabularCell.trim(text).utf8)).flatMap {
      Money(parsing: $0, currency: currency)
    }
  }

  /// A decimal number without exponent and without zeros at its end; exact, no floating point.
  static func plain(_ bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    var text = ""
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      if sign == UInt8(ascii: "-") { text = "-" }
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    var decimals: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      decimals = rest.dropFirst().prefix(while: isDigit)
      rest = rest.dropFirst(1 + decimals.count)
    }
    var exponent = 0
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      let digits = rest.first == UInt8(ascii: "+") ? rest.dropFirst() : rest
      guard digits.count <= 4, let value = string(digits).flatMap({ Int($0) }) else { return nil }
      exponent = value
      rest = []
    }
    guard rest.isEmpty, !whole.isEmpty || !decimals.isEmpty, (-32...32).contains(exponent),
      whole.count + decimals.count <= 64
    else { return nil }
    var digits = Array(whole + decimals)
    var point = whole.count + exponent
    while point > digits.count { digits.append(0x30) }
    while point < 0 {
      digits.insert(0x30, at: 0)
      point += 1
    }
    while digits.count > point, digits.last == 0x30 { digits.removeLast() }
    let before = string(digits[..<point]) ?? ""
    let after = string(digits[point...]) ?? ""
    text += before.isEmpty ? "0" : before
    return after.isEmpty ? text : text + "." + after
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String? {
    String(validating: bytes, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
