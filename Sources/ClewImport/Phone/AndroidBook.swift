internal import ClewEvidence

/// The persons of an Android address book, gathered before its rows are handed on.
struct AndroidBook {
  /// A row of `contacts`, or a raw contact that belongs to none.
  private struct Key: Hashable {
    let isContact: Bool
    let id: Int64
  }

  private var kinds: [Int64: String] = [:]
  private var keys: [Int64: Key] = [:]
  private var persons: [Key: PhoneBookPerson] = [:]
  private let scope: String
  /// Whether a note exceeds the limit of a person's notes.
  private(set) var hasCutNotes = false
  /// Kinds of data whose rows are passed over, sorted.
  private(set) var unreadKinds: [String] = []

  static let rawColumns = ["_id", "contact_id", "deleted", "display_name"]
  static let dataColumns = [
    "raw_contact_id", "mimetype_id", "data1", "data2", "data3", "data4", "data5", "data6", "data7",
    "data8", "data9", "data10",
  ]
  private static let limit = 2_000_000

  /// Looks through the tables.
  init(_ database: SeizedDatabase, _ source: StagedSource) throws {
    scope = String(source.sha256.prefix(12))
    try database.forEachRow(of: "mimetypes", columns: ["_id", "mimetype"]) { row in
      guard kinds.count < Self.limit, let kind = (try? row.text(1)) ?? nil else { return }
      kinds[row.integer(0) ?? row.key] = kind.split(separator: "/").last.map(String.init) ?? kind
    }
    var leading: [Int64: Int64] = [:]
    try database.forEachRow(of: "contacts", columns: ["_id", "name_raw_contact_id"]) { row in
      guard leading.count < Self.limit, let name = row.integer(1) else { return }
      leading[row.integer(0) ?? row.key] = name
    }
    try database.forEachRow(of: "raw_contacts", columns: Self.rawColumns) { row in
      guard keys.count < Self.limit else {
        throw ImportError.limitExceeded(
          path: source.displayPath,
          limit: "\(Self.limit) raw contacts"
        )
      }
      let id = row.integer(0) ?? row.key
      // A deleted raw contact stands alone, so that it marks nobody else as deleted.
      let isDeleted = row.integer(2) ?? 0 != 0
      let contact = isDeleted ? nil : row.integer(1)
      let key = Key(isContact: contact != nil, id: contact ?? id)
      keys[id] = key
      var person = persons[key] ?? PhoneBookPerson()
      let name = ((try? row.text(3)) ?? nil) ?? ""
      if person.name.isEmpty || (contact.flatMap { leading[$0] } == id && !name.isEmpty) {
        person.name = name
      }
      if isDeleted { person.nature = .deleted }
      persons[key] = person
    }
    var unread: Set<String> = []
    try database.forEachRow(of: "data", columns: Self.dataColumns) { row in
      gather(row, &unread)
    }
    unreadKinds = unread.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private mutating func gather(_ row: borrowing SeizedRow, _ unread: inout Set<String>) {
    guard let raw = row.integer(0), let key = keys[raw], var person = persons[key],
      let kind = row.integer(1).flatMap({ kinds[$0] })
    else { return }
    let text = ((try? row.text(2)) ?? nil) ?? ""
    switch kind {
    case "note":
      if !person.addNote(text) { hasCutNotes = true }
    case "name": if person.name.isEmpty { person.name = text }
    case "group_membership", "photo", "nickname", "organization": break
    case "phone_v2", "email_v2", "im":
      if person.first == nil { person.first = ((try? accounts(kind, row)) ?? [])?.first }
    default: if unread.count < 100 { unread.insert(kind) }
    }
    persons[key] = person
  }

  /// A row of `raw_contacts`: says something where its name differs from the person's, or where no
  /// row of `data` holds an account.
  func rawContact(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let key = keys[row.integer(0) ?? row.key], let person = persons[key] else {
      return .reject("_id is no whole number")
    }
    let name = try row.text(3) ?? ""
    guard let first = person.first else {
      let own = PhoneBookPerson.named(name.isEmpty ? person.name : name, scope: scope)
      guard let own else { return .skip("raw contact without name and account") }
      return .items([person.entry(for: own, name: name.isEmpty ? person.name : name)])
    }
    if name.isEmpty || name.utf8.elementsEqual(person.name.utf8) {
      return .skip("raw contact, read with its data")
    }
    return .items([person.entry(for: first, name: name)])
  }

  /// A row of `data`.
  func data(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let raw = row.integer(0), let key = keys[raw], let person = persons[key] else {
      return .reject("raw_contact_id names no raw contact")
    }
    guard let kind = row.integer(1).flatMap({ kinds[$0] }) else {
      return .reject("mimetype_id names no kind of data")
    }
    let text = try row.text(2) ?? ""
    switch kind {
    case "phone_v2", "email_v2", "im":
      if text.isEmpty { return .skip("empty value") }
      guard let accounts = try accounts(kind, row) else { return .skip("messenger not read") }
      guard !accounts.isEmpty else { return .reject(Self.reasons[kind] ?? "data1 is no account") }
      return .items(accounts.flatMap { person.items(for: $0) })
    case "nickname":
      guard !text.isEmpty, let first = person.first else { return .skip("nickname of no account") }
      return .items([person.entry(for: first, name: text)])
    case "note":
      let mentions = person.mentions()
      return mentions.isEmpty ? .skip("note, read with its person") : .items(mentions)
    case "name": return .skip("name, read with its person")
    default: return .skip("kind of data that is not read")
    }
  }

  private static let reasons = [
    "phone_v2": "data1 is no telephone number", "email_v2": "data1 is no mail address",
    "im": "data1 is no account of its messenger",
  ]

  /// The accounts of a row; `nil` for a messenger that Clew does not know.
  private func accounts(
    _ kind: String,
    _ row: borrowing SeizedRow
  ) throws -> [Account]? {
    let text = try row.text(2) ?? ""
    switch kind {
    case "phone_v2":
      let typed = PhoneBookValue.phones(text)
      // What the phone itself made of a number without an area code.
      return typed.isEmpty ? PhoneBookValue.phones(try row.text(5) ?? "") : typed
    case "email_v2": return PhoneBookValue.mail(text)
    default:
      let service: String
      switch row.integer(6) {
      case 4: service = "qq"
      case .some(-1): service = try row.text(7) ?? ""
      default: return nil
      }
      let lower = service.lowercased()
      guard ["qq", "wechat", "weixin", "微信"].contains(where: { TabularCell.holds(lower, $0) })
      else { return nil }
      return PhoneBookValue.messenger(text, service: service).map { [$0] } ?? []
    }
  }
}
