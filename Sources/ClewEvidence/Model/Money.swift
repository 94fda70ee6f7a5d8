/// An amount of money in whole fen (hundredths), never a floating-point number.
public struct Money: Hashable, Sendable, Comparable {
  /// The amount in fen.
  public let fen: Int64
  /// The ISO 4217 code of the currency.
  public let currency: String

  /// Makes an amount of `fen` hundredths.
  public init(fen: Int64, currency: String = "CNY") {
    self.fen = fen
    self.currency = currency
  }

  /// Orders by currency, then by amount.
  public static func < (left: Money, right: Money) -> Bool {
    if left.currency != right.currency { return left.currency < right.currency }
    return left.fen < right.fen
  }
}
