internal import ClewEvidence

/// Reads entities of FollowTheMoney, one JSON object in a line: `id`, `schema`, `properties`.
///
/// The entities refer to each other by id in any order, so the file is read twice: first who holds
/// which account, then what each entity says. Every property is a list of texts. Times without zone
/// are UTC, as the format defines them. Of a relation whose role is no known kind only a line between
/// two remains.
struct FollowTheMoney: Importer {
  let format = "ftm"
  let title = "FollowTheMoney entities"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let outline = JSONOutline(source),
      outline.has("id", "schema", "properties")
        || outline.has("[].id", "[].schema", "[].properties")
    else { return nil }
    return Recognition(confidence: 90, sign: "JSON objects with id, schema, properties")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var people = FtMPeople(source)
    let first = try FtMUnits(source)
    while let unit = try first.next() {
      if let entity = unit.value.flatMap(FtMEntity.init) { try people.note(entity) }
    }
    people.settle()
    let reader = try FtMUnits(source)
    var count: Int64 = 0
    while let unit = try reader.next() {
      count += 1
      let position = UnitPosition(row: count, offset: unit.offset)
      do {
        if let fault = unit.fault { throw RowFault(fault) }
        guard let entity = unit.value.flatMap(FtMEntity.init) else {
          throw RowFault("the value has no id, schema and properties as lists of texts")
        }
        let items = try people.items(of: entity)
        guard !items.isEmpty else {
          try sink.skip(at: position, rule: "entity that is neither party nor relation")
          continue
        }
        let text = String(validating: unit.bytes, as: UTF8.self)
        try sink.accept(
          items,
          at: position,
          original: text.map(Original.text) ?? .bytes(unit.bytes)
        )
      } catch let fault as RowFault {
        try sink.reject(at: position, bytes: unit.bytes, reason: fault.reason)
      }
    }
    sink.setDecision("layout", reader.layout)
    sink.setDecision("time zone", "UTC where none is written")
    return count
  }
}

/// The values of a file of entities: its lines where the first one is a value, so that a damaged line
/// costs no other; else whatever values the file holds.
private final class FtMUnits {
  /// One value, or a stretch that is none.
  struct Unit {
    let offset: Int64
    let bytes: [UInt8]
    let value: JSONValue?
    let fault: String?
  }

  private enum Mode {
    case lines(TextLines)
    case values(JSONReader)
  }

  private let mode: Mode

  init(_ source: StagedSource) throws {
    let first = InterchangeLines.head(source, lines: 1).first
    if let first, (try? JSONParser.parse(Array(first.utf8))) != nil {
      let decision = JSONInput.decision(source.head)
      mode = .lines(TextLines(try TextWindow(source, decision), encoding: decision.encoding))
    } else {
      // A list of entities is read element by element.
      mode = .values(try JSONReader(source, paths: ["", "[]"]))
    }
  }

  /// What the log of decisions says of the file.
  var layout: String {
    switch mode {
    case .lines: "one entity in a line"
    case .values(let reader): reader.structureNote ?? "entities over several lines"
    }
  }

  func next() throws -> Unit? {
    switch mode {
    case .values(let reader):
      return try reader.next().map {
        Unit(offset: $0.offset, bytes: $0.bytes, value: $0.value, fault: $0.fault)
      }
    case .lines(let lines):
      while let line = try lines.next() {
        if let text = line.text, TabularCell.trim(text).isEmpty { continue }
        var bytes = line.source
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        guard let text = line.text, !line.isCut else {
          let fault = line.isCut ? "the line is too long" : "the line is not UTF-8"
          return Unit(offset: line.offset, bytes: bytes, value: nil, fault: fault)
        }
        do {
          let value = try JSONParser.parse(Array(text.utf8))
          return Unit(offset: line.offset, bytes: bytes, value: value, fault: nil)
        } catch {
          let fault = error.description
          return Unit(offset: line.offset, bytes: bytes, value: nil, fault: fault)
        }
      }
      return nil
    }
  }
}

/// One entity.
struct FtMEntity {
  let id: String
  let schema: String
  private let properties: JSONObject

