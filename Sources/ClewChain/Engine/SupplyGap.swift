public import ClewEvidence

/// Supply that orders at both ends of a gap prove, and of which no dealing is seen.
///
/// What was ordered from ``lower`` was ordered by ``upper`` elsewhere soon after. Where nothing else explains
/// it, ``upper`` supplies ``lower``: from hand to hand out of sight, or over people of whom the case holds
/// nothing.
public struct SupplyGap: Sendable, Hashable {
  /// Who got the orders last and resells: a place in ``ChainAnalysis/parties``.
  public let upper: Int
  /// Who had taken the orders before: a place in ``ChainAnalysis/parties``.
  public let lower: Int
  /// How many targets were ordered at both ends.
  public let targets: Int
  /// The orders, some of them.
  public let evidence: [RecordID]
}

extension OrderGaps {
  /// How many targets it takes: a single one may have been ordered twice by chance.
  private static let leastTargets = 2
  /// How many links a seen way may have that explains a gap.
  private static let longestWay = 3

  /// The gaps that nothing which was found explains, by their lower and upper ends.
  ///
  /// A gap is explained where a way of links leads from its one end to the other, and where its ends are
  /// possibly one person.
  ///
  /// - Complexity: O(*g* · *r*) for *g* upper ends of which each reaches *r* links in three steps.
  func findings(links: [Direction], possiblySame: [CaseView.Pair]) -> [SupplyGap] {
    var buyers: [Int: [Int]] = [:]
    for link in links { buyers[link.supplier, default: []].append(link.buyer) }
    let same = Set(possiblySame)
    var reached: [Int: Set<Int>] = [:]
    func reach(_ start: Int) -> Set<Int> {
      if let known = reached[start] { return known }
      var seen: Set<Int> = []
      var edge = [start]
      for _ in 0..<Self.longestWay {
        edge = edge.flatMap { buyers[$0] ?? [] }.filter { seen.insert($0).inserted }
      }
      reached[start] = seen
      return seen
    }
    return paths.filter { path, targets in
      targets >= Self.leastTargets && !same.contains(CaseView.Pair(path.upper, path.lower))
        && !reach(path.upper).contains(path.lower) && !reach(path.lower).contains(path.upper)
    }.sorted { $0.key < $1.key }.map { path, targets in
      SupplyGap(
        upper: path.upper,
        lower: path.lower,
        targets: targets,
        evidence: (proofs[path] ?? []).sorted()
      )
    }
  }
}
