/// Whether goods really went from the one end of inferred supply to the other.
struct UnseenScore {
  /// How many are stated.
  let stated: Int
  /// Of how many the one really supplies the other, himself or over others.
  let right: Int
  /// Of how many both ends are one person.
  let one: Int

  init(_ unseen: [FoundCase.Link], _ truth: TrueCase, _ mapping: CaseMapping) {
    var buyers: [Int: [Int]] = [:]
    for link in truth.links { buyers[link.supplier, default: []].append(link.buyer) }
    var (right, one) = (0, 0)
    for supply in unseen {
      guard let start = mapping.people[supply.supplier], let end = mapping.people[supply.buyer]
      else { continue }
      if start == end {
        one += 1
        continue
      }
      var seen: Set<Int> = []
      var edge = [start]
      while !edge.isEmpty, !seen.contains(end) {
        edge = edge.flatMap { buyers[$0] ?? [] }.filter { seen.insert($0).inserted }
      }
      if seen.contains(end) { right += 1 }
    }
    (stated, self.right, self.one) = (unseen.count, right, one)
  }

  var measures: [Measure] {
    [
      .share("unseenSupply.right", nil, right, of: stated),
      .share("unseenSupply.onePerson", nil, one, of: stated),
    ]
  }
}