  /// `nil` when the value is no entity.
  init?(_ value: JSONValue) {
    guard let object = value.object, let id = object["id"]?.string, !id.isEmpty,
      let schema = object["schema"]?.string, !schema.isEmpty,
      let properties = object["properties"]?.object
    else { return nil }
    // A single text may stand for a list of one.
    let isSound = properties.members.allSatisfy { member in
      (member.value.array ?? [member.value]).allSatisfy { $0.string != nil }
    }
    guard isSound else { return nil }
    self.id = id
    self.schema = schema
    self.properties = properties
  }

  /// The texts of the first property of these names that has any.
  func texts(_ names: String...) -> [String] {
    for name in names {
      guard let value = properties[name] else { continue }
      let texts = (value.array ?? [value]).compactMap(\.string)
        .map { TabularCell.trim($0) }.filter { !$0.isEmpty }
      if !texts.isEmpty { return texts }
    }
    return []
  }

  /// The first text, or an empty one.
  func text(_ names: String...) -> String {
    for name in names {
      if let text = texts(name).first { return text }
    }
    return ""
  }

  /// What the entity is to Clew.
  enum Role { case party, account, bank, relation, ownership, other }

  var role: Role {
    switch schema {
    case "Person", "LegalEntity", "Organization", "Company", "PublicBody", "Thing": .party
    case "UserAccount": .account
    case "BankAccount": .bank
    case "Ownership": .ownership
    case "Payment", "Message", "Call", "UnknownLink", "Membership", "Associate", "Family",
      "Representation", "Directorship", "Employment":
      .relation
    default: .other
    }
  }
}

/// Who holds which account in a file of entities.
struct FtMPeople {
  private var book: NodeBook
  private var nodes: [Account: InterchangeNode] = [:]
  private var order: [Account] = []
  private var owners: [(owner: String, asset: String)] = []
  /// The entities that are accounts: only these are the same person as their owner.
  private var accountIDs: Set<Account> = []
  private let path: String
  private let mark: String

  init(_ source: StagedSource) {
    book = NodeBook(source)
    path = source.displayPath
    mark = String(source.sha256.prefix(8))
  }

  /// Notes a party or an account in the first reading.
  mutating func note(_ entity: FtMEntity) throws {
    switch entity.role {
    case .party, .account, .bank:
      guard order.count < NodeBook.limit else {
        throw ImportError.limitExceeded(path: path, limit: "\(NodeBook.limit) entities")
      }
      let key = Account(.name, entity.id)
      if nodes[key] == nil { order.append(key) }
      nodes[key] = Self.node(entity)
      if entity.role != .party { accountIDs.insert(key) }
      for owner in entity.texts("owner") { owners.append((owner, entity.id)) }
    case .ownership:
      for owner in entity.texts("owner") {
        for asset in entity.texts("asset") { owners.append((owner, asset)) }
      }
    default: break
    }
  }

  /// Gives every entity the account by which it is known, when all are noted.
  ///
  /// A party without an account of its own is known by the account that it owns, and an account
  /// without an identifier that Clew knows by its owner.
  mutating func settle() {
    for (owner, asset) in owners {
      let (ownerKey, assetKey) = (Account(.name, owner), Account(.name, asset))
      guard accountIDs.contains(assetKey), let account = nodes[assetKey]?.accounts().found.first
      else { continue }
      nodes[ownerKey]?.attributes.append(InterchangeAttribute("account", account.description))
    }
    for key in order {
      if let node = nodes[key] { _ = book.enter(node) }
    }
  }

  /// A party or account as a node.
  private static func node(_ entity: FtMEntity) -> InterchangeNode {
    var node = InterchangeNode(id: entity.id, label: entity.text("name"))
    func add(_ name: String, _ texts: [String]) {
      node.attributes += texts.map { InterchangeAttribute(name, $0) }
    }
    switch entity.role {
    case .account:
      let service = InterchangeWords.sense(of: entity.text("service"))
      if case .account = service {
        add(entity.text("service"), entity.texts("username"))
      } else if node.label.isEmpty {
        node.label = entity.text("username")
      }
      add("phone", entity.texts("number"))
      add("email", entity.texts("email"))
    case .bank:
      add("accountnumber", entity.texts("accountNumber"))
    default:
      add("phone", entity.texts("phone"))
      add("email", entity.texts("email"))
      // Passports and numbers of other countries are no identity numbers.
      add("idnumber", entity.texts("idNumber").filter { AccountNormalizer.identity($0) != nil })
    }
    return node
  }

