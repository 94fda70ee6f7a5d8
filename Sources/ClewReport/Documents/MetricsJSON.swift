public import ClewChain
public import ClewEvidence

/// The figures of a case as the document `clew.metrics/1`.
public enum MetricsJSON {
  /// The name and version of the document.
  public static let schema = "clew.metrics/1"

  /// The document, with a line feed at its end; where evidence was left out, `until` says from when.
  public static func text(
    _ metrics: ChainMetrics,
    of analysis: ChainAnalysis,
    until: Timestamp? = nil
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
      if let until { json.string("until", until.iso) }
      json.object("case") { overview(metrics, analysis, to: &$0) }
      json.array("prices", metrics.prices) { json, price in
        json.object { json in
          json.string("category", analysis.categories[price.category].id)
          json.number("tier", price.tier)
          json.number("suppliers", price.suppliers)
          json.number("prices", price.prices)
          json.number("medianFen", price.medianFen)
        }
      }
      json.array("markups", metrics.markups) { json, markup in
        json.object { json in
          json.number("tier", markup.tier)
          json.number("suppliers", markup.suppliers)
          score("markup", markup.markup, to: &json)
        }
      }
      json.array("lines", zip(analysis.lines, metrics.lines)) { json, pair in
        add(pair.0, pair.1, to: &json)
      }
      json.array("independence", metrics.independence) { json, pair in
        json.object { json in
          json.string("a", analysis.lines[pair.first].id)
          json.string("b", analysis.lines[pair.second].id)
          json.number("links", pair.cut.count)
          json.strings("cut", pair.cut.map { analysis.links[$0].id })
        }
      }
      json.array("parties", metrics.members) { json, member in
        add(member, analysis, to: &json)
      }
      json.array("links", zip(analysis.links, metrics.links)) { json, pair in
        json.object { json in
          json.string("id", pair.0.id)
          json.map(
            "itemFen",
            pair.1.prices.map { (analysis.categories[$0.category].id, "\($0.fen)") }
          )
          score("shareOfSupplier", pair.1.shareOfSupplier, to: &json)
          score("shareOfBuyer", pair.1.shareOfBuyer, to: &json)
          json.number("tierStep", pair.1.tierStep)
          json.bool("reciprocated", pair.1.isReciprocated)
        }
      }
    }
    return json.text + "\n"
  }

  private static func overview(
    _ metrics: ChainMetrics,
    _ analysis: ChainAnalysis,
    to json: inout JSONWriter
  ) {
    json.number("depth", analysis.depth)
    json.numbers("widthByTier", metrics.widthByTier)
    json.numbers("customersByPathLength", metrics.pathLengths)
    json.number("links", analysis.links.count)
    json.number("placedLinks", metrics.placedLinks)
    json.number("crossLinks", analysis.crossLinks.count)
    score("crossLinkRate", metrics.crossLinkRate, to: &json)
    score("eiIndex", metrics.eiIndex, to: &json)
    score("reciprocity", metrics.reciprocity, to: &json)
    score("incoherence", metrics.incoherence, to: &json)
    concentration("suppliers", metrics.suppliers, to: &json)
    concentration("buyers", metrics.buyers, to: &json)
  }

  private static func add(
    _ line: LineFinding,
    _ figures: ChainMetrics.Line,
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.string("id", line.id)
      json.number("depth", figures.depth)
      json.numbers("widthByTier", line.byTier)
      json.number("inside", figures.inside)
      json.number("out", figures.out)
      json.number("into", figures.into)
      score("eiIndex", figures.eiIndex, to: &json)
      json.number("customers", figures.customers)
      json.number("throughPrincipals", figures.throughPrincipals)
      json.numbers("customersByPathLength", figures.pathLengths)
      score("crossLinkRate", figures.crossLinkRate, to: &json)
      score("reciprocity", figures.reciprocity, to: &json)
      score("incoherence", figures.incoherence, to: &json)
      score("markup", figures.markup, to: &json)
      concentration("suppliers", figures.suppliers, to: &json)
    }
  }

  private static func add(
    _ member: ChainMetrics.Member,
    _ analysis: ChainAnalysis,
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.string("id", analysis.parties[member.party].party.id)
      json.number("above", member.above)
      json.number("below", member.below)
      json.number("distance", member.distance)
      json.number("exclusiveCustomers", member.exclusiveCustomers)
      score("shareOfSupply", member.shareOfSupply, to: &json)
      json.number("bought", member.bought)
      json.number("sold", member.sold)
      json.number("paidFen", member.paidFen)
      json.number("earnedFen", member.earnedFen)
      score("eiIndex", member.eiIndex, to: &json)
      score("reciprocity", member.reciprocity, to: &json)
      score("markup", member.markup, to: &json)
    }
  }

  private static func score(_ key: String, _ value: Double?, to json: inout JSONWriter) {
    json.value(key, value.map(JSONWriter.score) ?? "null")
  }

  private static func concentration(
    _ key: String,
    _ value: ChainMetrics.Concentration?,
    to json: inout JSONWriter
  ) {
    guard let value else { return json.value(key, "null") }
    json.object(key) { json in
      json.number("count", value.count)
      score("gini", value.gini, to: &json)
      score("hhi", value.hhi, to: &json)
    }
  }
}
