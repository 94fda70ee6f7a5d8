internal import ClewEvidence

/// Reads the database of WhatsApp on iPhones, `ChatStorage.sqlite`.
///
/// Dates are seconds since 2001 with a fraction. The database does not say whose phone it is from: own messages
/// stand under a name that never merges. The id of a message is made by its sender and is the same on every phone.
struct WhatsAppApple: Importer {
  let format = "whatsapp-ios"
  let title = "WhatsApp, iPhone (ChatStorage.sqlite)"
  let version = 1

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let messages = source.tables?["ZWAMESSAGE"],
      let sessions = source.tables?["ZWACHATSESSION"],
      ["ZISFROMME", "ZMESSAGEDATE", "ZCHATSESSION"].allSatisfy(messages.contains),
      sessions.contains("ZCONTACTJID")
    else { return nil }
    return Recognition(confidence: 95, sign: "tables ZWAMESSAGE and ZWACHATSESSION")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    sink.setDecision("owner", "not stated: own messages stand under a name that never merges")
    var rows = try WhatsAppAppleRows(
      tables.database,
      owner: UnknownOwner.account(of: source)
    )
    try tables.read("ZWACHATSESSION", WhatsAppAppleRows.sessionColumns) { try rows.session($0) }
    try tables.read("ZWAGROUPMEMBER", WhatsAppAppleRows.memberColumns) { try rows.member($0) }
    try tables.read("ZWAMEDIAITEM", WhatsAppAppleRows.mediaColumns) { _ in
      .skip("file, read with its message")
    }
    try tables.read("ZWAMESSAGE", WhatsAppAppleRows.columns) { try rows.message($0) }
    tables.reportUnread()
    return tables.count
  }
}

/// The rows of `ChatStorage.sqlite`, which point to each other by their keys.
struct WhatsAppAppleRows {
  private var turns: WhatsAppTurns
  private var sessions: [Int64: (account: Account?, name: String)] = [:]
  private var people: [Int64: Account] = [:]
  private var files: [Int64: FileReference] = [:]

  /// Rows beyond this number are not remembered.
  private static let limit = 1 << 20

  static let sessionColumns = ["Z_PK", "ZCONTACTJID", "ZPARTNERNAME"]
  static let memberColumns = ["Z_PK", "ZMEMBERJID", "ZCONTACTNAME", "ZCHATSESSION", "ZISADMIN"]
  static let mediaColumns = ["Z_PK", "ZMEDIALOCALPATH", "ZFILESIZE"]
  static let columns = [
    "ZCHATSESSION", "ZISFROMME", "ZSTANZAID", "ZGROUPMEMBER", "ZMESSAGEDATE", "ZMESSAGETYPE",
    "ZTEXT", "ZMEDIAITEM",
  ]

  /// Reads the tables that messages point to.
  init(_ database: SeizedDatabase, owner: Account) throws {
    turns = WhatsAppTurns(owner: owner)
    try database.forEachRow(of: "ZWACHATSESSION", columns: Self.sessionColumns) { row in
      guard sessions.count < Self.limit, let id = row.integer(0) else { return }
      let address = ((try? row.text(1)) ?? nil) ?? ""
      sessions[id] = (WhatsAppAddresses.account(address), ((try? row.text(2)) ?? nil) ?? "")
    }
    try database.forEachRow(of: "ZWAGROUPMEMBER", columns: Self.memberColumns) { row in
      guard people.count < Self.limit, let id = row.integer(0) else { return }
      people[id] = WhatsAppAddresses.account(((try? row.text(1)) ?? nil) ?? "")
    }
    try database.forEachRow(of: "ZWAMEDIAITEM", columns: Self.mediaColumns) { row in
      guard files.count < Self.limit, let id = row.integer(0) else { return }
      files[id] = WhatsAppMessages.file(
        name: nil,
        path: (try? row.text(1)) ?? nil,
        bytes: row.integer(2),
        hash: nil
      )
    }
  }

  /// A row of `ZWACHATSESSION`: the name of a partner or a group.
  func session(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    let name = try row.text(2) ?? ""
    guard let account = WhatsAppAddresses.account(try row.text(1) ?? "") else {
      return .reject("ZCONTACTJID is no address of WhatsApp")
    }
    guard !name.isEmpty, account.scheme != .service else {
      return .skip("chat, read with its messages")
    }
    return .items([.contact(Contact(owner: nil, contact: account, name: name))])
  }

  /// A row of `ZWAGROUPMEMBER`.
  func member(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let member = WhatsAppAddresses.account(try row.text(1) ?? "") else {
      return .reject("ZMEMBERJID is no address of WhatsApp")
    }
    guard let group = row.integer(3).flatMap({ sessions[$0]?.account }), group.scheme.isGroup else {
      return .reject("ZCHATSESSION leads to no group")
    }
    let role = row.integer(4) == 1 ? "admin" : ""
    var items: [EvidenceItem] = [
      .membership(Membership(group: group, member: member, role: role))
    ]
    let name = try row.text(2) ?? ""
    if !name.isEmpty { items.append(.contact(Contact(owner: nil, contact: member, name: name))) }
    return .items(items)
  }

  /// A row of `ZWAMESSAGE`.
  mutating func message(_ row: borrowing SeizedRow) throws -> UnitOutcome {
    guard let chat = row.integer(0).flatMap({ sessions[$0] }), let account = chat.account else {
      return .reject("ZCHATSESSION leads to no chat with an address")
    }
    guard let time = PhoneTime.appleSeconds(try row.text(4)) else {
      return .reject("ZMESSAGEDATE holds no seconds since 2001")
    }
    guard let fromMe = row.integer(1), fromMe == 0 || fromMe == 1 else {
      return .reject("ZISFROMME is neither 0 nor 1")
    }
    let type = row.integer(5) ?? 0
    return turns.take(
      WhatsAppRow(
        chat: account,
        groupName: chat.name,
        sender: row.integer(3).flatMap { people[$0] },
        sentAt: time,
        isOwn: fromMe == 1,
        id: try row.text(2) ?? "",
        type: type,
        kind: Self.kind(type),
        text: try row.text(6) ?? "",
        file: row.integer(7).flatMap { files[$0] }
      )
    )
  }

  private static func kind(_ type: Int64) -> Message.Kind {
    switch type {
    case 0, 7: .text
    case 1: .image
    case 2: .video
    case 3: .voice
    case 4: .card
    case 5: .location
    case 6, 10: .system
    case 8: .file
    case 11, 15: .sticker
    default: .other
    }
  }
}
