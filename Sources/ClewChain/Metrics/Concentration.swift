extension ChainMetrics.Concentration {
  /// Measures how unequally some amounts, none below 0, are shared out; `nil` when there is nothing.
  ///
  /// Gini: with the amounts x₁ ≤ … ≤ xₙ, the sum of (2i − n − 1) xᵢ, divided by n times their sum.
  init?(_ amounts: [Int64]) {
    let sorted = amounts.map { max(0, $0) }.sorted()
    let total = sorted.reduce(0.0) { $0 + Double($1) }
    guard total > 0 else { return nil }
    let n = Double(sorted.count)
    var ranked = 0.0
    var squares = 0.0
    for (place, amount) in sorted.enumerated() {
      ranked += (2 * Double(place + 1) - n - 1) * Double(amount)
      squares += (Double(amount) / total) * (Double(amount) / total)
    }
    self.init(count: sorted.count, gini: ranked / (n * total), hhi: squares)
  }
}
