public import ClewChain
internal import ClewEvidence

/// What the findings rest on and what is missing, as tables.
public enum GapsText {
  /// The tables with at most `limit` rows each, with a line feed at their end.
  public static func text(_ gaps: CaseGaps, of analysis: ChainAnalysis, limit: Int) -> String {
    let parts = [
      missing(gaps, analysis, limit), phones(gaps, analysis, limit),
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
    var rows = [["phone of", "", "role", "findings", "links", "roles", "lines", "records"]]
    for phone in gaps.phones.prefix(limit) {
      rows.append(
        name(phone.party, analysis)
          + [
            "\(phone.findings)", "\(phone.links.count)", "\(phone.roles.count)",
            phone.lines.isEmpty
              ? "-" : phone.lines.map { analysis.lines[$0].id }.joined(separator: " "),
            PlainText.grouped(phone.records),
          ]
      )
    }
    return "What rests on one phone: links, roles and lines that would fall or change without it\n"
      + PlainText.table(rows) + more(gaps.phones.count, limit)
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

/// What the findings rest on and what is missing, as the document `clew.gaps/1`.
public enum GapsJSON {
  /// The name and version of the document.
  public static let schema = "clew.gaps/1"

  /// The document, with a line feed at its end.
  public static func text(_ gaps: CaseGaps, of analysis: ChainAnalysis, limit: Int?) -> String {
    func id(_ place: Int) -> String { analysis.parties[place].party.id }
    let limit = limit ?? .max
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
      json.array("missing", gaps.missing.prefix(limit)) { json, entry in
        json.object { json in
          json.string("party", id(entry.party))
          for (key, value) in [
            ("expected", entry.expected), ("newLinks", entry.newLinks), ("role", entry.role),
            ("links", entry.links), ("partners", entry.partners),
          ] {
            json.value(key, JSONWriter.decimal(Int64(value), unit: 1000))
          }
        }
      }
      json.array("phones", gaps.phones.prefix(limit)) { json, phone in
        json.object { json in
          json.string("party", id(phone.party))
          json.number("records", phone.records)
          json.strings("links", phone.links.map { analysis.links[$0].id })
          json.strings("roles", phone.roles.map(id))
          json.strings("lines", phone.lines.map { analysis.lines[$0].id })
        }
      }
      json.array("contradictions", gaps.contradictions.prefix(limit)) { json, entry in
        json.object { json in
          json.string("kind", entry.kind.rawValue)
          json.string("link", entry.link.map { analysis.links[$0].id })
          json.string("party", entry.party.map(id))
        }
      }
    }
    return json.text + "\n"
  }
}
