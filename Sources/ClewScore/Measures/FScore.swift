/// What was found and what is true of the same things: hits, false finds and misses.
struct FScore: Equatable {
  var hits = 0.0
  var found = 0.0
  var wanted = 0.0
  /// Hits among what is wanted; differs from ``hits`` where things that are not asked for may be
  /// found rightly.
  var wantedHits = 0.0

  /// The share of what was found that is true; `nil` when nothing was found.
  var precision: Double? { found > 0 ? hits / found : nil }
  /// The share of what is wanted that was found; `nil` when nothing is wanted.
  var recall: Double? { wanted > 0 ? wantedHits / wanted : nil }
  /// The harmonic mean of the two; 0 when one of them is undefined or both are 0, `nil` when nothing
  /// was found and nothing is wanted.
  var f1: Double? {
    if found == 0 && wanted == 0 { return nil }
    guard let precision, let recall, precision + recall > 0 else { return 0 }
    return 2 * precision * recall / (precision + recall)
  }

  mutating func add(_ unit: Unit) {
    if unit.isFound { found += 1 }
    if unit.isFound && unit.isTrue { hits += 1 }
    if unit.isWanted { wanted += 1 }
    if unit.isWanted && unit.isFound { wantedHits += 1 }
  }

  /// One thing that was found, or is wanted, or both.
  struct Unit {
    let isFound: Bool
    let isTrue: Bool
    /// Whether a perfect answer has it; what is true but not wanted does no harm when found.
    let isWanted: Bool
  }

  init() {}

  init(_ units: [Unit]) { for unit in units { add(unit) } }

  init(_ units: [Unit], _ places: borrowing [Int]) {
    for index in 0..<places.count { add(units[places[index]]) }
  }
}
