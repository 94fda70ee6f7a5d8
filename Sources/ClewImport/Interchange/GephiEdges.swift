internal import ClewEvidence

/// Reads the edge table of Gephi: `Source,Target,Type,Id,Label,Weight` and any other columns.
///
/// The nodes lie in a table of their own, so an end that is not of the form `scheme:value` is the
/// bare id, in both tables. The kind is a column of its own or the label.
struct GephiEdges: Importer {
  let format = "gephi-edges"
  let title = "Gephi table of edges"
  let version = 1

  private static let signature = TabularSignature(
    required: [["source"], ["target"]],
    forbidden: ["amountfen"],
    headerRows: 1
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 50, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let (from, to) = (columns.index("source"), columns.index("target"))
    let type = columns.index("type")
    let (id, label, weight) = (
      columns.index("id"), columns.index("label"), columns.index("weight")
    )
    let own = [from, to, type, id, label, weight].compactMap(\.self)
    let others = InterchangeColumns(columns.names) { place, _ in !own.contains(place) }
    let book = NodeBook(sharedIDs: ())
    return try table.run(into: sink) { row throws(RowFault) in
      let (start, end) = (row.clean(from), row.clean(to))
      guard !start.isEmpty else { throw .cell("Source", expected: "node") }
      guard !end.isEmpty else { throw .cell("Target", expected: "node") }
      let direction = TabularCell.headerName(row.clean(type))
      guard ["", "directed", "undirected", "mutual"].contains(direction) else {
        throw .cell("Type", expected: "direction")
      }
      let number = row.clean(id)
      let link = InterchangeLink(
        source: book.account(of: start),
        target: book.account(of: end),
        label: row.clean(label),
        weight: row.clean(weight),
        isDirected: direction.isEmpty || direction == "directed",
        attributes: others.attributes(of: row),
        place: "\(source.sha256.prefix(8))/\(number.isEmpty ? String(row.line) : number)"
      )
      return .accept(try link.items())
    }
  }
}

/// Reads the node table of Gephi: `Id,Label` and any other columns.
///
/// A node with accounts in its columns names each of them; its bare id, by which the edge table knows
/// it, is a name and is joined to the accounts as a hint only.
struct GephiNodes: Importer {
  let format = "gephi-nodes"
  let title = "Gephi table of nodes"
  let version = 1

  private static let signature = TabularSignature(
    required: [["id"], ["label"]],
    forbidden: ["source", "target"],
    headerRows: 1
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 40, sign: Self.signature.sign)
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let (id, label) = (columns.index("id"), columns.index("label"))
    let others = InterchangeColumns(columns.names) { place, _ in place != id && place != label }
    var nodes = NodeTable()
    let count = try table.run(into: sink) { row throws(RowFault) in
      let number = row.clean(id)
      guard !number.isEmpty else { throw .cell("Id", expected: "id") }
      let node = InterchangeNode(
        id: number,
        label: row.clean(label),
        attributes: others.attributes(of: row)
      )
      return .accept(try nodes.items(of: node))
    }
    InterchangeDecision.note(unreadable: nodes.book.unreadable, in: sink)
    return count
  }
}

/// The nodes of a file whose edges lie in another.
struct NodeTable {
  private(set) var book = NodeBook(sharedIDs: ())

  /// What a node says; one id may not stand for two accounts.
  mutating func items(of node: InterchangeNode) throws(RowFault) -> [EvidenceItem] {
    switch book.enter(node) {
    case .new, .again: return book.items(of: node)
    case .conflict: throw RowFault("an earlier row gives the same id to another account")
    case .full: throw RowFault("more than \(NodeBook.limit) nodes")
    }
  }
}
