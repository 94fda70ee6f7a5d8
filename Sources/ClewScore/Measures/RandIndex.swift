/// The adjusted Rand index of two groupings: 1 when they are equal, about 0 when they agree as chance
/// would have it.
///
/// > Source: L. Hubert, P. Arabie, "Comparing partitions", *J. Classif.* 2, 1985.
/// > [doi](https://doi.org/10.1007/BF01908075)
struct RandIndex {
  private let truth: [Int]
  private let answer: [Int]
  private let truthCount: Int
  private let answerCount: Int

  /// - Parameters:
  ///   - truth: The true group of each thing.
  ///   - answer: The found group of each thing; `nil` is a group of its own.
  init(truth: [String], answer: [String?]) {
    var names: [String: Int] = [:]
    self.truth = truth.map { name in
      let place = names[name] ?? names.count
      names[name] = place
      return place
    }
    truthCount = names.count
    names = [:]
    var alone = 0
    self.answer = answer.map { name in
      guard let name else {
        alone += 1
        return -alone
      }
      let place = names[name] ?? names.count
      names[name] = place
      return place
    }.map { $0 < 0 ? -$0 - 1 : $0 + alone }
    answerCount = names.count + alone
  }

  /// The index, `nil` without a thing.
  ///
  /// Two groupings that both put all into one group, or both put
  /// each thing into its own, are equal: 1.
  var index: Double? { index(truth.indices.map(\.self)) }

  /// The 95 % interval, things drawn again.
  var interval: ClosedRange<Double>? { Bootstrap.interval(truth.count) { index(copy $0) } }

  private func index(_ places: [Int]) -> Double? {
    guard !places.isEmpty else { return nil }
    var rows = [Int](repeating: 0, count: truthCount)
    var columns = [Int](repeating: 0, count: answerCount)
    var cells: [Int: Int] = [:]
    for place in places {
      rows[truth[place]] += 1
      columns[answer[place]] += 1
      cells[truth[place] * answerCount + answer[place], default: 0] += 1
    }
    func pairs(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(0.0) { $0 + Double($1 * ($1 - 1)) / 2 }
    }
    let (both, left, right) = (pairs(cells.values), pairs(rows), pairs(columns))
    let all = pairs([places.count])
    guard all > 0 else { return 1 }
    let expected = left * right / all
    let most = (left + right) / 2
    return most == expected ? 1 : (both - expected) / (most - expected)
  }
}
