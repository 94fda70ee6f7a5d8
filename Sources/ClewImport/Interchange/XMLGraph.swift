internal import ClewEvidence

/// What GraphML and GEXF files declare before their nodes and edges, and how these are written.
struct XMLGraph {
  /// Which of the two languages.
  enum Language { case graphML, gexf }

  /// An attribute that the file declares.
  private struct Key {
    let name: String
    let isForNodes: Bool
    let isForEdges: Bool
    /// The value of elements that lack it, where it tells something.
    let byDefault: InterchangeAttribute?
  }

  /// More attributes than this no tool declares.
  private static let keyLimit = 1024
  /// Bytes of all defaults: one line gives them to a million edges, each of which reads them.
  private static let defaultLimit = 4096

  let language: Language
  private var keys: [String: Key] = [:]
  private var order: [String] = []
  private var defaultBytes = 0
  /// Whether edges have a direction unless they say otherwise.
  private var isDirected = true

  private let path: String

  /// Nothing is declared yet; errors name the file at `path`.
  init(_ language: Language, path: String) {
    self.language = language
    self.path = path
  }

  /// An edge as the file has it.
  struct Edge {
    let source: String
    let target: String
    var link: InterchangeLink
  }

  // MARK: - Declarations

  /// Takes a declaration; `false` for an element that is none, which is still to be read.
  mutating func declare(_ start: XMLStart, _ reader: XMLReader) throws -> Bool {
    switch start.name {
    case "key":
      if let element = try reader.element(start).element { try add(key: element, scope: nil) }
      return true
    case "attributes":
      let scope = start.attribute("class") ?? "node"
      if let element = try reader.element(start).element {
        for attribute in element.all("attribute") { try add(key: attribute, scope: scope) }
      }
      return true
    case "graph":
      let direction = start.attribute("edgedefault") ?? start.attribute("defaultedgetype")
      isDirected = direction.map { $0.lowercased() == "directed" } ?? (language == .graphML)
      return true
    default: return false
    }
  }

  private mutating func add(key element: XMLElement, scope: String?) throws {
    guard let id = element.attribute("id") else { return }
    guard order.count < Self.keyLimit else {
      throw ImportError.limitExceeded(path: path, limit: "\(Self.keyLimit) attributes")
    }
    let scope = scope ?? element.attribute("for") ?? "all"
    // In GEXF the ids of nodes' and edges' attributes overlap.
    let place = language == .gexf ? "\(scope)/\(id)" : id
    if keys[place] == nil { order.append(place) }
    let name = element.attribute("attr.name") ?? element.attribute("title") ?? id
    let value = element.first("default").map { TabularCell.trim($0.text) } ?? ""
    let byDefault = (value.isEmpty ? nil : InterchangeAttribute(name, value))
      .flatMap { Self.isGeneral($0) ? $0 : nil }
    // A file is read twice, and may declare an attribute again.
    defaultBytes += byDefault?.value.utf8.count ?? 0
    defaultBytes -= keys[place]?.byDefault?.value.utf8.count ?? 0
    guard defaultBytes <= Self.defaultLimit else {
      throw ImportError.limitExceeded(path: path, limit: "\(Self.defaultLimit) bytes of defaults")
    }
    keys[place] = Key(
      name: name,
      isForNodes: scope == "node" || scope == "all",
      isForEdges: scope == "edge" || scope == "all",
      byDefault: byDefault
    )
  }

  /// Whether a default tells something; an account that is everybody's is nobody's.
  private static func isGeneral(_ attribute: InterchangeAttribute) -> Bool {
    switch attribute.sense {
    case .account, .wechatAlias, .bankNumber, .accountKey: false
    case nil: attribute.name.lowercased() == "weight"
    default: true
    }
  }

  // MARK: - Nodes and edges

  /// A node; `nil` when the element has no id.
  func node(_ element: XMLElement) -> InterchangeNode? {
    guard let id = element.attribute("id"), !id.isEmpty else { return nil }
    let values = attributes(of: element, isNode: true)
    let drawn = language == .graphML ? Self.drawnLabel(element, "NodeLabel") : ""
    return InterchangeNode(
      id: id,
      label: element.attribute("label") ?? drawn,
      attributes: values
    )
  }

  /// An edge between accounts that a book knows; `nil` when an end is missing.
  func edge(_ element: XMLElement, _ book: NodeBook, place: String) -> Edge? {
    guard let source = element.attribute("source"), let target = element.attribute("target"),
      !source.isEmpty, !target.isEmpty
    else { return nil }
    let values = attributes(of: element, isNode: false)
    let stated =
      element.attribute("directed")?.lowercased()
      ?? element.attribute("type")?.lowercased()
    let link = InterchangeLink(
      source: book.account(of: source),
      target: book.account(of: target),
      kind: element.attribute("kind") ?? "",
      label: element.attribute("label") ?? values.first { $0.sense == .label }?.value
        ?? Self.drawnLabel(element, "EdgeLabel"),
      weight: element.attribute("weight")
        ?? values.first { $0.name.lowercased() == "weight" }?.value ?? "",
      isDirected: stated.map { $0 == "true" || $0 == "directed" } ?? isDirected,
      attributes: values,
      place: place + (element.attribute("id") ?? "\(source)>\(target)")
    )
    return Edge(source: source, target: target, link: link)
  }

  /// The values that an element states, and those that it has by default.
  private func attributes(of element: XMLElement, isNode: Bool) -> [InterchangeAttribute] {
    var stated: [(key: String, value: String)] = []
    if language == .graphML {
      for data in element.all("data") {
        guard let key = data.attribute("key") else { continue }
        stated.append((key, TabularCell.trim(data.text)))
      }
    } else {
      for list in element.all("attvalues") + element.all("attvalue") {
        for value in list.name == "attvalue" ? [list] : list.all("attvalue") {
          // GEXF 1.1 says `id` for `for`.
          guard let key = value.attribute("for") ?? value.attribute("id") else { continue }
          stated.append(("\(isNode ? "node" : "edge")/\(key)", value.attribute("value") ?? ""))
        }
      }
    }
    var values = stated.map { InterchangeAttribute(keys[$0.key]?.name ?? $0.key, $0.value) }
    let given = Set(stated.map(\.key))
    for place in order where !given.contains(place) {
      guard let key = keys[place], isNode ? key.isForNodes : key.isForEdges,
        let value = key.byDefault
      else { continue }
      values.append(value)
    }
    return values
  }

  /// The text that yEd draws beside a node or on an edge.
  private static func drawnLabel(_ element: XMLElement, _ name: String) -> String {
    var pending = element.all("data").flatMap(\.children)
    while let next = pending.popLast() {
      if next.name == name { return TabularCell.trim(next.text) }
      if next.name != "graph" { pending += next.children }
    }
    return ""
  }

  // MARK: - Nested graphs

  /// The nodes and edges of an element: its own and those of graphs inside it.
  static func parts(_ element: XMLElement) -> [XMLElement] {
    var found: [XMLElement] = []
    var pending = [element]
    while let next = pending.popLast() {
      switch next.name {
      case "node", "edge":
        found.append(next)
        if next.name == "node" {
          pending += next.children.filter { ["graph", "nodes", "edges"].contains($0.name) }
            .reversed()
        }
      case "graph", "nodes", "edges": pending += next.children.reversed()
      default: break
      }
    }
    return found
  }
}
