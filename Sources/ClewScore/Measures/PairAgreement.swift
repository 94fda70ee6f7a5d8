/// How two groupings of the same things agree about pairs: together or apart.
///
/// Of `n` things in one group of the one and one group of the other, `n (n - 1) / 2` pairs are
/// together in both.
struct PairAgreement {
  /// For each true group: its pairs that are together in both, in the truth, in the answer.
  ///
  /// Pairs that only the answer joins count half for each of the two true groups.
  private var units: [(both: Double, wanted: Double, found: Double)] = []

  /// - Parameters:
  ///   - truth: The true group of each thing.
  ///   - answer: The found group of each thing.
  init(truth: [Int], answer: [Int]) {
    var cells: [Int: [Int: Int]] = [:]
    var sizes: [Int: Int] = [:]
    for (group, found) in zip(truth, answer) {
      cells[group, default: [:]][found, default: 0] += 1
      sizes[found, default: 0] += 1
    }
    for group in cells.keys.sorted() {
      let row = cells[group] ?? [:]
      var unit = (both: 0.0, wanted: Self.pairs(row.values.reduce(0, +)), found: 0.0)
      for (found, count) in row {
        let strangers = (sizes[found] ?? count) - count
        unit.both += Self.pairs(count)
        unit.found += Self.pairs(count) + Double(count * strangers) / 2
      }
      units.append(unit)
    }
  }

  private static func pairs(_ count: Int) -> Double { Double(count * (count - 1)) / 2 }

  /// Precision, recall and F1 over pairs.
  var score: FScore { score(units.indices.map(\.self)) }

  /// The 95 % interval of F1, true groups drawn again.
  var interval: ClosedRange<Double>? {
    Bootstrap.interval(units.count) { score(copy $0).f1 }
  }

  private func score(_ places: [Int]) -> FScore {
    var score = FScore()
    for place in places {
      score.hits += units[place].both
      score.wantedHits += units[place].both
      score.wanted += units[place].wanted
      score.found += units[place].found
    }
    return score
  }
}
