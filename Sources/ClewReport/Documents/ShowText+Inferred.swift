internal import ClewChain
internal import ClewEvidence

extension ShowText {
  /// Supply of which no dealing is seen, of a party.
  func unseen(of place: Int) -> String {
    let around = analysis.gaps.filter { $0.upper == place || $0.lower == place }
      .sorted { $0.targets > $1.targets }
    guard !around.isEmpty else { return "" }
    var out =
      "\ninferred: supply of which no dealing is seen, directly or over people who are not seen\n"
    for gap in around.prefix(limit) {
      let isUpper = gap.upper == place
      let other = analysis.parties[isUpper ? gap.lower : gap.upper]
      let orders = gap.evidence.prefix(4).map(\.description).joined(separator: " ")
      out += "  \(isUpper ? "to" : "from") \(safe(other.name, limit: 24)) \(other.party.id): "
      out += "\(gap.targets) targets ordered at both ends, \(orders)\n"
    }
    if around.count > limit { out += "  \(around.count - limit) more\n" }
    return out
  }

  /// Who leads a line beside its principal, and whether they may be one person.
  func partners(in place: Int) -> String {
    let line = analysis.lines[place]
    return line.principals.dropFirst().map { number in
      let party = analysis.parties[number]
      let pair = analysis.possiblySame.first { pair in
        [pair.first, pair.second].contains(number)
          && line.principals.contains(pair.first) && line.principals.contains(pair.second)
      }
      return "led together with \(safe(party.name)) \(party.party.id): "
        + (pair.map {
          "possibly the same person, score \(Wording.score($0.score)); see clew parties"
        }
          ?? "they supply the same agents, or their people sit in the same groups") + "\n"
    }
    .joined()
  }
}
