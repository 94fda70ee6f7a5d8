public import ClewEvidence

/// Reads the decrypted WeChat database of an Android phone, `EnMicroMsg.db`.
///
/// A unit is a row of a table that says something of people: contacts, labels, own account, phone
/// book, groups, transfers, messages. Columns are found by name and may be missing, for versions of
/// the app differ. Tables that are not read are named in the decision `tables not read`.
public struct WeChatAndroidImporter: Importer {
  /// `wechat-android`.
  public let format = "wechat-android"
  /// The name of the format for people.
  public let title = "WeChat, Android (EnMicroMsg.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its message and contact tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    let hasMessages = Self.has(["talker", "content", "msgSvrId", "isSend"], tables["message"])
    let hasContacts = Self.has(["username", "nickname", "conRemark"], tables["rcontact"])
    switch (hasMessages, hasContacts) {
    case (true, true): return Recognition(confidence: 95, sign: "tables message and rcontact")
    case (true, false):
      return Recognition(confidence: 80, sign: "table message with talker, msgSvrId")
    case (false, true): return Recognition(confidence: 70, sign: "table rcontact")
    case (false, false): return nil
    }
  }

  /// Reads all tables, the small ones first.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    guard source.tables != nil else {
      throw ImportError.unreadableDatabase(
        path: source.displayPath,
        reason: "not a readable SQLite database"
      )
    }
    if source.mayLackLog {
      sink.setDecision("log", "none beside the database; the latest rows may be missing")
    } else if let log = source.sidecars.first(where: { $0.suffix == "-wal" }) {
      sink.setDecision("log", "applied, \(log.frames ?? 0) frames")
    }
    let database = try SeizedDatabase(source)
    let profile = try WeChatProfile(database)
    if let owner = profile.owner {
      sink.setOwner(owner)
    } else {
      sink.setDecision("owner", "not stated: own messages stand under a name that never merges")
    }
    var reading = Reading(database: database, sink: sink)
    try reading.readTables(profile)
    let messages = WeChatMessages(
      names: profile.names,
      owner: profile.owner ?? Account(.name, "owner-of-\(source.sha256.prefix(12))")
    )
    for table in WeChatMessages.tables {
      try reading.read(table, WeChatMessages.columns) { row in
        do {
          return .items(try messages.items(of: row))
        } catch let refusal as WeChatMessages.Refusal {
          return .reject(refusal.reason)
        }
      }
    }
    reading.reportUnread()
    return reading.count
  }

  private static func has(_ wanted: [String], _ columns: [String]?) -> Bool {
    guard let columns else { return false }
    return wanted.allSatisfy(columns.contains)
  }

  /// The reading of one source: hands each row on once and counts it.
  private struct Reading {
    let database: SeizedDatabase
    let sink: any UnitSink
    var count: Int64 = 0
    var read: Set<String> = []

    init(database: SeizedDatabase, sink: any UnitSink) {
      self.database = database
      self.sink = sink
    }

    mutating func readTables(_ profile: WeChatProfile) throws {
      let contacts = WeChatContacts(profile)
      let rooms = WeChatRooms(profile)
      try read("userinfo", ["id", "value"]) { try contacts.ownSetting($0) }
      try read("userinfo2", ["sid", "value"]) { _ in .skip("device setting") }
      try read("ContactLabel", ["labelID", "labelName"]) { _ in .skip("label, read with contacts") }
      try read("rcontact", WeChatContacts.contactColumns) { try contacts.contact($0) }
      try read("addr_upload2", WeChatContacts.phoneBookColumns) { try contacts.phoneBookEntry($0) }
      try read("Stranger", WeChatContacts.strangerColumns) { try contacts.stranger($0) }
      try read("qqlist", WeChatContacts.qqColumns) { try contacts.qqFriend($0) }
      try read("chatroom", WeChatRooms.columns) { try rooms.room($0) }
      try read("RemittanceRecord", WeChatRooms.remittanceColumns) { try rooms.remittance($0) }
    }

    mutating func read(
      _ table: String,
      _ columns: [String],
      _ outcome: (borrowing SeizedRow) throws -> WeChatContacts.Outcome
    ) throws {
      read.insert(table)
      count += try database.forEachRow(of: table, columns: columns) { row in
        let position = UnitPosition(part: table, row: row.key)
        let decided: WeChatContacts.Outcome
        do {
          decided = try outcome(row)
        } catch let fault as SeizedRow.InvalidText {
          decided = .reject(fault.description)
        }
        switch decided {
        case .items(let items):
          try sink.accept(items, at: position, original: .text(row.rendered()))
        case .skip(let rule): try sink.skip(at: position, rule: rule)
        case .reject(let reason):
          try sink.reject(at: position, bytes: Array(row.rendered().utf8), reason: reason)
        }
      }
    }

    func reportUnread() {
      let unread = database.tables.keys.filter { !read.contains($0) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      guard !unread.isEmpty else { return }
      sink.setDecision("tables not read", unread.joined(separator: ", "))
    }
  }
}
