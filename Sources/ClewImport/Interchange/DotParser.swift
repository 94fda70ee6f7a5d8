internal import ClewEvidence

/// Reads the statements of DOT graphs one by one, with the defaults of their places applied.
///
/// Every statement is a unit, in a subgraph too. What cannot be read is passed over up to the next
/// `;`, line or brace, as one faulty statement. Subgraphs nest on a stack of their own, not on the
/// machine's.
struct DotParser {
  /// One edge of a statement.
  struct Edge {
    let from: String
    let to: String
    let isDirected: Bool
  }

  /// What a statement says.
  enum Content {
    case node(id: String, attributes: [InterchangeAttribute])
    case edges([Edge], attributes: [InterchangeAttribute])
    /// Defaults, attributes of a graph, and edges from or to nothing.
    case other(rule: String)
    case fault(String)
  }

  /// A statement and where it stands in the file.
  struct Statement {
    let content: Content
    let range: Range<Int>
  }

  /// One graph or subgraph that is open.
  private struct Frame {
    let isDirected: Bool
    var edgeDefaults: [InterchangeAttribute]
    /// The nodes of the subgraph in the order in which they appear, each once.
    var nodes: [String] = []
    var known: Set<Account> = []
    /// The edge statement of this place that is being read; a subgraph may be one of its ends.
    var chain: Chain?
    let start: Int

    /// Sets defaults that tell something; a later one of the same name replaces the earlier.
    mutating func setEdgeDefaults(_ attributes: [InterchangeAttribute]) {
      for attribute in attributes {
        let name = attribute.name.lowercased()
        guard attribute.sense != nil || name == "weight" || name == "dir" else { continue }
        edgeDefaults.removeAll { $0.name.lowercased() == name }
        edgeDefaults.append(attribute)
      }
    }
  }

  /// The ends of an edge statement so far.
  private struct Chain {
    let start: Int
    var ends: [[String]]
    var isDirected: [Bool] = []
  }

  static let depthLimit = 64
  static let edgeLimit = 100_000

  private var scanner: DotScanner
  private var token: DotScanner.Token
  private var frames: [Frame] = []
  private var previousEnd = 0
  /// How many edges may still be drawn: a subgraph on both sides of an arrow draws the square of its
  /// length, in every statement anew.
  private var room: Int

  init(_ bytes: [UInt8], from start: Int) {
    room = Self.edgeLimit + bytes.count
    scanner = DotScanner(bytes, from: start)
    token = scanner.next()
  }

  /// Whether a graph was still open at the end of the file.
  private(set) var isCut = false

  /// The next statement, or `nil` at the end.
  mutating func next() -> Statement? {
    while true {
      if token.kind == .end { return end() }
      if frames.isEmpty {
        if let fault = openGraph() { return fault }
        continue
      }
      switch token.kind {
      case .semicolon, .comma: advance()
      case .close:
        if let statement = closeFrame() { return statement }
      case .open:
        if let fault = push(from: token.start) { return fault }
      case .id(let word) where token.isBare && word.lowercased() == "subgraph":
        if let fault = openSubgraph() { return fault }
      default: if let statement = statement() { return statement }
      }
    }
  }

  /// The end of the file; an edge statement may still wait for its end.
  private mutating func end() -> Statement? {
    while let frame = frames.popLast() {
      isCut = true
      if let chain = frame.chain {
        return Statement(
          content: .fault("the file ends inside this statement"),
          range: chain.start..<max(previousEnd, chain.start)
        )
      }
    }
    return nil
  }

  private mutating func advance() {
    previousEnd = token.end
    token = scanner.next()
  }

  private var isAtEnd: Bool { token.kind == .end }

  // MARK: - Graphs and subgraphs

  /// Reads `strict digraph name {`.
  private mutating func openGraph() -> Statement? {
    let start = token.start
    if word == "strict" { advance() }
    guard let kind = word, kind == "graph" || kind == "digraph" else {
      return fault("what stands here is no graph", from: start)
    }
    advance()
    if case .id = token.kind { advance() }
    guard token.kind == .open else { return fault("a graph without {", from: start) }
    advance()
    frames.append(Frame(isDirected: kind == "digraph", edgeDefaults: [], start: start))
    return nil
  }

