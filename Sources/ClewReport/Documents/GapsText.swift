public import ClewChain
public import ClewEvidence

/// What the findings rest on and what is missing, as tables.
public enum GapsText {
  /// The tables with at most `limit` rows each, with a line feed at their end.
  ///
  /// `until` names the first moment whose evidence was left out, if any was.
  public static func text(
    _ gaps: CaseGaps,
    of analysis: ChainAnalysis,
    limit: Int,
    until: Timestamp? = nil
  ) -> String {
    let cut = until.map { [Wording.without($0)] } ?? []
    let parts =
      cut + [
        missing(gaps, analysis, limit), phones(gaps, analysis, limit), unseen(analysis, limit),
        contradictions(gaps, analysis, limit),
      ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func name(_ place: Int, _ analysis: ChainAnalysis) -> [String] {
    let party = analysis.parties[place]
    return [PlainText.safe(party.name, limit: 24), party.party.id, Wording.role(party.role, .zh)]
  }

  private static func share(_ thousandths: Int) -> String {
    JSONWriter.decimal(Int64(thousandths), unit: 1000)
  }

  private static func missing(
    _ gaps: CaseGaps,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    guard !gaps.missing.isEmpty else { return "Nobody trades whose phone is missing." }
    var rows = [
      ["phone of", "", "role", "expected", "new links", "own role", "its links", "partners' roles"]
    ]
    for entry in gaps.missing.prefix(limit) {
      rows.append(
        name(entry.party, analysis)
          + [entry.expected, entry.newLinks, entry.role, entry.links, entry.partners].map(share)
      )
    }
    return "Whose phone would settle most: how many findings are expected to change\n"
      + PlainText.table(rows) + more(gaps.missing.count, limit)
  }

  private static func phones(
    _ gaps: CaseGaps,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    guard !gaps.phones.isEmpty else { return "No finding rests on one phone alone." }
    var rows = [
      ["phone of", "", "role", "findings", "links", "roles", "tiers", "moved", "lines", "records"]
    ]
    for phone in gaps.phones.prefix(limit) {
      rows.append(
        name(phone.party, analysis)
          + [
            "\(phone.findings)", "\(phone.links.count)", "\(phone.roles.count)",
            "\(phone.tiers.count)", "\(phone.members.count)",
            phone.lines.isEmpty
              ? "-" : phone.lines.map { analysis.lines[$0].id }.joined(separator: " "),
            PlainText.grouped(phone.records),
          ]
      )
    }
    return
      "What rests on one phone: what would fall or change without it; --phone names each finding\n"
      + PlainText.table(rows) + more(gaps.phones.count, limit)
  }

  private static func unseen(_ analysis: ChainAnalysis, _ limit: Int) -> String {
    guard !analysis.gaps.isEmpty else { return "No orders that climbed out of sight." }
    let ranked = analysis.gaps.sorted {
      $0.targets != $1.targets
        ? $0.targets > $1.targets : ($0.upper, $0.lower) < ($1.upper, $1.lower)
    }
    var rows = [["supplier", "", "buyer", "", "targets"]]
    for gap in ranked.prefix(limit) {
      rows.append(
        name(gap.upper, analysis).prefix(2) + name(gap.lower, analysis).prefix(2)
          + ["\(gap.targets)"]
      )
    }
    return
      "Supply of which no dealing is seen, directly or over people who are not seen: inferred\n"
      + PlainText.table(rows) + more(ranked.count, limit)
  }

  /// Each finding that rests on one phone, with a line feed at its end.
  public static func text(of phone: Int, _ gaps: CaseGaps, of analysis: ChainAnalysis) -> String {
    let owner = name(phone, analysis).joined(separator: " ")
    guard let entry = gaps.phones.first(where: { $0.party == phone }) else {
      return "No finding rests on the phone of \(owner) alone.\n"
    }
    var rows: [[String]] = []
    for place in entry.links {
      let link = analysis.links[place]
      let ends = [link.supplier, link.buyer].map {
        PlainText.safe(analysis.parties[$0].name, limit: 24)
      }
      rows.append(["link", link.id, ends.joined(separator: " → "), "falls"])
    }
    for place in entry.roles { rows.append(["role"] + changed(place, analysis) { _ in nil }) }
    for place in entry.tiers {
      rows.append(["tier"] + changed(place, analysis) { $0.tier.map { "tier \($0)" } ?? "no tier" })
    }
    for place in entry.members {
      rows.append(
        ["line"] + changed(place, analysis) { $0.line.map { analysis.lines[$0].id } ?? "no line" }
      )
    }
    for place in entry.lines {
      let line = analysis.lines[place]
      rows.append(["principal", line.id, PlainText.safe(line.name, limit: 24), "leads no line"])
    }
    return "Without the phone of \(owner)\n" + PlainText.table(rows) + "\n"
  }

  private static func changed(
    _ place: Int,
    _ analysis: ChainAnalysis,
    _ now: (PartyFinding) -> String?
  ) -> [String] {
    let row = name(place, analysis)
    return [row[1], row[0], (now(analysis.parties[place]) ?? row[2]) + " changes"]
  }

  private static func contradictions(
    _ gaps: CaseGaps,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    guard !gaps.contradictions.isEmpty else { return "No contradiction." }
    var rows: [[String]] = []
    for entry in gaps.contradictions.prefix(limit) {
      var row = [wording(entry.kind)]
      if let link = entry.link.map({ analysis.links[$0] }) {
        let ends = [link.supplier, link.buyer].map {
          PlainText.safe(analysis.parties[$0].name, limit: 24)
        }
        row += [link.id, ends.joined(separator: " → ")]
      } else if let place = entry.party {
        let party = analysis.parties[place]
        row += [party.party.id, PlainText.safe(party.name, limit: 24)]
      }
      rows.append(row)
    }
    return "Contradictions (clew show CASE ID)\n" + PlainText.table(rows)
      + more(gaps.contradictions.count, limit)
  }

  private static func wording(_ kind: CaseGaps.Contradiction.Kind) -> String {
    switch kind {
    case .againstTiers: "supplies from a lower tier to a higher one"
    case .counterEvidence: "as much speaks against it as for it"
    case .suppliedSource: "counts as a source and is supplied"
    case .unsureRole: "role held in less than half of the draws"
    }
  }

  private static func more(_ count: Int, _ limit: Int) -> String {
    count > limit ? "\n\(count - limit) more; see --limit" : ""
  }
}
