public import ClewChain
public import ClewEvidence

/// The findings on one screen: lines, cross-links, hubs.
public enum SummaryText {
  /// How many hubs and cross-links are listed.
  private static let listed = 10

  /// The summary, with a line feed at its end.
  ///
  /// `until` names the first moment whose evidence was left out, if any was.
  public static func text(_ analysis: ChainAnalysis, until: Timestamp? = nil) -> String {
    var parts = [overview(analysis), lines(analysis)]
    if let until { parts.insert(Wording.without(until), at: 0) }
    if !analysis.crossLinks.isEmpty { parts.append(crossLinks(analysis)) }
    parts.append(hubs(analysis))
    if !analysis.restated.isEmpty {
      parts.append(
        "\(analysis.restated.count) links are stated between names only and repeat a link above; "
          + "they count for nothing"
      )
    }
    if !analysis.conflicts.isEmpty {
      parts.append(
        "\(analysis.conflicts.count) links between accounts contradict each other and merge nothing; "
          + "see clew show CASE PARTY"
      )
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func overview(_ analysis: ChainAnalysis) -> String {
    var counts: [Role: Int] = [:]
    for party in analysis.parties { counts[party.role, default: 0] += 1 }
    let roles = Role.allCases.compactMap { role -> String? in
      counts[role].map { "\(Wording.role(role, .zh)) \($0)" }
    }
    let incoherence = analysis.incoherence.map(JSONWriter.score) ?? "-"
    return """
      \(analysis.parties.count) parties, \(analysis.traders.count) trade; \
      \(analysis.links.count) supply links, \(analysis.crossLinks.count) cross-links; \
      \(analysis.lines.count) lines, depth \(analysis.depth), incoherence F0 \(incoherence)
      \(roles.joined(separator: " · "))
      """
  }

  private static func lines(_ analysis: ChainAnalysis) -> String {
    guard !analysis.links.isEmpty else {
      return
        "No line: nobody is shown to supply anybody. Contacts, calls and talk alone are no supply."
    }
    guard !analysis.lines.isEmpty else { return "No line: nobody is supplied and resells." }
    let depth = analysis.depth
    var rows = [
      ["line", "principal", "members"] + (0...depth).map { "tier \($0)" } + ["items", "yuan"]
    ]
    for line in analysis.lines {
      var tiers = line.byTier.map(String.init)
      while tiers.count <= depth { tiers.append("0") }
      rows.append(
        [line.id, PlainText.safe(line.name, limit: 24), "\(line.members)"] + tiers
          + [PlainText.grouped(line.items), PlainText.yuan(line.amountFen)]
      )
    }
    return "Lines (专线): items and yuan are what the principal supplied and was paid\n"
      + PlainText.table(rows)
  }

  private static func crossLinks(_ analysis: ChainAnalysis) -> String {
    let ranked = analysis.crossLinks.sorted { left, right in
      left.link.dealings != right.link.dealings
        ? left.link.dealings > right.link.dealings : left.id < right.id
    }
    var rows = [["supplier", "line", "buyer", "line", "grade", "orders", "items", "yuan"]]
    for link in ranked.prefix(listed) {
      let (supplier, buyer) = (analysis.parties[link.supplier], analysis.parties[link.buyer])
      rows.append([
        PlainText.safe(supplier.name, limit: 24), lineID(supplier, analysis),
        PlainText.safe(buyer.name, limit: 24), lineID(buyer, analysis), link.link.grade.rawValue,
        "\(link.link.orders)", PlainText.grouped(link.link.itemTotal),
        PlainText.yuan(link.link.amountFen),
      ])
    }
    let more = ranked.count > listed ? ", the \(listed) strongest" : ""
    return "Cross-links (交叉): \(ranked.count)\(more)\n" + PlainText.table(rows)
  }

  private static func lineID(_ party: PartyFinding, _ analysis: ChainAnalysis) -> String {
    party.line.map { analysis.lines[$0].id } ?? "-"
  }

  private static func hubs(_ analysis: ChainAnalysis) -> String {
    let hubs = analysis.hubs(limit: listed)
    guard !hubs.isEmpty else { return "" }
    var rows = [["hub", "role", "line", "upstream", "downstream", "only through it"]]
    for place in hubs {
      let party = analysis.parties[place]
      rows.append([
        PlainText.safe(party.name, limit: 24), Wording.role(party.role, .zh),
        lineID(party, analysis), "\(party.upstream)", "\(party.downstream)",
        "\(party.exclusiveDownstream)",
      ])
    }
    return "Hubs (枢纽)\n" + PlainText.table(rows)
  }
}
