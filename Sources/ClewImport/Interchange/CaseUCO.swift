internal import ClewEvidence

/// Reads an evidence document in CASE/UCO (JSON-LD): accounts, persons, messages, calls and the
/// relationships between them.
///
/// The context is expanded, so any prefix may stand for the ontologies. Objects refer to each other in
/// any order: the document is read twice. A person is known by the account that a relationship
/// `Has_Account` gives it.
struct CaseUCO: Importer {
  let format = "case-uco"
  let title = "CASE/UCO evidence document (JSON-LD)"
  let version = 1

  private static let paths: [JSONPath] = ["@graph[]", "@context"]

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let outline = JSONOutline(source), outline.has("@context"),
      ["unifiedcyberontology.org/", "caseontology.org/"].contains(where: {
        TextDecision.contains(source.head, Array($0.utf8))
      })
    else { return nil }
    return Recognition(confidence: 92, sign: "@context with the UCO ontology")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var context = CaseContext()
    let opening = try JSONReader(source, paths: Self.paths)
    while let unit = try opening.next() {
      if unit.path == 1, let value = unit.value { context.take(value) }
    }
    var store = CaseStore(source, context)
    let first = try JSONReader(source, paths: Self.paths)
    while let unit = try first.next() {
      if unit.path == 0, let object = unit.value.flatMap({ CaseObject($0, context) }) {
        try store.note(object)
      }
    }
    store.settle()
    let reader = try JSONReader(source, paths: Self.paths)
    var count: Int64 = 0
    while let unit = try reader.next() {
      if unit.path == 1, unit.fault == nil { continue }
      count += 1
      let position = UnitPosition(row: count, offset: unit.offset)
      do {
        if let fault = unit.fault { throw RowFault(fault) }
        guard let object = unit.value.flatMap({ CaseObject($0, context) }) else {
          throw RowFault("the object has no @id")
        }
        switch try store.outcome(object) {
        case .skip(let rule): try sink.skip(at: position, rule: rule)
        case .accept(let items):
          let text = String(validating: unit.bytes, as: UTF8.self)
          try sink.accept(
            items,
            at: position,
            original: text.map(Original.text) ?? .bytes(unit.bytes)
          )
        }
      } catch let fault as RowFault {
        try sink.reject(at: position, bytes: unit.bytes, reason: fault.reason)
      }
    }
    if let note = reader.structureNote { sink.setDecision("structure", note) }
    guard count > 0 else {
      throw ImportError.malformed(
        path: source.displayPath,
        line: nil,
        reason: "the document has no objects in @graph"
      )
    }
    return count
  }
}

/// The accounts and persons of a document.
struct CaseStore {
  private let context: CaseContext
  private let path: String
  private let mark: String
  private var book: NodeBook
  private var applications: [String: String] = [:]
  /// By the bytes of the id: Swift compares strings by looks.
  private var nodes: [Account: InterchangeNode] = [:]
  private var order: [Account] = []
  private var accounts: [(id: String, application: String, identifier: String)] = []
  private var accountIDs: Set<Account> = []
  private var holders: [(person: String, account: String)] = []

  init(_ source: StagedSource, _ context: CaseContext) {
    self.context = context
    path = source.displayPath
    mark = "\(source.sha256.prefix(8))/"
    book = NodeBook(source)
  }

  /// Notes an object in the first reading.
  mutating func note(_ object: CaseObject) throws {
    guard order.count < NodeBook.limit else {
      throw ImportError.limitExceeded(path: path, limit: "\(NodeBook.limit) objects")
    }
    switch Self.role(object) {
    case .application: applications[object.id] = object.text("name")
    case .person:
      let parts = [object.text("familyName"), object.text("givenName")].joined()
      enter(InterchangeNode(id: object.id, label: Self.first(object.text("name"), parts)))
    case .account:
      var node = InterchangeNode(id: object.id, label: object.text("displayName"))
      node.attributes += object.texts("phoneNumber").map { InterchangeAttribute("phone", $0) }
      node.attributes += object.texts("addressValue").map { InterchangeAttribute("email", $0) }
      enter(node)
      accountIDs.insert(Account(.name, node.id))
      let application = object.references("application", context).first ?? ""
      for identifier in object.texts("accountIdentifier") {
        accounts.append((object.id, application, identifier))
      }
    case .relationship:
      guard InterchangeWords.kind(of: object.text("kindOfRelationship")) == .ownership else {
        return
      }
      for person in object.references("source", context) {
        for account in object.references("target", context) { holders.append((person, account)) }
      }
    case .message, .call, .other: break
    }
  }

  private static func first(_ one: String, _ other: String) -> String { one.isEmpty ? other : one }

