internal import ClewEvidence

/// Reads GraphML, as yEd, Gephi, networkx, igraph and Clew itself write it.
///
/// Data refer to keys by id; a key's default holds for every element that lacks it. Edges may stand
/// before nodes, so the file is read twice.
struct GraphML: Importer {
  let format = "graphml"
  let title = "GraphML graph"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let root = XMLHead(source)?.root, root.name == "graphml" else { return nil }
    return Recognition(confidence: 95, sign: "root graphml")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try XMLGraphImport(source, .graphML).run(into: sink)
  }
}

/// Reads GEXF 1.1 to 1.3, as Gephi and Clew itself write it.
struct GEXF: Importer {
  let format = "gexf"
  let title = "GEXF graph"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let root = XMLHead(source)?.root, root.name == "gexf" else { return nil }
    return Recognition(confidence: 95, sign: "root gexf")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try XMLGraphImport(source, .gexf).run(into: sink)
  }
}

/// What both readers share.
private struct XMLGraphImport {
  private let source: StagedSource
  private var schema: XMLGraph
  private var book: NodeBook

  /// Reads the declarations and the nodes.
  init(_ source: StagedSource, _ language: XMLGraph.Language) throws {
    self.source = source
    schema = XMLGraph(language, path: source.displayPath)
    book = NodeBook(source)
    let reader = try XMLReader(source)
    do {
      while let event = try reader.next() {
        guard case .start(let start) = event, try !schema.declare(start, reader),
          start.name == "node", let element = try reader.element(start).element
        else { continue }
        for part in XMLGraph.parts(element) where part.name == "node" {
          guard let node = schema.node(part), !book.holds(node.id) else { continue }
          if case .full = book.enter(node) {
            throw ImportError.limitExceeded(
              path: source.displayPath,
              limit: "\(NodeBook.limit) nodes"
            )
          }
        }
      }
    } catch is XMLFault {
      // The second reading meets the same fault and accounts for it.
    }
  }

  func run(into sink: any UnitSink) throws -> Int64 {
    var seen: Set<Account> = []
    var schema = schema
    let count = try XMLUnits.run(source, into: sink) { units in
      while let event = try units.reader.next() {
        guard case .start(let start) = event else { continue }
        if try schema.declare(start, units.reader) { continue }
        switch start.name {
        case "node":
          try units.read(start, as: "nodes") { element throws(RowFault) in
            .accept(try items(of: element, &seen, schema))
          }
        case "edge":
          try units.read(start, as: "edges") { element throws(RowFault) in
            .accept(try items(of: element, &seen, schema))
          }
        case "hyperedge":
          try units.read(start, as: "edges") { _ throws(RowFault) in .skip("edge of many ends") }
        case "graphml", "gexf", "nodes", "edges": continue
        default: try units.reader.skip(start)
        }
      }
    }
    InterchangeDecision.note(unreadable: book.unreadable, in: sink)
    return count
  }

  private func items(
    of element: XMLElement,
    _ seen: inout Set<Account>,
    _ schema: XMLGraph
  ) throws(RowFault) -> [EvidenceItem] {
    var items: [EvidenceItem] = []
    for part in XMLGraph.parts(element) {
      if part.name == "node" {
        guard let node = schema.node(part) else { throw RowFault("the node has no id") }
        guard seen.insert(Account(.name, node.id)).inserted else {
          throw RowFault("an earlier node bears the same id")
        }
        items += book.items(of: node)
      } else {
        let place = "\(source.sha256.prefix(8))/"
        guard let edge = schema.edge(part, book, place: place) else {
          throw RowFault("the edge lacks an end")
        }
        for (name, id) in [("source", edge.source), ("target", edge.target)]
        where !book.holds(id) {
          throw RowFault("attribute \(name) names no node of the file")
        }
        items += try edge.link.items()
      }
    }
    return items
  }
}
