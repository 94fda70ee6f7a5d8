internal import Foundation

/// Spearman's rank correlation; equal values share the mean of their ranks.
enum RankCorrelation {
  /// - Returns: From -1 to 1; `nil` when one side has fewer than two different values.
  static func of(_ left: [Double], _ right: [Double]) -> Double? {
    guard left.count == right.count, left.count > 1 else { return nil }
    let (a, b) = (ranks(left), ranks(right))
    let middle = Double(left.count + 1) / 2
    var (both, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      both += (x - middle) * (y - middle)
      first += (x - middle) * (x - middle)
      second += (y - middle) * (y - middle)
    }
    guard first > 0, second > 0 else { return nil }
    return both / (first * second).squareRoot()
  }

  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count && values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }
}
