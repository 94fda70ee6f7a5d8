public import ClewChain
public import ClewEvidence

/// The findings as the document `clew.analysis/1` (DESIGN §7).
///
/// Arrays are sorted by id and every number is exact or rounded to a fixed place, so that the same
/// findings give the same bytes.
public enum AnalysisJSON {
  /// The name and version of the document.
  public static let schema = "clew.analysis/1"

  /// The document, with a line feed at its end.
  ///
  /// Where evidence from a moment on was left out, `until` names that moment, and the key `until` is
  /// written; otherwise it is not there.
  public static func text(_ analysis: ChainAnalysis, until: Timestamp? = nil) -> String {
    var json = JSONWriter()
    add(analysis, until, to: &json)
    return json.text
  }

  /// Writes the document piece by piece, so that it is never in memory as a whole.
  public static func write(
    _ analysis: ChainAnalysis,
    until: Timestamp? = nil,
    to sink: @escaping (String) -> Void
  ) {
    var json = JSONWriter(to: sink)
    add(analysis, until, to: &json)
  }

  private static func add(
    _ analysis: ChainAnalysis,
    _ until: Timestamp?,
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.string("schema", schema)
      if let until { json.string("until", until.iso) }
      json.array("parties", analysis.parties) { json, party in
        add(party, of: analysis, to: &json)
      }
      json.array("lines", analysis.lines) { json, line in
        json.object { json in
          json.string("id", line.id)
          json.string("name", line.name)
          json.string("principal", analysis.parties[line.principal].party.id)
          json.strings("principals", line.principals.map { analysis.parties[$0].party.id })
          json.number("members", line.members)
          json.numbers("byTier", line.byTier)
          json.number("items", line.items)
          json.number("amountFen", line.amountFen)
        }
      }
      json.array("links", analysis.links) { json, link in add(link, of: analysis, to: &json) }
      json.array("restated", analysis.restated) { json, restated in
        add(restated, of: analysis, to: &json)
      }
      json.array("unseenSupply", analysis.gaps) { json, gap in add(gap, of: analysis, to: &json) }
      PartyJSON.possible(analysis, to: &json)
      PartyJSON.conflicts(analysis, to: &json)
      PartyJSON.decisions(analysis.decisions, to: &json)
      json.object("summary") { json in
        json.number("parties", analysis.parties.count)
        json.number("links", analysis.links.count)
        json.number("lines", analysis.lines.count)
        json.number("crossLinks", analysis.crossLinks.count)
        json.number("depth", analysis.depth)
        json.value("incoherence", analysis.incoherence.map(JSONWriter.score) ?? "null")
        json.string("modelVersion", analysis.modelVersion)
      }
    }
    json.finish()
  }

  private static func add(
    _ party: PartyFinding,
    of analysis: ChainAnalysis,
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.string("id", party.party.id)
      json.string("name", party.name)
      json.strings("accounts", party.party.accounts.map(\.description))
      json.string("role", party.role.rawValue)
      json.value(
        "roleConfidence",
        JSONWriter.decimal(Int64(party.roleConfidence), unit: 1000)
      )
      json.number("tier", party.tier)
      json.value(
        "tierConfidence",
        JSONWriter.decimal(Int64(party.tierConfidence), unit: 1000)
      )
      json.string("line", party.line.map { analysis.lines[$0].id })
      json.value(
        "lineConfidence",
        JSONWriter.decimal(Int64(party.lineConfidence), unit: 1000)
      )
      json.bool("lineInferred", party.isLineInferred)
      json.map(
        "lineShares",
        party.lineShares.sorted { $0.key < $1.key }.map {
          (analysis.lines[$0.key].id, JSONWriter.decimal($0.value, unit: 1_000_000_000))
        }
      )
      add(party.lineBasis, to: &json)
      json.number("upstream", party.upstream)
      json.number("downstream", party.downstream)
      json.number("exclusiveDownstream", party.exclusiveDownstream)
      json.map(
        "scores",
        party.scores.sorted { $0.key < $1.key }.map { ($0.key, JSONWriter.score($0.value)) }
      )
      json.strings("evidence", party.evidence.map(\.description))
    }
  }

  /// What speaks for a line, `null` where there is none; a leader needs no other reason.
  private static func add(_ basis: LineBasis?, to json: inout JSONWriter) {
    guard let basis else { return json.value("lineBasis", "null") }
    json.object("lineBasis") { json in
      json.bool("leads", basis.isLeader)
      guard !basis.isLeader else { return }
      json.string("dealings", basis.isBuyer ? "purchases" : "sales")
      json.number("withMembers", basis.dealings)
      json.number("ofAll", basis.allDealings)
      json.number("ordersAcrossGaps", basis.ordersAcrossGaps)
      json.number("payments", basis.payments)
      json.number("groups", basis.groups)
    }
  }

  private static func add(
    _ finding: LinkFinding,
    of analysis: ChainAnalysis,
    to json: inout JSONWriter
  ) {
    let link = finding.link
    json.object { json in
      json.string("id", finding.id)
      json.string("supplier", analysis.parties[finding.supplier].party.id)
      json.string("buyer", analysis.parties[finding.buyer].party.id)
      json.string("grade", link.grade.rawValue)
      json.number("orders", link.orders)
      json.map("items", Self.items(link, analysis).map { ($0.id, "\($0.count)") })
      json.number("amountFen", link.amountFen)
      json.string("first", link.span.map { Timestamp(milliseconds: $0.lowerBound).iso })
      json.string("last", link.span.map { Timestamp(milliseconds: $0.upperBound).iso })
      json.bool("crossLine", finding.isCrossLine)
      json.strings("evidence", unique(link.evidence).map(\.description))
      json.strings("against", unique(link.against).map(\.description))
    }
  }

  private static func add(
    _ restated: Restatement,
    of analysis: ChainAnalysis,
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.string("supplier", analysis.parties[restated.supplier].party.id)
      json.string("buyer", analysis.parties[restated.buyer].party.id)
      json.string("statedSupplier", analysis.parties[restated.link.supplier].party.id)
      json.string("statedBuyer", analysis.parties[restated.link.buyer].party.id)
      json.strings("evidence", unique(restated.link.evidence).map(\.description))
    }
  }

  /// Supply of which no dealing is seen.
  static func add(_ gap: SupplyGap, of analysis: ChainAnalysis, to json: inout JSONWriter) {
    json.object { json in
      json.string("supplier", analysis.parties[gap.upper].party.id)
      json.string("buyer", analysis.parties[gap.lower].party.id)
      json.number("targets", gap.targets)
      json.strings("evidence", gap.evidence.map(\.description))
    }
  }

  /// The records of some exhibits, each once, in their order.
  static func unique(_ exhibits: [Exhibit]) -> [RecordID] {
    var seen: Set<RecordID> = []
    return exhibits.map(\.record).filter { seen.insert($0).inserted }
  }

  /// The categories of which the link delivered something; what fits no category is `other`.
  static func items(
    _ link: SupplyLink,
    _ analysis: ChainAnalysis
  ) -> [(id: String, title: String, count: Int64)] {
    link.items.enumerated().filter { $0.element > 0 }.map { place, count in
      place < analysis.categories.count
        ? (analysis.categories[place].id, analysis.categories[place].title, count)
        : ("other", "其他", count)
    }
  }
}
