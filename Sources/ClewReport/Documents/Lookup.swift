public import ClewChain
internal import ClewEvidence

/// What a user's words name in the findings.
public enum Lookup: Sendable, Hashable {
  /// A party, as a place in `ChainAnalysis.parties`.
  case party(Int)
  /// A line, as a place in `ChainAnalysis.lines`.
  case line(Int)
  /// A link, as a place in `ChainAnalysis.links`.
  case link(Int)
  /// Several parties share the name.
  case ambiguous([Int])
  /// Nothing is called so.
  case nothing

  /// Finds what `text` names: a line id, a link id or `SUPPLIER>BUYER`, a party id, an account with
  /// or without its scheme, or a name.
  public static func find(_ text: String, in analysis: ChainAnalysis) -> Lookup {
    if let line = analysis.lines.firstIndex(where: { same($0.id, text) }) { return .line(line) }
    if let link = analysis.links.firstIndex(where: { same($0.id, text) }) { return .link(link) }
    for mark in [">", "→"] {
      let ends = text.split(separator: Character(mark)).map { $0.trimmed }
      if ends.count == 2, case .party(let supplier) = party(ends[0], in: analysis),
        case .party(let buyer) = party(ends[1], in: analysis)
      {
        let link = analysis.links.firstIndex { $0.supplier == supplier && $0.buyer == buyer }
        return link.map(Lookup.link) ?? .nothing
      }
    }
    return party(text, in: analysis)
  }

  /// Finds a party only.
  public static func party(_ text: String, in analysis: ChainAnalysis) -> Lookup {
    let parties = analysis.parties
    if let place = parties.firstIndex(where: { same($0.party.id, text) }) { return .party(place) }
    let byAccount = parties.indices.filter { place in
      parties[place].party.accounts.contains { $0.description == text || $0.value == text }
    }
    if let place = byAccount.first, byAccount.count == 1 { return .party(place) }
    let byName = parties.indices.filter { parties[$0].name == text }
    if !byName.isEmpty { return one(of: byName, analysis) }
    let byAnyName = parties.indices.filter { parties[$0].names.contains(text) }
    return byAnyName.isEmpty ? .nothing : one(of: byAnyName, analysis)
  }

  /// One party, or the only one of several that trades.
  private static func one(of places: [Int], _ analysis: ChainAnalysis) -> Lookup {
    let trading = places.filter { analysis.parties[$0].role != .outsider }
    if trading.count == 1 { return .party(trading[0]) }
    return places.count == 1 ? .party(places[0]) : .ambiguous(places)
  }

  private static func same(_ id: String, _ text: String) -> Bool {
    id == text.uppercased()
  }
}

extension Substring {
  /// Without spaces at both ends.
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
