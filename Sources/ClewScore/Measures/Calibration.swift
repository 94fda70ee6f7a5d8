/// How far confidences are earned: of the findings given 0.9, nine in ten should be right.
struct Calibration {
  /// A finding with its confidence, and whether it is right.
  struct Claim {
    let confidence: Double
    let isRight: Bool
  }

  /// The claims of one tenth of the scale; the last tenth includes 1.
  struct Tenth: Equatable {
    let from: Double
    var count = 0
    var right = 0
    var sum = 0.0
    /// The mean confidence of its claims; `nil` without one.
    var mean: Double? { count > 0 ? sum / Double(count) : nil }
    /// The share of right claims; `nil` without one.
    var share: Double? { count > 0 ? Double(right) / Double(count) : nil }
  }

  let tenths: [Tenth]
  /// The mean square of confidence minus outcome: 0 is best, 0.25 is a coin, `nil` without a claim.
  let brier: Double?
  /// The claims of at least 0.9, and how many of them are right.
  let firm: (count: Int, right: Int)

  /// > Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", *Mon. Weather
  /// > Rev.* 78(1), 1950.
  init(_ claims: [Claim]) {
    var tenths = (0..<10).map { Tenth(from: Double($0) / 10) }
    var loss = 0.0
    var firm = (count: 0, right: 0)
    for claim in claims {
      let confidence = min(1, max(0, claim.confidence))
      // A confidence is a whole number of thousandths, so that 0.3 falls into its own tenth.
      let place = min(9, Int((confidence * 1000).rounded()) / 100)
      tenths[place].count += 1
      tenths[place].sum += confidence
      if claim.isRight { tenths[place].right += 1 }
      let miss = confidence - (claim.isRight ? 1 : 0)
      loss += miss * miss
      if place == 9 {
        firm.count += 1
        if claim.isRight { firm.right += 1 }
      }
    }
    self.tenths = tenths
    brier = claims.isEmpty ? nil : loss / Double(claims.count)
    self.firm = firm
  }
}
