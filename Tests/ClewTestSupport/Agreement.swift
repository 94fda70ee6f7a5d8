import Foundation

/// How well scores put true ones before the others.
///
/// Scores that differ by less than a millionth of the largest tie: what separates them is rounding.
public struct Separation {
  /// The groups of equal scores, largest first: how many there are, and how many of them are true.
  private let groups: [(count: Int, hits: Int)]
  private let hits: Int
  private let misses: Int

  /// Compares scores with the truth.
  ///
  /// - Parameters:
  ///   - scores: One for each thing, higher where it is more likely true.
  ///   - truth: Whether each is true; some are, some are not.
  public init(_ scores: [Double], _ truth: [Bool]) {
    let room = (scores.map(\.magnitude).max() ?? 0) * 1e-6
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var groups: [(count: Int, hits: Int)] = []
    var last = Double.infinity
    for place in order {
      if last - scores[place] > room { groups.append((0, 0)) }
      last = scores[place]
      groups[groups.count - 1].count += 1
      if truth[place] { groups[groups.count - 1].hits += 1 }
    }
    self.groups = groups
    hits = truth.count(where: \.self)
    misses = truth.count - hits
  }

  /// The area under the curve of true over false positives: how often a true one is before one that is not.
  ///
  /// A tie counts one half, as J. A. Hanley and B. J. McNeil do, *Radiology* 143, 1982.
  public var area: Double { (areaRange.lowerBound + areaRange.upperBound) / 2 }

  /// The areas with all ties broken against and for the true ones.
  public var areaRange: ClosedRange<Double> {
    var (before, pairs, ties) = (0, 0, 0)
    for group in groups {
      pairs += before * (group.count - group.hits)
      ties += group.hits * (group.count - group.hits)
      before += group.hits
    }
    let all = Double(hits * misses)
    return Double(pairs) / all...Double(pairs + ties) / all
  }

  /// The mean of the precision at each true one; equals share the precision at their end.
  public var averagePrecision: Double {
    var (seen, found, sum) = (0, 0, 0.0)
    for group in groups {
      seen += group.count
      found += group.hits
      sum += Double(group.hits) * Double(found) / Double(seen)
    }
    return sum / Double(hits)
  }

  /// The share of true ones among the first, of whom there are as many as true ones.
  ///
  /// Where the end cuts through equals, it takes as large a share of their true ones.
  public var precision: Double {
    var (room, found) = (hits, 0.0)
    for group in groups where room > 0 {
      let taken = min(room, group.count)
      found += Double(group.hits) * Double(taken) / Double(group.count)
      room -= taken
    }
    return found / Double(hits)
  }
}

/// Spearman's rank correlation of two lists; equals share the mean of their ranks.
///
/// - Parameters:
///   - left: One list; what differs by less than a millionth of its largest number is equal.
///   - right: The other, as long.
/// - Returns: From -1 to 1.
public func rankCorrelation(_ left: [Double], _ right: [Double]) -> Double {
  correlation(ranks(of: left), ranks(of: right))
}

private func ranks(of values: [Double]) -> [Double] {
  let room = (values.map(\.magnitude).max() ?? 0) * 1e-6
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end + 1 < order.count, values[order[end + 1]] - values[order[end]] <= room { end += 1 }
    for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
    start = end + 1
  }
  return ranks
}

/// How far two groupings of the same things agree.
public struct GroupAgreement {
  /// The adjusted Rand index: 1 where they are equal, about 0 by chance.
  ///
  /// Source: L. Hubert, P. Arabie, "Comparing partitions", *J. Classif.* 2, 1985.
  public let adjustedRand: Double
  /// The mutual information over the mean of the two entropies, from 0 to 1.
  public let information: Double

  /// Compares two groupings, neither of which is one group or all alone.
  ///
  /// - Parameters:
  ///   - left: The group of each thing.
  ///   - right: The same in the other grouping.
  public init<Left: Hashable, Right: Hashable>(_ left: [Left], _ right: [Right]) {
    var cells: [Cell<Left, Right>: Int] = [:]
    for (one, other) in zip(left, right) { cells[Cell(left: one, right: other), default: 0] += 1 }
    let rows = Dictionary(grouping: left) { $0 }.mapValues(\.count)
    let columns = Dictionary(grouping: right) { $0 }.mapValues(\.count)
    func pairs(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(0) { $0 + Double($1 * ($1 - 1)) / 2 }
    }
    let (both, ones, others) = (pairs(cells.values), pairs(rows.values), pairs(columns.values))
    let chance = ones * others / pairs([left.count])
    adjustedRand = (both - chance) / ((ones + others) / 2 - chance)
    let total = Double(left.count)
    func entropy(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(0) { $0 - Double($1) / total * log(Double($1) / total) }
    }
    // What is shared is what both have less what they have together.
    let sum = entropy(rows.values) + entropy(columns.values)
    information = 2 * (sum - entropy(cells.values)) / sum
  }

  private struct Cell<Left: Hashable, Right: Hashable>: Hashable {
    let left: Left
    let right: Right
  }
}