  /// What an entity says.
  func items(of entity: FtMEntity) throws(RowFault) -> [EvidenceItem] {
    switch entity.role {
    case .party, .account, .bank: return party(entity)
    case .ownership:
      return entity.texts("owner").map { book.account(of: $0) }.flatMap { owner in
        entity.texts("asset").map { asset -> EvidenceItem in
          let (account, isAccount) = (
            book.account(of: asset), accountIDs.contains(Account(.name, asset))
          )
          guard account != owner else { return .contact(Contact(owner: nil, contact: account)) }
          // A firm is not its owner: only an account is.
          let basis = isAccount ? AccountLink.Basis.statedHolder : .contactEntry
          return .accountLink(AccountLink(owner, account, basis: basis))
        }
      }
    case .relation: return try relation(entity)
    case .other: return []
    }
  }

  private func party(_ entity: FtMEntity) -> [EvidenceItem] {
    guard let node = nodes[Account(.name, entity.id)] else { return [] }
    var items = book.items(of: node)
    let account = book.account(of: entity.id)
    let names = entity.texts("name").dropFirst() + entity.texts("alias") + entity.texts("weakAlias")
    for alias in names {
      items.append(.contact(Contact(owner: nil, contact: account, name: alias)))
    }
    return items
  }

  private func relation(_ entity: FtMEntity) throws(RowFault) -> [EvidenceItem] {
    let ends: ([String], [String])
    var kind = ""
    switch entity.schema {
    case "Payment":
      ends = (
        entity.texts("payerAccount", "payer"), entity.texts("beneficiaryAccount", "beneficiary")
      )
      kind = "payment"
    case "Message":
      ends = (
        entity.texts("senderAccount", "sender"), entity.texts("recipientAccount", "recipients")
      )
      kind = "message"
    case "Call":
      ends = (entity.texts("caller"), entity.texts("receiver"))
      kind = "call"
    case "Membership": ends = (entity.texts("member"), entity.texts("organization"))
    case "UnknownLink":
      ends = (entity.texts("subject"), entity.texts("object"))
      kind = entity.text("role")
    case "Associate": ends = (entity.texts("person"), entity.texts("associate"))
    case "Family": ends = (entity.texts("person"), entity.texts("relative"))
    case "Representation": ends = (entity.texts("agent"), entity.texts("client"))
    case "Directorship": ends = (entity.texts("director"), entity.texts("organization"))
    default: ends = (entity.texts("employee"), entity.texts("employer"))
    }
    let sources = try accounts(ends.0, entity.schema == "Call" ? entity.texts("callerNumber") : [])
    let targets = try accounts(
      ends.1,
      entity.schema == "Call" ? entity.texts("receiverNumber") : []
    )
    guard sources.count * targets.count <= 1000 else {
      throw RowFault("the relation has more than 1000 pairs of ends")
    }
    let isPayment = kind == "payment"
    guard !isPayment || (sources.count == 1 && targets.count == 1) else {
      throw RowFault("the payment has several payers or payees")
    }
    var items: [EvidenceItem] = []
    for source in sources {
      for target in targets {
        var link = InterchangeLink(source: source, target: target, kind: kind)
        link.attributes = Self.attributes(entity)
        link.place = "\(mark)/\(entity.id)"
        link.offsetMinutes = 0
        items += try link.items()
      }
    }
    return items
  }

  private static func attributes(_ entity: FtMEntity) -> [InterchangeAttribute] {
    [
      ("amount", entity.text("amount")), ("currency", entity.text("currency")),
      ("date", entity.text("date", "startDate")), ("memo", entity.text("purpose", "subject")),
      ("duration", entity.text("duration")), ("text", entity.text("bodyText", "subject")),
    ].filter { !$0.1.isEmpty }.map { InterchangeAttribute($0.0, $0.1) }
      + entity.texts("transactionNumber").map { InterchangeAttribute("transactionnumber", $0) }
  }

  /// The accounts of the entities at one end, or the number that the relation states itself.
  private func accounts(
    _ ids: [String],
    _ numbers: [String]
  ) throws(RowFault) -> [Account] {
    var found: [Account] = []
    for id in ids {
      let account = book.account(of: id)
      if !found.contains(account) { found.append(account) }
    }
    if found.isEmpty { found = numbers.compactMap(AccountNormalizer.phone) }
    guard !found.isEmpty else { throw RowFault("the relation lacks an end") }
    return found
  }
}
