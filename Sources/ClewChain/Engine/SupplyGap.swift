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
  /// possibly one person: by the signs of ``ChainAnalysis/possiblySame``, or because they bear one name.
  ///
  /// - Complexity: O(*g* log *g*) for *g* gaps, and for each upper end the links within three steps of it.
  func findings(
    links: [Direction],
    possiblySame: [CaseView.Pair],
    name: (Int) -> String
  ) -> [SupplyGap] {
    var buyers: [Int: [Int]] = [:]
    var suppliers: [Int: [Int]] = [:]
    for link in links {
      buyers[link.supplier, default: []].append(link.buyer)
      suppliers[link.buyer, default: []].append(link.supplier)
    }
    let same = Set(possiblySame)
    let gaps = paths.filter { path, targets in
      targets >= Self.leastTargets && !same.contains(CaseView.Pair(path.upper, path.lower))
        && name(path.upper) != name(path.lower)
    }
    let open = Dictionary(grouping: gaps.keys, by: \.upper).flatMap { upper, paths in
      let explained = Self.reach(upper, buyers).union(Self.reach(upper, suppliers))
      return paths.filter { !explained.contains($0.lower) }
    }
    return open.sorted().map { path in
      SupplyGap(
        upper: path.upper,
        lower: path.lower,
        targets: paths[path] ?? 0,
        evidence: (proofs[path] ?? []).sorted()
      )
    }
  }

  /// Who is reached from somebody within ``longestWay`` links.
  private static func reach(_ start: Int, _ next: [Int: [Int]]) -> Set<Int> {
    var seen: Set<Int> = []
    var edge = [start]
    for _ in 0..<longestWay {
      edge = edge.flatMap { next[$0] ?? [] }.filter { seen.insert($0).inserted }
    }
    return seen
  }
}
