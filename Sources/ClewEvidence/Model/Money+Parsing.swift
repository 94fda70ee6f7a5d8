extension Money {
  /// Reads an amount in yuan; the whole text must be the amount.
  ///
  /// Accepts a sign, `￥`, `¥`, `CNY`, `RMB` or 人民币 in front, thousands separated by commas in
  /// groups of three, at most two decimals, 元 or 万 or 万元 behind, full-width forms, and spaces
  /// around. Anything else is no amount.
  ///
  /// ```swift
  /// Money(parsing: "￥1,234.50")?.fen     // 123450
  /// Money(parsing: "1.5万")?.fen          // 1500000
  /// Money(parsing: "12abc")               // nil
  /// ```
  ///
  /// - Parameters:
  ///   - text: The amount as a file writes it.
  ///   - currency: The ISO 4217 code that the file gives elsewhere.
  public init?(parsing text: String, currency: String = "CNY") {
    var cursor = AmountCursor(AccountText.fold(text))
    var isNegative = cursor.takeSign()
    if cursor.takeCurrency() {
      let second = cursor.takeSign()
      guard isNegative == nil || second == nil else { return nil }
      isNegative = isNegative ?? second
    }
    guard let number = cursor.takeNumber() else { return nil }
    var decimals = 2
    if cursor.take("万") { decimals = 6 }
    _ = cursor.take("元")
    guard cursor.isAtEnd, let fen = number.scaled(to: decimals) else { return nil }
    self.init(fen: isNegative == true ? -fen : fen, currency: currency)
  }

  /// Reads an amount in whole fen, as columns headed (分) hold it.
  public init?(fenText text: String, currency: String = "CNY") {
    var cursor = AmountCursor(AccountText.fold(text))
    let isNegative = cursor.takeSign() == true
    guard let number = cursor.takeNumber(), cursor.isAtEnd,
      number.decimals.allSatisfy({ $0 == 0 }), let fen = number.scaled(to: 0)
    else { return nil }
    self.init(fen: isNegative ? -fen : fen, currency: currency)
  }
}

/// A place in the bytes of an amount.
private struct AmountCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes a sign; `true` means negative, `nil` that there is none.
  mutating func takeSign() -> Bool? {
    if take("-") { return true }
    return take("+") ? false : nil
  }

  mutating func takeCurrency() -> Bool {
    // U+FFE5 ￥ and U+00A5 ¥; folding leaves both.
    for mark in ["\u{FFE5}", "\u{A5}", "CNY", "RMB", "人民币"] where take(mark) { return true }
    return false
  }

  mutating func take(_ mark: String) -> Bool {
    guard rest.starts(with: mark.utf8) else { return false }
    rest = rest.dropFirst(mark.utf8.count).drop { $0 == 0x20 }
    return true
  }

  /// Takes digits with optional groups of thousands and optional decimals.
  mutating func takeNumber() -> AmountDigits? {
    var whole: [UInt8] = []
    var group = 0
    var hasComma = false
    while let byte = rest.first {
      if let digit = byte.digitValue {
        whole.append(UInt8(digit))
        group += 1
      } else if byte == UInt8(ascii: ",") {
        guard hasComma ? group == 3 : (1...3).contains(group) else { return nil }
        hasComma = true
        group = 0
      } else {
        break
      }
      rest.removeFirst()
    }
    guard !hasComma || group == 3 else { return nil }
    var decimals: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      while let digit = rest.first?.digitValue {
        decimals.append(UInt8(digit))
        rest.removeFirst()
      }
      guard !decimals.isEmpty else { return nil }
    }
    guard !whole.isEmpty || !decimals.isEmpty else { return nil }
    rest = rest.drop { $0 == 0x20 }
    return AmountDigits(whole: whole, decimals: decimals)
  }
}

/// The digits of an amount before and after the point.
private struct AmountDigits {
  let whole: [UInt8]
  let decimals: [UInt8]

  /// The number times ten to the power of `places`; `nil` when it is not whole or overflows.
  func scaled(to places: Int) -> Int64? {
    var value: Int64 = 0
    guard decimals.dropFirst(places).isEmpty || places == 0 else { return nil }
    for place in 0..<(whole.count + places) {
      let digit: UInt8
      if place < whole.count {
        digit = whole[place]
      } else {
        let position = place - whole.count
        digit = position < decimals.count ? decimals[position] : 0
      }
      let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = product.addingReportingOverflow(Int64(digit))
      guard !tooBig, !carried else { return nil }
      value = sum
    }
    return value
  }
}
