internal import ClewEvidence
internal import Foundation

/// Reads graphs in Graphviz' DOT language.
///
/// A unit is a statement; a chain `a -> b -> c` draws several edges. The attributes that nodes get by
/// default are passed over: they style a drawing, and an account that is everybody's is nobody's.
/// Those of edges count, for they may state the kind.
struct DotGraph: Importer {
  let format = "dot"
  let title = "Graphviz DOT graph"
  let version = 1

  /// Larger graphs are no drawing; the file is held in memory.
  private static let sizeLimit: Int64 = 32 << 20

  func recognise(_ source: StagedSource) -> Recognition? {
    guard source.tables == nil, !source.head.isEmpty else { return nil }
    let decision = InterchangeLines.decision(source)
    let isWhole = Int64(source.head.count) >= source.bytes
    var scanner = DotScanner(decision.plainHead(source.head, isWhole: isWhole))
    var token = scanner.next()
    guard case .id(var word) = token.kind, token.isBare else { return nil }
    if word.lowercased() == "strict" {
      token = scanner.next()
      guard case .id(let second) = token.kind, token.isBare else { return nil }
      word = second
    }
    guard ["graph", "digraph"].contains(word.lowercased()) else { return nil }
    token = scanner.next()
    if case .id = token.kind { token = scanner.next() }
    guard token.kind == .open else { return nil }
    return Recognition(confidence: 90, sign: "\(word.lowercased()) {")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let (bytes, decision) = try Self.bytes(of: source)
    var statements: [DotParser.Statement] = []
    var parser = DotParser(bytes, from: 0)
    while let statement = parser.next() { statements.append(statement) }
    guard !statements.isEmpty else {
      throw ImportError.malformed(
        path: source.displayPath,
        line: nil,
        reason: "a graph without statements"
      )
    }
    if parser.isCut { sink.setDecision("end", "the last graph does not close") }
    sink.setDecision("encoding", decision.encoding.rawValue)
    let nodes = Self.nodes(statements)
    var book = NodeBook(source)
    for id in nodes.order {
      if let node = nodes.byID[Account(.name, id)], case .full = book.enter(node) {
        throw ImportError.limitExceeded(
          path: source.displayPath,
          limit: "\(NodeBook.limit) nodes"
        )
      }
    }
    InterchangeDecision.note(unreadable: book.unreadable, in: sink)
    var writer = Writer(source: source, bytes: bytes, decision: decision, book: book)
    for statement in statements { try writer.write(statement, nodes, to: sink) }
    return Int64(statements.count)
  }

  /// The whole file as UTF-8.
  private static func bytes(of source: StagedSource) throws -> ([UInt8], TextDecision) {
    guard source.bytes > 0 else { throw ImportError.empty(path: source.displayPath) }
    guard source.bytes <= sizeLimit else {
      throw ImportError.limitExceeded(path: source.displayPath, limit: "\(sizeLimit) bytes")
    }
    let decision = InterchangeLines.decision(source)
    let window = try TextWindow(source, decision)
    while !window.isAtEnd { try window.fill() }
    let bytes = Array(window.bytes[window.start...])
    guard decision.encoding == .gb18030 else { return (bytes, decision) }
    guard let text = GB18030.decode(bytes) else {
      throw ImportError.undecodable(
        path: source.displayPath,
        reason: TabularFault.undecodable.reason
      )
    }
    return (Array(text.utf8), decision)
  }

  /// The nodes that statements describe; what later statements add is added.
  struct Nodes {
    var byID: [Account: InterchangeNode] = [:]
    var order: [String] = []
  }

  private static func nodes(_ statements: [DotParser.Statement]) -> Nodes {
    var nodes = Nodes()
    for statement in statements {
      guard case .node(let id, let attributes) = statement.content else { continue }
      let key = Account(.name, id)
      if nodes.byID[key] == nil { nodes.order.append(id) }
      // In place: a node that is described a million times must not be copied each time.
      for attribute in attributes {
        if attribute.name.lowercased() == "label" {
          nodes.byID[key, default: InterchangeNode(id: id)].label = label(attribute.value, of: id)
        } else if attribute.sense != nil {
          nodes.byID[key, default: InterchangeNode(id: id)].attributes.append(attribute)
        }
      }
      if nodes.byID[key] == nil { nodes.byID[key] = InterchangeNode(id: id) }
    }
    return nodes
  }