  private mutating func enter(_ node: InterchangeNode) {
    let key = Account(.name, node.id)
    if nodes[key] == nil { order.append(key) }
    nodes[key] = node
  }

  /// Gives every account and person the account by which it is known, when all are noted.
  mutating func settle() {
    for (id, application, identifier) in accounts {
      let service = applications[application] ?? ""
      let key = Account(.name, id)
      if case .account = InterchangeWords.sense(of: service) {
        nodes[key]?.attributes.append(InterchangeAttribute(service, identifier))
      } else if nodes[key]?.label.isEmpty == true {
        nodes[key]?.label = identifier
      }
    }
    let own = nodes.mapValues { $0.accounts().found }
    for (person, account) in holders where accountIDs.contains(Account(.name, account)) {
      nodes[Account(.name, person)]?.attributes += (own[Account(.name, account)] ?? []).map {
        InterchangeAttribute("account", $0.description)
      }
    }
    for key in order {
      if let node = nodes[key] { _ = book.enter(node) }
    }
  }

  private enum Role { case application, person, account, relationship, message, call, other }

  private static func role(_ object: CaseObject) -> Role {
    if object.has("messageText") || object.types.contains("Message") { return .message }
    if object.has("callType") || !object.types.isDisjoint(with: ["Call", "PhoneCall"]) {
      return .call
    }
    if object.types.contains("Relationship") || object.types.contains("ObservableRelationship") {
      return .relationship
    }
    if object.types.contains("Application") { return .application }
    if !object.types.isDisjoint(with: ["Person", "Identity", "Organization"]) { return .person }
    let isAccount = object.types.contains { $0.hasSuffix("Account") || $0 == "EmailAddress" }
    return isAccount || object.has("accountIdentifier") || object.has("phoneNumber")
      ? .account : .other
  }

  // MARK: - Objects

  /// What becomes of an object in the last reading.
  func outcome(_ object: CaseObject) throws(RowFault) -> RowOutcome {
    switch Self.role(object) {
    case .application: return .skip("application")
    case .other: return .skip("object of no read class")
    case .person, .account:
      guard let node = nodes[Account(.name, object.id)] else {
        return .skip("object of no read class")
      }
      return .accept(book.items(of: node))
    case .relationship: return .accept(try relationship(object))
    case .message:
      var attributes = [InterchangeAttribute("text", object.text("messageText"))]
      if let time = object.texts("sentTime").first {
        attributes.append(InterchangeAttribute("date", time))
      }
      return .accept(try exchange(object, kind: "message", attributes))
    case .call:
      var attributes: [InterchangeAttribute] = []
      if let time = object.texts("startTime").first {
        attributes.append(InterchangeAttribute("date", time))
      }
      if let duration = object.texts("duration").first {
        attributes.append(InterchangeAttribute("duration", duration))
      }
      return .accept(try exchange(object, kind: "call", attributes))
    }
  }

  private func relationship(_ object: CaseObject) throws(RowFault) -> [EvidenceItem] {
    let sources = object.references("source", context)
    let targets = object.references("target", context)
    guard let first = sources.first, let second = targets.first else {
      throw RowFault("the relationship lacks source or target")
    }
    guard sources.count * targets.count == 1 else {
      throw RowFault("the relationship has several sources or targets")
    }
    let (source, target) = (book.account(of: first), book.account(of: second))
    // The person is known by this very account.
    if source == target { return [.contact(Contact(owner: nil, contact: target))] }
    var link = InterchangeLink(
      source: source,
      target: target,
      kind: object.text("kindOfRelationship")
    )
    link.isDirected = object.text("isDirectional").lowercased() != "false"
    link.place = mark + object.id
    if let time = object.texts("startTime").first {
      link.attributes.append(InterchangeAttribute("date", time))
    }
    return try link.items()
  }

  private func exchange(
    _ object: CaseObject,
    kind: String,
    _ attributes: [InterchangeAttribute]
  ) throws(RowFault) -> [EvidenceItem] {
    let senders = object.references("from", context)
    let receivers = object.references("to", context)
    guard let sender = senders.first, senders.count == 1 else {
      throw RowFault("the \(kind) has no single sender")
    }
    guard !receivers.isEmpty, receivers.count <= 1000 else {
      throw RowFault("the \(kind) has no receiver, or more than 1000")
    }
    var items: [EvidenceItem] = []
    for receiver in receivers {
      var link = InterchangeLink(
        source: book.account(of: sender),
        target: book.account(of: receiver),
        kind: kind
      )
      link.attributes = attributes
      items += try link.items()
    }
    return items
  }
}
