internal import GraphCore

/// The outline of a network as tables and as JSON.
public enum GraphOutlineText {
  /// The tables, with a line feed at their end.
  public static func text(_ outline: GraphOutline, of network: NamedGraph) -> String {
    let graph = network.graph
    func name(_ node: NodeID) -> String { PlainText.safe(network.label(of: node), limit: 40) }
    let size = PlainText.table([
      ["nodes", PlainText.grouped(graph.nodeCount)],
      ["links", PlainText.grouped(graph.edgeCount)],
      ["weight", PlainText.grouped(graph.totalWeight)],
      ["parts", share(outline.components)],
      ["circles", share(outline.strongComponents)],
      ["run both ways", outline.reciprocity.map(percent) ?? "-"],
      ["reached by no head", PlainText.grouped(outline.unreached)],
    ])
    let tiers =
      [["tier", "nodes"]]
      + outline.tiers.enumerated().map { ["\($0 + 1)", PlainText.grouped($1)] }
    let lines =
      [["line", "head", "members", "but for the head"]]
      + outline.lines.enumerated().map {
        [
          "\($0 + 1)", name($1.head), PlainText.grouped($1.members), PlainText.grouped($1.butFor),
        ]
      }
    let hubs =
      [["hub", "hands on", "receives", "tier", "line", "but for it"]]
      + outline.hubs.map {
        [
          name($0.node), PlainText.grouped($0.out), PlainText.grouped($0.into),
          $0.tier.map(String.init) ?? "-", $0.line.map { "\($0 + 1)" } ?? "-",
          PlainText.grouped($0.butFor),
        ]
      }
    let parts =
      [size] + (outline.looksLikeTalk ? [talk] : []) + [tiers, lines, hubs].map(PlainText.table)
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// What to say where links are answered.
  private static let talk = """
    So many links run both ways as in calls, mail or chats. Talk is no supply: tiers, lines and heads below
    only say what they would be if each link were one, and tell nobody's place in a trade.
    """

  private static func percent(_ share: Double) -> String {
    "\(Int(exactly: (share * 100).rounded()) ?? 0) of 100 links"
  }

  private static func share(_ components: Components) -> String {
    "\(PlainText.grouped(components.count)), the largest of "
      + "\(PlainText.grouped(components.sizes.max() ?? 0)) nodes"
  }

  /// The document `clew.graph-analysis/1`.
  public static func json(_ outline: GraphOutline, of network: NamedGraph) -> String {
    let graph = network.graph
    var json = JSONWriter()
    json.object { json in
      json.string("schema", "clew.graph-analysis/1")
      json.number("nodes", graph.nodeCount)
      json.number("links", graph.edgeCount)
      json.number("weight", graph.totalWeight)
      json.object("parts") { write(outline.components, &$0) }
      json.object("circles") { write(outline.strongComponents, &$0) }
      json.value("reciprocity", outline.reciprocity.map(JSONWriter.score) ?? "null")
      json.bool("looksLikeTalk", outline.looksLikeTalk)
      json.numbers("tiers", outline.tiers)
      json.number("unreached", outline.unreached)
      json.array("lines", outline.lines) { json, line in
        json.object { json in
          json.string("head", network.label(of: line.head))
          json.number("members", line.members)
          json.number("butFor", line.butFor)
        }
      }
      json.array("hubs", outline.hubs) { json, hub in
        json.object { json in
          json.string("node", network.label(of: hub.node))
          json.number("out", hub.out)
          json.number("in", hub.into)
          json.number("tier", hub.tier)
          json.number("line", hub.line.map { $0 + 1 })
          json.number("butFor", hub.butFor)
        }
      }
    }
    return json.text + "\n"
  }

  private static func write(_ components: Components, _ json: inout JSONWriter) {
    json.number("count", components.count)
    json.number("largest", components.sizes.max() ?? 0)
  }
}
