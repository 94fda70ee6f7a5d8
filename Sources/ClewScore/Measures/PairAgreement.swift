/// How two groupings of the same things agree about pairs: together or apart.
///
/// Of `n` things in one group of the one and one group of the other, `n (n - 1) / 2` pairs are
/// together in both.
struct PairAgreement {
  /// For each true group: its score over pairs.
  ///
  /// Pairs that only the answer joins count half for each of the two true groups.
  private var units: [FScore] = []

  /// - Parameters:
  ///   - truth: The true group of each thing.
  ///   - answer: The found group of each thing.
  ///   - wanted: Parts of the true groups: only pairs within a part must be found, though any pair of a
  ///     true group may be. `nil` wants all.
  init(truth: [Int], answer: [Int], wanted: [Int]? = nil) {
    var cells: [Int: [Int: Int]] = [:]
    var parts: [Int: [Int: [Int: Int]]] = [:]
    var sizes: [Int: Int] = [:]
    for (place, group) in truth.enumerated() {
      cells[group, default: [:]][answer[place], default: 0] += 1
      let part = wanted?[place] ?? 0
      parts[group, default: [:]][part, default: [:]][answer[place], default: 0] += 1
      sizes[answer[place], default: 0] += 1
    }
    for group in cells.keys.sorted() {
      var unit = FScore()
      for (found, count) in cells[group] ?? [:] {
        let strangers = (sizes[found] ?? count) - count
        unit.hits += Self.pairs(count)
        unit.found += Self.pairs(count) + Double(count * strangers) / 2
      }
      for part in (parts[group] ?? [:]).values {
        unit.wanted += Self.pairs(part.values.reduce(0, +))
        unit.wantedHits += part.values.reduce(0.0) { $0 + Self.pairs($1) }
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
      score.hits += units[place].hits
      score.wantedHits += units[place].wantedHits
      score.wanted += units[place].wanted
      score.found += units[place].found
    }
    return score
  }
}