  /// The present token as a bare word in lower case.
  private var word: String? {
    if case .id(let text) = token.kind, token.isBare { text.lowercased() } else { nil }
  }

  private mutating func openSubgraph() -> Statement? {
    let start = token.start
    advance()
    if case .id = token.kind { advance() }
    guard token.kind == .open else {
      dropChain()
      return fault("a subgraph without {", from: start)
    }
    return push(from: start)
  }

  private mutating func push(from start: Int) -> Statement? {
    guard frames.count < Self.depthLimit, let outer = frames.last else {
      dropChain()
      return fault("subgraphs nest deeper than \(Self.depthLimit)", from: start)
    }
    advance()
    frames.append(
      Frame(
        isDirected: outer.isDirected,
        edgeDefaults: outer.edgeDefaults,
        start: start
      )
    )
    return nil
  }

  /// Ends a graph or subgraph, which may be an end of an edge.
  private mutating func closeFrame() -> Statement? {
    guard let frame = frames.popLast() else { return nil }
    advance()
    guard !frames.isEmpty else { return nil }
    note(frame.nodes)
    let last = frames.count - 1
    if frames[last].chain == nil {
      guard isEdge else { return nil }
      frames[last].chain = Chain(start: frame.start, ends: [])
    }
    frames[last].chain?.ends.append(frame.nodes)
    return goOn()
  }

  /// Notes the nodes of a subgraph; of the graph itself nobody asks.
  ///
  /// One more than the limit is kept, so that an edge to such a subgraph is refused and not cut.
  private mutating func note(_ nodes: [String]) {
    guard let last = frames.indices.last, last > 0 else { return }
    for node in nodes where frames[last].nodes.count <= Self.edgeLimit {
      if frames[last].known.insert(Account(.name, node)).inserted {
        frames[last].nodes.append(node)
      }
    }
  }

  // MARK: - Statements

  private var isEdge: Bool { token.kind == .arrow || token.kind == .line }

  private mutating func statement() -> Statement? {
    let start = token.start
    guard case .id(let first) = token.kind else {
      if case .fault(let reason) = token.kind { return fault(reason, from: start) }
      return fault("what stands here begins no statement", from: start)
    }
    if let word, ["node", "edge", "graph"].contains(word) {
      advance()
      return defaults(word, from: start)
    }
    advance()
    if token.kind == .equals {
      advance()
      guard case .id = token.kind else { return fault("an attribute without value", from: start) }
      advance()
      return finish(.other(rule: "attribute of a graph"), from: start)
    }
    guard skipPort() else { return fault("a port without name", from: start) }
    if isEdge {
      frames[frames.count - 1].chain = Chain(start: start, ends: [[first]])
      return goOn()
    }
    note([first])
    var attributes: [InterchangeAttribute] = []
    if let reason = readLists(into: &attributes) { return fault(reason, from: start) }
    return finish(.node(id: first, attributes: attributes), from: start)
  }

  /// Passes over `:port:compass`, which only says where an edge touches.
  private mutating func skipPort() -> Bool {
    for _ in 0..<2 where token.kind == .colon {
      advance()
      guard case .id = token.kind else { return false }
      advance()
    }
    return true
  }

  private mutating func defaults(_ word: String, from start: Int) -> Statement? {
    var attributes: [InterchangeAttribute] = []
    guard token.kind == .openList else {
      return fault("defaults without attributes", from: start)
    }
    if let reason = readLists(into: &attributes) { return fault(reason, from: start) }
    let statement = finish(.other(rule: "defaults"), from: start)
    if word == "edge", case .other = statement.content, let last = frames.indices.last {
      frames[last].setEdgeDefaults(attributes)
    }
    return statement
  }

