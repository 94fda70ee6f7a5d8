internal import ClewEvidence

/// The persons of an iPhone's address book, gathered before its rows are handed on.
struct AppleBook {
  private var persons: [Int64: PhoneBookPerson] = [:]
  /// The parts of messenger accounts: name of the part and its text, by the id of the value.
  private var parts: [Int64: [String: String]] = [:]
  private let scope: String
  /// Whether a note exceeds the limit of a person's notes.
  private(set) var hasCutNotes = false
  /// Whose address book it is, if the message database beside it tells.
  var owner: Account?
  /// The first numbers, by which a neighbouring database is known to be of the same phone.
  private(set) var numbers: Set<Account> = []

  static let personColumns = [
    "First", "Last", "Middle", "Nickname", "Organization", "Note", "DisplayName",
  ]
  static let valueColumns = ["UID", "record_id", "property", "value", "label"]
  private static let limit = 2_000_000

  init(_ database: SeizedDatabase, _ source: StagedSource) throws {
    scope = String(source.sha256.prefix(12))
    try database.forEachRow(of: "ABPerson", columns: Self.personColumns) { row in
      guard persons.count < Self.limit else {
        throw ImportError.limitExceeded(path: source.displayPath, limit: "\(Self.limit) persons")
      }
      let cells = Self.personColumns.indices.map { ((try? row.text($0)) ?? nil) ?? "" }
      var person = PhoneBookPerson()
      person.name = Self.name(cells)
      if !person.addNote(cells[5]) { hasCutNotes = true }
      persons[row.key] = person
    }
    var names: [Int64: String] = [:]
    try database.forEachRow(of: "ABMultiValueEntryKey", columns: ["value"]) { row in
      if names.count < 1000, let name = (try? row.text(0)) ?? nil {
        names[row.key] = name.lowercased()
      }
    }
    try database.forEachRow(of: "ABMultiValueEntry", columns: ["parent_id", "key", "value"]) {
      row in
      guard let parent = row.integer(0), let name = row.integer(1).flatMap({ names[$0] }),
        let value = (try? row.text(2)) ?? nil, parts.count < Self.limit
      else { return }
      parts[parent, default: [:]][name] = value
    }
    try database.forEachRow(of: "ABMultiValue", columns: Self.valueColumns) { row in
      guard let id = row.integer(1), var person = persons[id],
        case .some(let found) = (try? accounts(row)) ?? nil, let first = found.first
      else { return }
      if first.scheme == .phone, numbers.count < 10_000 { numbers.insert(first) }
      if person.first == nil {
        person.first = first
        persons[id] = person
      }
    }
  }

  /// A row of `ABPerson`: says something where the note mentions accounts, or where no row of
  /// `ABMultiValue` holds one.
  func person(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    for column in Self.personColumns.indices { _ = try row.text(column) }
    guard var person = persons[row.key] else { return .reject("the row has no key") }
    person.owner = owner
    if person.first == nil {
      guard let own = PhoneBookPerson.named(person.name, scope: scope) else {
        return .skip("person without name and account")
      }
      return .items([person.entry(for: own, name: person.name)])
    }
    let mentions = person.mentions()
    return mentions.isEmpty ? .skip("person, read with its values") : .items(mentions)
  }

  /// A row of `ABMultiValue`.
  func value(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let id = row.integer(1), var person = persons[id] else {
      return .reject("record_id names no person")
    }
    person.owner = owner
    guard let accounts = try accounts(row) else { return .skip("kind of value that is not read") }
    guard !accounts.isEmpty else {
      return .reject("value is no telephone number, mail address or account of its messenger")
    }
    return .items(accounts.flatMap { person.items(for: $0) })
  }

  /// The accounts of a row; `nil` for addresses, links and messengers that Clew does not know.
  private func accounts(_ row: borrowing SeizedRow) throws -> [Account]? {
    let text = try row.text(3) ?? ""
    switch row.integer(2) {
    case 3: return PhoneBookValue.phones(text)
    case 4: return PhoneBookValue.mail(text)
    case 13, 46:
      let value = parts[row.integer(0) ?? row.key] ?? [:]
      let service = (value["service"] ?? value["label"] ?? "").lowercased()
      guard ["qq", "wechat", "weixin", "微信"].contains(where: { TabularCell.holds(service, $0) })
      else { return nil }
      let handle = value["username"] ?? value["identifier"] ?? ""
      return PhoneBookValue.messenger(handle, service: service).map { [$0] } ?? []
    default: return nil
    }
  }

  /// The full name, else the name shown, the nickname or the organisation.
  private static func name(_ cells: [String]) -> String {
    let full = PhoneBookPerson.fullName(given: cells[0], middle: cells[2], family: cells[1])
    return [full, cells[6], cells[3], cells[4]].first { !$0.isEmpty } ?? ""
  }
}
