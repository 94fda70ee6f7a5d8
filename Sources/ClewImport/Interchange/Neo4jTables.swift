internal import ClewEvidence

/// The typed header of a Neo4j import table: `personId:ID(Person),name,phones:string[],:LABEL`.
struct Neo4jHeader: Sendable {
  /// What a column is.
  enum Role: Hashable, Sendable {
    case id, start, end, type, label, ignored, property
  }

  /// One column: its place, its role, the name before the colon and the id space in brackets.
  struct Column: Sendable {
    let place: Int
    let role: Role
    let name: String
    let space: String
  }

  let columns: [Column]

  /// Takes the names as ``TabularColumns/names`` has them.
  init(_ names: [String]) {
    columns = names.enumerated().map { Self.column($0, $1) }
  }

  func all(_ role: Role) -> [Column] { columns.filter { $0.role == role } }

  /// The columns that hold properties.
  var properties: InterchangeColumns {
    InterchangeColumns(all(.property).map { ($0.place, $0.name) })
  }

  private static func column(_ place: Int, _ name: String) -> Column {
    let bytes = name.utf8
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else {
      return Column(place: place, role: .property, name: name, space: "")
    }
    let before = String(name[..<colon])
    let type = String(name[bytes.index(after: colon)...])
    let open = type.utf8.firstIndex(of: UInt8(ascii: "(")) ?? type.utf8.endIndex
    let word = String(type[..<open])
    var space = ""
    if open < type.utf8.endIndex, type.utf8.last == UInt8(ascii: ")") {
      space = String(type[type.utf8.index(after: open)...].dropLast())
    }
    let roles: [String: Role] = [
      "id": .id, "start_id": .start, "end_id": .end, "type": .type, "label": .label,
      "ignore": .ignored,
    ]
    let role = roles[word] ?? .property
    return Column(place: place, role: role, name: before, space: space)
  }

  /// The id by which nodes and relationships know a node: ids of two spaces are different ids.
  static func id(_ text: String, in space: String) -> String {
    guard !space.isEmpty, InterchangeNode.stated(text) == nil else { return text }
    return "\(text) (\(space))"
  }
}

/// Reads a node table for Neo4j's bulk import.
///
/// Arrays are split at `;`. The relationships lie in a table of their own, so a node that is not of
/// the form `scheme:value` bears its id with the id space, in both tables.
struct Neo4jNodes: Importer {
  let format = "neo4j-nodes"
  let title = "Neo4j import table of nodes"
  let version = 1

  private static let signature = TabularSignature(
    required: [],
    headerRows: 1,
    also: { columns in
      let header = Neo4jHeader(columns.names)
      return header.all(.id).count == 1 && header.all(.start).isEmpty && header.all(.end).isEmpty
    }
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 85, sign: "header with a column of type :ID")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try Neo4jTable.open(source, Self.signature, lacking: ":ID")
    let header = Neo4jHeader(table.layout.columns.names)
    guard let id = header.all(.id).first else {
      throw ImportError.missingColumns(path: source.displayPath, columns: [":ID"])
    }
    let properties = header.properties
    var nodes = NodeTable()
    let count = try table.run(into: sink) { row throws(RowFault) in
      let number = row.clean(id.place)
      guard !number.isEmpty else { throw .cell("\(id.name):ID", expected: "id") }
      let node = InterchangeNode(
        id: Neo4jHeader.id(number, in: id.space),
        attributes: properties.attributes(of: row)
      )
      return .accept(try nodes.items(of: node))
    }
    InterchangeDecision.note(unreadable: nodes.book.unreadable, in: sink)
    return count
  }
}

/// Reads a relationship table for Neo4j's bulk import.
struct Neo4jRelationships: Importer {
  let format = "neo4j-relationships"
  let title = "Neo4j import table of relationships"
  let version = 1

  private static let signature = TabularSignature(
    required: [],
    headerRows: 1,
    also: { columns in
      let header = Neo4jHeader(columns.names)
      return header.all(.start).count == 1 && header.all(.end).count == 1
    }
  )

  func recognise(_ source: StagedSource) -> Recognition? {
    TabularLayout.detect(source, Self.signature).map { _ in
      Recognition(confidence: 90, sign: "header with columns of type :START_ID and :END_ID")
    }
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let table = try Neo4jTable.open(source, Self.signature, lacking: ":START_ID")
    let header = Neo4jHeader(table.layout.columns.names)
    guard let start = header.all(.start).first, let end = header.all(.end).first else {
      throw ImportError.missingColumns(path: source.displayPath, columns: [":START_ID", ":END_ID"])
    }
    let type = header.all(.type).first
    let properties = header.properties
    let book = NodeBook(sharedIDs: ())
    return try table.run(into: sink) { row throws(RowFault) in
      let (from, to) = (row.clean(start.place), row.clean(end.place))
      guard !from.isEmpty else { throw .cell(":START_ID", expected: "id") }
      guard !to.isEmpty else { throw .cell(":END_ID", expected: "id") }
      let link = InterchangeLink(
        source: book.account(of: Neo4jHeader.id(from, in: start.space)),
        target: book.account(of: Neo4jHeader.id(to, in: end.space)),
        kind: row.clean(type?.place),
        attributes: properties.attributes(of: row),
        place: "\(source.sha256.prefix(8))/\(row.line)"
      )
      return .accept(try link.items())
    }
  }
}

/// What both tables of Neo4j share.
enum Neo4jTable {
  static func open(
    _ source: StagedSource,
    _ signature: TabularSignature,
    lacking column: String
  ) throws -> TabularImport {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard TabularLayout.detect(source, signature) != nil else {
      throw ImportError.missingColumns(path: source.displayPath, columns: [column])
    }
    return try TabularImport(source, signature)
  }
}
