public import ClewChain
internal import ClewEvidence

/// Writes the findings as tables: parties, links, lines and inferred supply.
public enum FindingTables {
  /// Writes `parties.csv`, `links.csv`, `lines.csv` and `unseen_supply.csv` into a folder that exists.
  public static func write(_ analysis: ChainAnalysis, to folder: String) throws {
    try OutputFile.write(parties(analysis), to: "\(folder)/parties.csv")
    try OutputFile.write(links(analysis), to: "\(folder)/links.csv")
    try OutputFile.write(lines(analysis), to: "\(folder)/lines.csv")
    try OutputFile.write(unseenSupply(analysis), to: "\(folder)/unseen_supply.csv")
  }

  static func parties(_ analysis: ChainAnalysis) -> String {
    var csv = CSVText(header: [
      "party", "name", "accounts", "role", "role_confidence", "rule", "tier", "tier_confidence",
      "line", "line_confidence", "line_inferred", "line_shares", "upstream", "downstream",
      "exclusive_downstream", "seized",
    ])
    for party in analysis.parties {
      let shares = party.lineShares.sorted { $0.key < $1.key }.map {
        "\(analysis.lines[$0.key].id)=" + JSONWriter.decimal($0.value, unit: 1_000_000_000)
      }
      csv.add([
        party.party.id, party.name,
        party.party.accounts.map(\.description).joined(separator: ";"), party.role.rawValue,
        JSONWriter.decimal(Int64(party.roleConfidence), unit: 1000), party.rule.rawValue,
        party.tier.map(String.init) ?? "",
        JSONWriter.decimal(Int64(party.tierConfidence), unit: 1000),
        party.line.map { analysis.lines[$0].id } ?? "",
        JSONWriter.decimal(Int64(party.lineConfidence), unit: 1000),
        party.isLineInferred ? "1" : "0",
        shares.joined(separator: ";"), "\(party.upstream)", "\(party.downstream)",
        "\(party.exclusiveDownstream)", party.isSeized ? "1" : "0",
      ])
    }
    return csv.text
  }

  static func links(_ analysis: ChainAnalysis) -> String {
    var csv = CSVText(header: [
      "link", "supplier", "buyer", "grade", "score", "orders", "deliveries", "payments", "items",
      "amount", "first", "last", "cross_line", "contradicts_tiers", "evidence", "against",
    ])
    for finding in analysis.links {
      let link = finding.link
      let items = AnalysisJSON.items(link, analysis).map { "\($0.id)=\($0.count)" }
      csv.add([
        finding.id, analysis.parties[finding.supplier].party.id,
        analysis.parties[finding.buyer].party.id, link.grade.rawValue, "\(link.score)",
        "\(link.orders)", "\(link.deliveries)", "\(link.payments)", items.joined(separator: ";"),
        JSONWriter.decimal(link.amountFen, unit: 100),
        link.span.map { Timestamp(milliseconds: $0.lowerBound).iso } ?? "",
        link.span.map { Timestamp(milliseconds: $0.upperBound).iso } ?? "",
        finding.isCrossLine ? "1" : "0", finding.contradictsTiers ? "1" : "0",
        AnalysisJSON.unique(link.evidence).map(\.description).joined(separator: ";"),
        AnalysisJSON.unique(link.against).map(\.description).joined(separator: ";"),
      ])
    }
    return csv.text
  }

  static func lines(_ analysis: ChainAnalysis) -> String {
    var csv = CSVText(header: [
      "line", "name", "principal", "principals", "members", "by_tier", "items", "amount",
    ])
    for line in analysis.lines {
      csv.add([
        line.id, line.name, analysis.parties[line.principal].party.id,
        line.principals.map { analysis.parties[$0].party.id }.joined(separator: ";"),
        "\(line.members)",
        line.byTier.map(String.init).joined(separator: ";"), "\(line.items)",
        JSONWriter.decimal(line.amountFen, unit: 100),
      ])
    }
    return csv.text
  }

  static func unseenSupply(_ analysis: ChainAnalysis) -> String {
    var csv = CSVText(header: ["supplier", "buyer", "targets", "evidence"])
    for gap in analysis.gaps {
      csv.add([
        analysis.parties[gap.upper].party.id, analysis.parties[gap.lower].party.id,
        "\(gap.targets)", gap.evidence.map(\.description).joined(separator: ";"),
      ])
    }
    return csv.text
  }
}