  /// Reads on in an edge statement after one of its ends; `nil` when a subgraph is the next one,
  /// whose statements come first.
  private mutating func goOn() -> Statement? {
    // In place: a chain of many ends must not be copied for each of them.
    let last = frames.count - 1
    guard last >= 0, let start = frames[last].chain?.start else { return nil }
    while isEdge {
      // The wrong mark for the kind of graph is an error in DOT; the mark is what the writer meant.
      let isDirected = frames[last].isDirected && token.kind == .arrow
      frames[last].chain?.isDirected.append(isDirected)
      advance()
      if token.kind == .open { return push(from: start) }
      if word == "subgraph" { return openSubgraph() }
      guard case .id(let id) = token.kind else {
        dropChain()
        return fault("an edge without its second end", from: start)
      }
      advance()
      guard skipPort() else {
        dropChain()
        return fault("a port without name", from: start)
      }
      frames[last].chain?.ends.append([id])
    }
    guard let chain = dropChain() else { return nil }
    var attributes: [InterchangeAttribute] = []
    if let reason = readLists(into: &attributes) { return fault(reason, from: start) }
    attributes += frames.last?.edgeDefaults ?? []
    let count = Self.edgeCount(of: chain)
    guard count <= Self.edgeLimit else {
      return finish(.fault("one statement draws more than \(Self.edgeLimit) edges"), from: start)
    }
    guard count <= room else {
      return finish(.fault("the graph draws more edges than its length allows"), from: start)
    }
    room -= count
    let edges = Self.edges(of: chain)
    note(chain.ends.flatMap(\.self))
    let content =
      edges.isEmpty
      ? Content.other(rule: "edge from or to nothing") : .edges(edges, attributes: attributes)
    return finish(content, from: start)
  }

  /// Takes the edge statement of this place away.
  @discardableResult
  private mutating func dropChain() -> Chain? {
    guard let last = frames.indices.last else { return nil }
    let chain = frames[last].chain
    frames[last].chain = nil
    return chain
  }

  /// How many edges a statement draws; beyond the limit it is not counted on.
  private static func edgeCount(of chain: Chain) -> Int {
    var count = 0
    for place in chain.isDirected.indices where place + 1 < chain.ends.count {
      // Neither side holds more than the limit and one, so the product is far from any overflow.
      count += chain.ends[place].count * chain.ends[place + 1].count
      if count > edgeLimit { return count }
    }
    return count
  }

  private static func edges(of chain: Chain) -> [Edge] {
    var edges: [Edge] = []
    for (place, isDirected) in chain.isDirected.enumerated() where place + 1 < chain.ends.count {
      for from in chain.ends[place] {
        for to in chain.ends[place + 1] {
          edges.append(Edge(from: from, to: to, isDirected: isDirected))
        }
      }
    }
    return edges
  }

  /// Reads `[a=b, c=d][e=f]`; the answer says what is wrong.
  private mutating func readLists(into attributes: inout [InterchangeAttribute]) -> String? {
    while token.kind == .openList {
      advance()
      while token.kind != .closeList {
        switch token.kind {
        case .semicolon, .comma: advance()
        case .id(let name):
          advance()
          guard token.kind == .equals else { return "an attribute without value" }
          advance()
          guard case .id(let value) = token.kind else { return "an attribute without value" }
          advance()
          attributes.append(InterchangeAttribute(name, value))
        case .fault(let reason): return reason
        default: return "a list of attributes that does not close"
        }
      }
      advance()
    }
    return nil
  }

  // MARK: - Ends of statements

  /// Ends a statement; one that the end of the file may have cut is none.
  private mutating func finish(_ content: Content, from start: Int) -> Statement {
    let range = start..<max(previousEnd, start)
    switch token.kind {
    case .end:
      return Statement(content: .fault("the file ends inside this statement"), range: range)
    default: return Statement(content: content, range: range)
    }
  }

  /// Passes over the rest of what cannot be read: at least one token.
  private mutating func fault(_ reason: String, from start: Int) -> Statement {
    if token.end <= start || token.start == start { advance() }
    while !isAtEnd, !token.startsLine {
      if token.kind == .semicolon || token.kind == .close || token.kind == .open { break }
      advance()
    }
    let reason = isAtEnd ? "the file ends inside this statement" : reason
    return Statement(content: .fault(reason), range: start..<max(previousEnd, start))
  }
}
