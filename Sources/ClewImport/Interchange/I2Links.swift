internal import ClewEvidence

/// Reads a link table for i2 Analyst's Notebook: both ends with identity, label and type, the link
/// with type, label, direction, date and time.
///
/// The columns of such tables are free; these are known by the names that the import specifications
/// use. An identity is one entity of this file; a column such as `Entity1 Phone` states an account.
struct I2Links: Importer {
  let format = "i2-links"
  let title = "i2 Analyst's Notebook table of links"
  let version = 1

  private static let signature = TabularSignature(
    required: [
      ["entity1identity", "entity1", "end1identity", "end1", "entity1label"],
      ["entity2identity", "entity2", "end2identity", "end2", "entity2label"],
    ],
    headerRows: 1
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 80, sign: "header Entity1 …, Entity2 …")
    }
  }

  /// The columns of one end.
  private struct End {
    let number: String
    let identity: Int?
    let label: Int?
    let others: InterchangeColumns

    init(_ number: String, _ columns: TabularColumns) {
      self.number = number
      let starts = ["entity\(number)", "end\(number)"]
      identity = columns.index(anyOf: starts.flatMap { [$0 + "identity", $0 + "id", $0] })
      label = columns.index(anyOf: starts.flatMap { [$0 + "label", $0 + "name"] })
      var attributes: [(place: Int, name: String)] = []
      for (place, name) in columns.names.enumerated() where place != identity && place != label {
        for start in starts where name.utf8.starts(with: start.utf8) {
          let rest = name.unicodeScalars.dropFirst(start.unicodeScalars.count)
          if !rest.isEmpty { attributes.append((place, String(rest))) }
        }
      }
      others = InterchangeColumns(attributes)
    }

    func node(_ row: TabularRow) throws(RowFault) -> InterchangeNode {
      let (id, name) = (row.clean(identity), row.clean(label))
      guard !id.isEmpty || !name.isEmpty else {
        throw RowFault("end \(number) of the link has neither identity nor label")
      }
      return InterchangeNode(
        id: id.isEmpty ? name : id,
        label: name,
        attributes: others.attributes(of: row)
      )
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try TabularImport(source, Self.signature)
    let columns = table.layout.columns
    let ends = (End("1", columns), End("2", columns))
    let type = columns.index("linktype", "type")
    let label = columns.index("linklabel", "label")
    let arrow = columns.index("direction", "linkdirection", "arrow")
    let strength = columns.index("strength", "linkstrength")
    let own = [type, label, arrow, strength].compactMap(\.self)
    let others = InterchangeColumns(columns.names) { place, name in
      !own.contains(place)
        && !["entity1", "entity2", "end1", "end2"].contains { start in
          name.utf8.starts(with: start.utf8)
        }
    }
    // First who is who: an identity is one entity, whichever row says what of it.
    var entities = Entities()
    _ = try table.run(into: SilentSink()) { row throws(RowFault) in
      for end in [ends.0, ends.1] { entities.note(try end.node(row)) }
      return .skip("")
    }
    var book = NodeBook(source)
    for node in entities.nodes {
      if case .full = book.enter(node) {
        throw ImportError.limitExceeded(
          path: source.displayPath,
          limit: "\(NodeBook.limit) entities"
        )
      }
    }
    var said: Set<Account> = []
    let count = try TabularImport(source, Self.signature).run(into: sink) { row throws(RowFault) in
      var nodes: [InterchangeNode] = []
      for end in [ends.0, ends.1] {
        let id = try end.node(row).id
        if let node = entities.node(id) { nodes.append(node) }
      }
      let accounts = nodes.map { book.account(of: $0.id) }
      let direction = try Self.direction(row.clean(arrow), isStated: arrow != nil)
      let link = InterchangeLink(
        source: direction == .backward ? accounts[1] : accounts[0],
        target: direction == .backward ? accounts[0] : accounts[1],
        kind: row.clean(type),
        label: row.clean(label),
        isDirected: direction != .neither,
        attributes: others.attributes(of: row),
        place: "\(source.sha256.prefix(8))/\(row.line)"
      )
      var items = try link.items()
      // An entity is described once, by the first row that is taken.
      for node in nodes.reversed() where said.insert(Account(.name, node.id)).inserted {
        items = book.items(of: node) + items
      }
      return .accept(items)
    }
    InterchangeDecision.note(unreadable: book.unreadable, in: sink)
    return count
  }

  /// The entities of a table, what all rows say of each taken together.
  private struct Entities {
    /// An attribute of the entity at a place.
    private struct Stated: Hashable {
      let place: Int
      let attribute: InterchangeAttribute
    }

    private var places: [Account: Int] = [:]
    private var known: Set<Stated> = []
    private(set) var nodes: [InterchangeNode] = []

    mutating func note(_ node: InterchangeNode) {
      let key = Account(.name, node.id)
      guard let place = places[key] else {
        places[key] = nodes.count
        for attribute in node.attributes {
          known.insert(Stated(place: nodes.count, attribute: attribute))
        }
        nodes.append(node)
        return
      }
      if nodes[place].label.isEmpty { nodes[place].label = node.label }
      for attribute in node.attributes
      where known.insert(Stated(place: place, attribute: attribute)).inserted {
        nodes[place].attributes.append(attribute)
      }
    }

    func node(_ id: String) -> InterchangeNode? { places[Account(.name, id)].map { nodes[$0] } }
  }

  private enum Direction { case forward, backward, neither }

  /// Reads `1->2` and its other spellings; an arrow on both ends is no direction.
  private static func direction(_ text: String, isStated: Bool) throws(RowFault) -> Direction {
    guard isStated else { return .forward }
    switch TabularCell.headerName(text) {
    case "1->2", "->", "→", "1→2", "1to2", "forward", "arrowonhead", "end1toend2": return .forward
    case "2->1", "1<-2", "<-", "←", "1←2", "2→1", "2to1", "backward", "arrowontail", "end2toend1":
      return .backward
    case "", "none", "-", "--", "both", "<->", "1<->2", "↔", "arrowonboth", "arrownone":
      return .neither
    default: throw .cell("Direction", expected: "direction")
    }
  }
}