  /// The text of a label: `\N` is the node's name, `\n`, `\l` and `\r` end lines.
  static func label(_ text: String, of id: String) -> String {
    var label = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      guard isEscaped else {
        if scalar == "\\" { isEscaped = true } else { label.append(scalar) }
        continue
      }
      isEscaped = false
      switch scalar {
      case "N": label.append(contentsOf: id.unicodeScalars)
      case "n", "l", "r": label.append(" ")
      default: label.append(scalar)
      }
    }
    return TabularCell.trim(String(label))
  }

  /// Hands statements to the sink.
  private struct Writer {
    let source: StagedSource
    let bytes: [UInt8]
    let decision: TextDecision
    let book: NodeBook
    var number: Int64 = 0
    var said: Set<Account> = []
    /// Bytes of attributes that may still be read: each edge reads all of its own, and with them
    /// the defaults of its place, which one line sets for a million edges.
    var room: Int

    init(source: StagedSource, bytes: [UInt8], decision: TextDecision, book: NodeBook) {
      (self.source, self.bytes, self.decision, self.book) = (source, bytes, decision, book)
      room = 16 << 20 + 4 * bytes.count
    }

    mutating func write(
      _ statement: DotParser.Statement,
      _ nodes: Nodes,
      to sink: any UnitSink
    ) throws {
      number += 1
      let part = bytes[statement.range]
      // Offsets of text that was turned into UTF-8 are not those of the file.
      let offset =
        decision.encoding == .utf8
        ? Int64(statement.range.lowerBound + decision.markLength) : nil
      let position = UnitPosition(row: number, offset: offset)
      do {
        switch statement.content {
        case .node(let id, _):
          guard said.insert(Account(.name, id)).inserted,
            let node = nodes.byID[Account(.name, id)]
          else { return try sink.skip(at: position, rule: "node described before") }
          try accept(book.items(of: node), part, position, sink)
        case .edges(let edges, let attributes):
          let length = attributes.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
          let work = length.multipliedReportingOverflow(by: edges.count)
          guard !work.overflow, work.partialValue <= room else {
            throw RowFault("the edges have longer attributes than the file's length allows")
          }
          room -= work.partialValue
          try accept(try items(edges, attributes), part, position, sink)
        case .other(let rule): try sink.skip(at: position, rule: rule)
        case .fault(let reason): throw RowFault(reason)
        }
      } catch let fault as RowFault {
        try sink.reject(at: position, bytes: Array(part), reason: fault.reason)
      }
    }

    private func accept(
      _ items: [EvidenceItem],
      _ part: ArraySlice<UInt8>,
      _ position: UnitPosition,
      _ sink: any UnitSink
    ) throws {
      let text = String(validating: part, as: UTF8.self)
      try sink.accept(
        items,
        at: position,
        original: text.map(Original.text) ?? .bytes(Array(part))
      )
    }

    private func items(
      _ edges: [DotParser.Edge],
      _ attributes: [InterchangeAttribute]
    ) throws(RowFault) -> [EvidenceItem] {
      func first(_ name: String) -> String {
        attributes.first { $0.name.lowercased() == name }?.value ?? ""
      }
      let direction = first("dir").lowercased()
      let label = DotGraph.label(first("label"), of: "")
      let others = attributes.filter { $0.sense != .label }
      var items: [EvidenceItem] = []
      for (place, edge) in edges.enumerated() {
        let (from, to) = (book.account(of: edge.from), book.account(of: edge.to))
        items += try InterchangeLink(
          source: direction == "back" ? to : from,
          target: direction == "back" ? from : to,
          label: label,
          weight: first("weight"),
          isDirected: edge.isDirected && direction != "both" && direction != "none",
          attributes: others,
          place: "\(source.sha256.prefix(8))/\(number)" + (edges.count > 1 ? ".\(place + 1)" : "")
        ).items()
      }
      return items
    }
  }
}
