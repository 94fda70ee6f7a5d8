public import ClewChain
internal import ClewEvidence

/// The figures of a case as tables.
public enum MetricsText {
  /// How many rows of the tables of parties and links are written.
  private static let listed = 15

  /// The tables, with a line feed at their end.
  public static func text(_ metrics: ChainMetrics, of analysis: ChainAnalysis) -> String {
    let parts = [
      overview(metrics, analysis), prices(metrics, analysis), lines(metrics, analysis),
      independence(metrics, analysis), members(metrics, analysis),
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
    var rows = [["category", "tier", "links", "items", "yuan", "yuan an item", "mark-up"]]
    for price in metrics.prices {
      rows.append([
        PlainText.safe(analysis.categories[price.category].title, limit: 24), "\(price.tier)",
        "\(price.links)", PlainText.grouped(price.items), PlainText.yuan(price.amountFen),
        PlainText.yuan(price.medianFen), price.markup.map { "× " + score($0) } ?? "-",
      ])
    }
    return "Prices by the supplier's tier: the middle of the links, against the next tier above\n"
      + PlainText.table(rows)
  }

  private static func lines(_ metrics: ChainMetrics, _ analysis: ChainAnalysis) -> String {
    guard !metrics.lines.isEmpty else { return "" }
    var rows = [
      [
        "line", "depth", "inside", "out", "in", "E-I", "customers", "through principal",
        "suppliers",
      ]
    ]
    for (line, figures) in zip(analysis.lines, metrics.lines) {
      rows.append([
        line.id, "\(figures.depth)", "\(figures.inside)", "\(figures.out)", "\(figures.into)",
        score(figures.eiIndex), "\(figures.customers)", "\(figures.throughPrincipal)",
        shared(figures.suppliers),
      ])
    }
    return "Lines (专线): links inside, out and in\n" + PlainText.table(rows)
  }

  private static func independence(_ metrics: ChainMetrics, _ analysis: ChainAnalysis) -> String {
    let joined = metrics.independence.filter { !$0.cut.isEmpty }.sorted { left, right in
      left.cut.count != right.cut.count
        ? left.cut.count < right.cut.count
        : (left.first, left.second) < (right.first, right.second)
    }
    guard !metrics.independence.isEmpty else { return "" }
    var rows: [[String]] = []
    for pair in joined.prefix(listed) {
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
    let more = joined.count > listed ? "\n\(joined.count - listed) more pairs; see --json" : ""
    return rows.isEmpty ? heading : heading + "\n" + PlainText.table(rows) + more
  }

  private static func members(_ metrics: ChainMetrics, _ analysis: ChainAnalysis) -> String {
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
        "yuan earned", "E-I",
      ]
    ]
    for member in ranked.prefix(listed) {
      let party = analysis.parties[member.party]
      rows.append([
        PlainText.safe(party.name, limit: 24), party.party.id, "\(member.above)", "\(member.below)",
        "\(member.exclusiveCustomers)", score(member.shareOfSupply), "\(member.bought)",
        "\(member.sold)", PlainText.yuan(member.paidFen), PlainText.yuan(member.earnedFen),
        score(member.eiIndex),
      ])
    }
    let more = ranked.count > listed ? "\n\(ranked.count - listed) more parties; see --json" : ""
    return "Hubs (枢纽): persons above and below; customers only through it, and their share\n"
      + PlainText.table(rows) + more
  }
}
