internal import Foundation

/// Who is in contact with whom, by messages, calls and payments between two.
struct Neighbourhood {
  private struct Pair: Hashable {
    let low: Int
    let high: Int
  }

  private var neighbours: [Int: Set<Int>] = [:]
  private var pairs: Set<Pair> = []

  /// Shops and hot lines know everybody; whoever has more contacts than this tells nothing.
  private static let limit = 256
  /// Fewer common contacts than this are chance.
  private static let commonLimit = 4
  /// Fewer contacts than this are too few to coincide.
  private static let ownLimit = 5

  mutating func add(_ one: Int?, _ other: Int?) {
    guard let one, let other, one != other else { return }
    let pair = Pair(low: min(one, other), high: max(one, other))
    guard pairs.insert(pair).inserted else { return }
    neighbours[one, default: []].insert(other)
    neighbours[other, default: []].insert(one)
  }

  /// Whether the two are in contact with each other.
  func talk(_ one: Int, _ other: Int) -> Bool {
    pairs.contains(Pair(low: min(one, other), high: max(one, other)))
  }

  /// How far the contacts of two parties coincide, in thousandths of the most that they could; `nil`
  /// where they have too few.
  ///
  /// The common contacts by Adamic and Adar, each weighed by 1 / ln of its own number of contacts,
  /// over what four contacts of two each would give; only where a third of all contacts are common.
  ///
  /// > Source: L. A. Adamic, E. Adar, "Friends and neighbors on the Web", *Social Networks* 25(3),
  /// > 2003. [doi](https://doi.org/10.1016/S0378-8733(03)00009-1)
  func coincidence(_ one: Int, _ other: Int) -> (share: Int, common: Int)? {
    let common = common(one, other)
    guard !common.isEmpty else { return nil }
    var sum = 0.0
    for party in common { sum += 1 / log(Double(max(2, neighbours[party]?.count ?? 2))) }
    let full = Double(Self.commonLimit) / log(2)
    return (min(1000, Int((sum / full * 1000).rounded())), common.count)
  }

  /// The common contacts of two parties, ascending, where there are enough to coincide.
  func common(_ one: Int, _ other: Int) -> [Int] {
    guard let left = neighbours[one], let right = neighbours[other],
      min(left.count, right.count) >= Self.ownLimit,
      max(left.count, right.count) <= Self.limit
    else { return [] }
    let common = left.intersection(right).sorted()
    let union = left.count + right.count - common.count
    return common.count >= Self.commonLimit && common.count * 3 >= union ? common : []
  }
}
