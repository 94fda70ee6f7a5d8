/// Ranks the persons who trade and whose phones the case does not hold by what these would settle.
struct MissingPhones {
  private let analysis: ChainAnalysis
  private let weights: LinkWeights
  /// The links of each party, by their places.
  private var linksOf: [Int: [Int]] = [:]
  /// How many dealings each party has in all.
  private var dealings: [Int: Int64] = [:]
  /// Half of the points that each party's weak pairs have of those that a link needs.
  private var weak: [Int: Int] = [:]

  /// How often, in thousandths, so many dealings are all gone when each is drawn a Poisson(1) number
  /// of times: e to the power of minus their number.
  private static let vanishing = [1000, 368, 135, 50, 18, 7, 2, 1]

  init(_ analysis: ChainAnalysis, _ weights: LinkWeights) {
    self.analysis = analysis
    self.weights = weights
    for (place, link) in analysis.links.enumerated() {
      for end in [link.supplier, link.buyer] {
        linksOf[end, default: []].append(place)
        dealings[end, default: 0] += Int64(link.link.dealings)
      }
    }
    for pair in analysis.weak {
      let points = 500 * min(max(0, pair.score), weights.threshold) / max(1, weights.threshold)
      for (end, other) in [(pair.supplier, pair.buyer), (pair.buyer, pair.supplier)]
      where !analysis.parties[other].isSeized {
        weak[end, default: 0] += points
      }
    }
  }

  /// Those of whom something is expected, the most first.
  func ranked() -> [CaseGaps.Missing] {
    let usual = usualLinks()
    return analysis.parties.indices
      .filter { !analysis.parties[$0].isSeized && linksOf[$0] != nil }
      .map { missing($0, usual) }
      .filter { $0.expected > 0 }
      .sorted { $0.expected != $1.expected ? $0.expected > $1.expected : $0.party < $1.party }
  }

  /// How many links a seized person of each role has on average, in thousandths.
  private func usualLinks() -> [Role: Int] {
    var counts: [Role: (persons: Int, links: Int)] = [:]
    for (place, links) in linksOf where analysis.parties[place].isSeized {
      let role = analysis.parties[place].role
      let known = counts[role] ?? (0, 0)
      counts[role] = (known.persons + 1, known.links + links.count)
    }
    return counts.mapValues { $0.links * 1000 / max(1, $0.persons) }
  }

  private func missing(_ place: Int, _ usual: [Role: Int]) -> CaseGaps.Missing {
    let party = analysis.parties[place]
    let links = (linksOf[place] ?? []).map { analysis.links[$0] }
    var unsureLinks = weak[place] ?? 0
    var partners = 0
    for link in links {
      let other = link.supplier == place ? link.buyer : link.supplier
      guard !analysis.parties[other].isSeized else { continue }
      let count = Int64(link.link.dealings)
      let trials = link.link.grade <= .b ? count : (count + 1) / 2
      if trials < Int64(Self.vanishing.count) { unsureLinks += Self.vanishing[Int(max(0, trials))] }
      let unsure = Int64(1000 - analysis.parties[other].roleConfidence)
      partners += Int(unsure * count / max(1, dealings[other] ?? 1))
    }
    return CaseGaps.Missing(
      party: place,
      newLinks: max(0, (usual[party.role] ?? 0) - 1000 * links.count),
      role: (1000 - party.roleConfidence) + (1000 - party.tierConfidence),
      links: unsureLinks,
      partners: partners
    )
  }
}
