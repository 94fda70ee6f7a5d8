public import ClewChain
public import ClewEvidence

/// The figures of a case as tables.
public enum MetricsText {
  /// The tables with at most `limit` pairs of lines, parties and links, with a line feed at their end.
  ///
  /// `until` names the first moment whose evidence was left out, if any was.
  public static func text(
    _ metrics: ChainMetrics,
    of analysis: ChainAnalysis,
    limit: Int,
    until: Timestamp? = nil
  ) -> String {
    let parts = [
      until.map(Wording.without) ?? "", overview(metrics, analysis), prices(metrics, analysis),
      lines(metrics, analysis), independence(metrics, analysis, limit),
      members(metrics, analysis, limit), links(metrics, analysis, limit),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func score(_ value: Double?) -> String { value.map(JSONWriter.score) ?? "-" }

  private static func shared(_ value: ChainMetrics.Concentration?) -> String {
    guard let value else { return "-" }
    return "Gini \(score(value.gini)), HHI \(score(value.hhi)) among \(value.count)"
  }

  private static func overview(_ metrics: ChainMetrics, _ analysis: ChainAnalysis) -> String {
    let width = metrics.widthByTier.enumerated().map { "tier \($0) \($1)" }
    let lengths = metrics.pathLengths.enumerated().filter { $0.element > 0 }.map {
      "\($0) links \($1)"
    }
    return PlainText.table([
      ["depth", "\(analysis.depth)"],
      ["width", width.joined(separator: " · ")],
      ["customers by path", lengths.joined(separator: " · ")],
      [
        "cross-links",
        "\(analysis.crossLinks.count) of \(metrics.placedLinks) links between placed parties, rate "
          + score(metrics.crossLinkRate),
      ],
      ["E-I index", score(metrics.eiIndex)],
      ["reciprocity", score(metrics.reciprocity)],
      ["incoherence F0", score(metrics.incoherence)],
      ["dealings of suppliers", shared(metrics.suppliers)],
      ["dealings of buyers", shared(metrics.buyers)],
    ])
  }

  private static func prices(_ metrics: ChainMetrics, _ analysis: ChainAnalysis) -> String {
    guard !metrics.prices.isEmpty else { return "" }
    var rows = [
      ["category", "tier", "suppliers", "prices", "yuan an item"]
    ]
    for price in metrics.prices {
      rows.append([
        PlainText.safe(analysis.categories[price.category].title, limit: 24), "\(price.tier)",
        "\(price.suppliers)", "\(price.prices)", PlainText.yuan(price.medianFen),
      ])
    }
    let tiers = metrics.markups.map {
      "tier \($0.tier) × \(score($0.markup)) (\($0.suppliers) suppliers)"
    }
    return "Prices by the supplier's tier\n"
      + PlainText.table(rows)
      + (tiers.isEmpty
        ? "" : "\nmark-up over the tier above, all categories: " + tiers.joined(separator: " · "))
  }

  private static func lines(_ metrics: ChainMetrics, _ analysis: ChainAnalysis) -> String {
    guard !metrics.lines.isEmpty else { return "" }
    var rows = [
      [
        "line", "depth", "inside", "out", "in", "E-I", "reciprocity", "F0", "mark-up",
        "customers", "by path", "through principals", "suppliers",
      ]
    ]
    for (line, figures) in zip(analysis.lines, metrics.lines) {
      rows.append([
        line.id, "\(figures.depth)", "\(figures.inside)", "\(figures.out)", "\(figures.into)",
        score(figures.eiIndex), score(figures.reciprocity), score(figures.incoherence),
        score(figures.markup), "\(figures.customers)",
        figures.pathLengths.dropFirst().map(String.init).joined(separator: "/"),
        "\(figures.throughPrincipals)", shared(figures.suppliers),
      ])
    }
    return "Lines (专线): links inside, out and in\n" + PlainText.table(rows)
  }

  private static func independence(
    _ metrics: ChainMetrics,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    let joined = metrics.independence.filter { !$0.cut.isEmpty }.sorted { left, right in
      left.cut.count != right.cut.count
        ? left.cut.count < right.cut.count
        : (left.first, left.second) < (right.first, right.second)
    }
    guard !metrics.independence.isEmpty else { return "" }
    var rows: [[String]] = []
    for pair in joined.prefix(limit) {
      let links = pair.cut.prefix(4).map { analysis.links[$0].id }
      rows.append([
        "\(analysis.lines[pair.first].id) – \(analysis.lines[pair.second].id)", "\(pair.cut.count)",
        links.joined(separator: " ") + (pair.cut.count > 4 ? " …" : ""),
      ])
    }
    let apart = metrics.independence.count - joined.count
    let heading =
      "Independence: the fewest links whose loss parts two lines; \(apart) of "
      + "\(metrics.independence.count) pairs are not joined"
    let more = joined.count > limit ? "\n\(joined.count - limit) more pairs; see --limit" : ""
    return rows.isEmpty ? heading : heading + "\n" + PlainText.table(rows) + more
  }

  private static func members(
    _ metrics: ChainMetrics,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    let ranked = metrics.members.sorted { left, right in
      if left.exclusiveCustomers != right.exclusiveCustomers {
        return left.exclusiveCustomers > right.exclusiveCustomers
      }
      return left.below != right.below ? left.below > right.below : left.party < right.party
    }
    guard !ranked.isEmpty else { return "" }
    var rows = [
      [
        "party", "", "above", "below", "only through it", "share", "bought", "sold", "yuan paid",
        "yuan earned", "E-I", "reciprocity", "mark-up",
      ]
    ]
    for member in ranked.prefix(limit) {
      let party = analysis.parties[member.party]
      rows.append([
        PlainText.safe(party.name, limit: 24), party.party.id, "\(member.above)", "\(member.below)",
        "\(member.exclusiveCustomers)", score(member.shareOfSupply), "\(member.bought)",
        "\(member.sold)", PlainText.yuan(member.paidFen), PlainText.yuan(member.earnedFen),
        score(member.eiIndex), score(member.reciprocity), score(member.markup),
      ])
    }
    let more = ranked.count > limit ? "\n\(ranked.count - limit) more parties; see --limit" : ""
    return "Hubs (枢纽): persons above and below; customers only through it, and their share\n"
      + PlainText.table(rows) + more
  }

  private static func links(
    _ metrics: ChainMetrics,
    _ analysis: ChainAnalysis,
    _ limit: Int
  ) -> String {
    let ranked = zip(analysis.links, metrics.links).sorted { left, right in
      let (a, b) = (left.0, right.0)
      return a.link.dealings != b.link.dealings ? a.link.dealings > b.link.dealings : a.id < b.id
    }
    guard !ranked.isEmpty else { return "" }
    var rows = [
      [
        "link", "", "dealings", "of the supplier's", "of the buyer's", "tiers down", "both ways",
        "yuan an item",
      ]
    ]
    for (finding, figures) in ranked.prefix(limit) {
      let ends = [finding.supplier, finding.buyer].map {
        PlainText.safe(analysis.parties[$0].name, limit: 20)
      }
      let prices = figures.prices.map {
        "\(PlainText.safe(analysis.categories[$0.category].title, limit: 12)) "
          + PlainText.yuan($0.fen)
      }
      rows.append([
        finding.id, ends.joined(separator: " → "), "\(finding.link.dealings)",
        score(figures.shareOfSupplier), score(figures.shareOfBuyer),
        figures.tierStep.map { "\($0)" } ?? "-", figures.isReciprocated ? "yes" : "",
        prices.isEmpty ? "-" : prices.joined(separator: " · "),
      ])
    }
    let more = ranked.count > limit ? "\n\(ranked.count - limit) more links; see --limit" : ""
    return "Links: their shares of what both ends deal\n" + PlainText.table(rows) + more
  }
}
