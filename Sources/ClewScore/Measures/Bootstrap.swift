/// The 95 % interval of a figure that is no simple share: its units are drawn again with replacement.
///
/// The draws depend on the seed and the number of units only. The interval is that of the
/// percentiles of 2.5 and 97.5 among 1000 draws; draws for which the figure is undefined are left out.
///
/// > Source: B. Efron, "Bootstrap methods: another look at the jackknife", *Ann. Stat.* 7(1), 1979.
/// > [doi](https://doi.org/10.1214/aos/1176344552)
enum Bootstrap {
  static let draws = 1000
  static let seed: UInt64 = 0x436C_6577

  /// - Parameters:
  ///   - count: How many units there are.
  ///   - figure: The figure of some units, given by their places; a place may come several times.
  /// - Returns: The interval; `nil` where the figure is never defined.
  static func interval(
    _ count: Int,
    _ figure: (borrowing [Int]) -> Double?
  ) -> ClosedRange<Double>? {
    guard count > 0 else { return nil }
    var state = seed
    var places = [Int](repeating: 0, count: count)
    var values: [Double] = []
    for _ in 0..<draws {
      for place in places.indices {
        places[place] = Int(next(&state).multipliedFullWidth(by: UInt64(count)).high)
      }
      if let value = figure(places) { values.append(value) }
    }
    guard !values.isEmpty else { return nil }
    values.sort()
    let low = values[(values.count - 1) * 25 / 1000]
    let high = values[((values.count - 1) * 975 + 999) / 1000]
    return low...high
  }

  /// SplitMix64.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
