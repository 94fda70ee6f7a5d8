public import ClewChain
internal import ClewEvidence

/// The attributes of a party or link in a graph file.
private struct GraphFields {
  static let node = [
    ("name", "string"), ("role", "string"), ("tier", "int"), ("line", "string"),
    ("accounts", "string"), ("upstream", "int"), ("downstream", "int"),
    ("exclusiveDownstream", "int"),
  ]
  static let edge = [
    ("grade", "string"), ("orders", "int"), ("items", "long"), ("amountFen", "long"),
    ("first", "string"), ("last", "string"), ("crossLine", "boolean"),
  ]

  static func values(_ party: PartyFinding, _ analysis: ChainAnalysis) -> [String?] {
    [
      party.name, party.role.rawValue, party.tier.map(String.init),
      party.line.map { analysis.lines[$0].id },
      party.party.accounts.map(\.description).joined(separator: ";"), "\(party.upstream)",
      "\(party.downstream)", "\(party.exclusiveDownstream)",
    ]
  }

  static func values(_ finding: LinkFinding) -> [String?] {
    let link = finding.link
    return [
      link.grade.rawValue, "\(link.orders)",
      "\(link.itemTotal)",
      "\(link.amountFen)", link.span.map { Timestamp(milliseconds: $0.lowerBound).iso },
      link.span.map { Timestamp(milliseconds: $0.upperBound).iso },
      finding.isCrossLine ? "true" : "false",
    ]
  }
}

/// Text inside XML: the five characters escaped, controls that XML forbids made visible.
private func xml(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&apos;"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
      out += "⟦\(String(scalar.value, radix: 16, uppercase: true))⟧"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// The supply graph as GraphML: the parties that trade and the links between them.
public enum GraphMLText {
  /// The document.
  public static func text(_ analysis: ChainAnalysis) -> String {
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns">

      """
    for (name, type) in GraphFields.node {
      out += "  <key id=\"n_\(name)\" for=\"node\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    for (name, type) in GraphFields.edge {
      out += "  <key id=\"e_\(name)\" for=\"edge\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    out += "  <graph id=\"supply\" edgedefault=\"directed\">\n"
    for place in analysis.traders {
      let party = analysis.parties[place]
      out += "    <node id=\"\(party.party.id)\">\n"
      out += data("n_", GraphFields.node, GraphFields.values(party, analysis))
      out += "    </node>\n"
    }
    for link in analysis.links {
      out += "    <edge id=\"\(link.id)\" source=\"\(analysis.parties[link.supplier].party.id)\" "
      out += "target=\"\(analysis.parties[link.buyer].party.id)\">\n"
      out += data("e_", GraphFields.edge, GraphFields.values(link))
      out += "    </edge>\n"
    }
    return out + "  </graph>\n</graphml>\n"
  }

  private static func data(
    _ prefix: String,
    _ fields: [(String, String)],
    _ values: [String?]
  ) -> String {
    zip(fields, values).map { field, value in
      value.map { "      <data key=\"\(prefix)\(field.0)\">\(xml($0))</data>\n" } ?? ""
    }.joined()
  }
}

/// The supply graph as GEXF 1.3, which Gephi reads.
public enum GEXFText {
  /// The document.
  public static func text(_ analysis: ChainAnalysis) -> String {
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <gexf xmlns="http://gexf.net/1.3" version="1.3">
        <graph defaultedgetype="directed">

      """
    out += declarations("node", GraphFields.node) + declarations("edge", GraphFields.edge)
    out += "    <nodes>\n"
    for place in analysis.traders {
      let party = analysis.parties[place]
      out += "      <node id=\"\(party.party.id)\" label=\"\(xml(party.name))\">\n"
      out += values(GraphFields.values(party, analysis)) + "      </node>\n"
    }
    out += "    </nodes>\n    <edges>\n"
    for link in analysis.links {
      out += "      <edge id=\"\(link.id)\" source=\"\(analysis.parties[link.supplier].party.id)\" "
      out +=
        "target=\"\(analysis.parties[link.buyer].party.id)\" weight=\"\(link.link.dealings)\">\n"
      out += values(GraphFields.values(link)) + "      </edge>\n"
    }
    return out + "    </edges>\n  </graph>\n</gexf>\n"
  }

  private static func declarations(_ kind: String, _ fields: [(String, String)]) -> String {
    var out = "    <attributes class=\"\(kind)\">\n"
    for (place, field) in fields.enumerated() {
      let type = field.1 == "int" ? "integer" : field.1
      out += "      <attribute id=\"\(place)\" title=\"\(field.0)\" type=\"\(type)\"/>\n"
    }
    return out + "    </attributes>\n"
  }

  private static func values(_ values: [String?]) -> String {
    var out = "        <attvalues>\n"
    for (place, value) in values.enumerated() {
      guard let value else { continue }
      out += "          <attvalue for=\"\(place)\" value=\"\(xml(value))\"/>\n"
    }
    return out + "        </attvalues>\n"
  }
}
