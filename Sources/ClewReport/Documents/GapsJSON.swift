public import ClewChain
public import ClewEvidence

/// What the findings rest on and what is missing, as the document `clew.gaps/1`.
public enum GapsJSON {
  /// The name and version of the document.
  public static let schema = "clew.gaps/1"

  /// The document, with a line feed at its end; where evidence was left out, `until` says from when.
  public static func text(
    _ gaps: CaseGaps,
    of analysis: ChainAnalysis,
    limit: Int?,
    until: Timestamp? = nil
  ) -> String {
    func id(_ place: Int) -> String { analysis.parties[place].party.id }
    let limit = limit ?? .max
    var json = JSONWriter()
    json.object { json in
      json.string("schema", schema)
      if let until { json.string("until", until.iso) }
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
          json.strings("tiers", phone.tiers.map(id))
          json.strings("members", phone.members.map(id))
          json.strings("lines", phone.lines.map { analysis.lines[$0].id })
        }
      }
      json.array("unseenSupply", analysis.gaps.prefix(limit)) { json, gap in
        AnalysisJSON.add(gap, of: analysis, to: &json)
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
