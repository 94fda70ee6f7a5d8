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
  public let version = 2

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its message and contact tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    let hasMessages = WeChatTables.has(
      ["talker", "content", "msgSvrId", "isSend"],
      tables["message"]
    )
    let hasContacts = WeChatTables.has(["username", "nickname", "conRemark"], tables["rcontact"])
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
    var reading = try SeizedTables(source, into: sink)
    let profile = try WeChatProfile(reading.database)
    if let owner = profile.owner {
      sink.setOwner(owner)
    } else {
      sink.setDecision("owner", "not stated: own messages stand under a name that never merges")
    }
    try Self.readTables(of: &reading, profile)
    let messages = WeChatMessages(
      WeChatMessageReader(
        names: profile.names,
        owner: profile.owner ?? UnknownOwner.account(of: source)
      )
    )
    for table in WeChatMessages.tables {
      try reading.read(table, WeChatMessages.columns) { .items(try messages.items(of: $0)) }
    }
    reading.reportUnread()
    return reading.count
  }

  private static func readTables(
    of reading: inout SeizedTables,
    _ profile: WeChatProfile
  ) throws {
    let contacts = WeChatContacts(profile)
    let rooms = WeChatRooms(profile)
    try reading.read("userinfo", ["id", "value"]) { try contacts.ownSetting($0) }
    try reading.read("userinfo2", ["sid", "value"]) { _ in .skip("device setting") }
    try reading.read("ContactLabel", ["labelID", "labelName"]) { _ in
      .skip("label, read with contacts")
    }
    try reading.read("rcontact", WeChatContacts.contactColumns) { try contacts.contact($0) }
    try reading.read("addr_upload2", WeChatContacts.phoneBookColumns) {
      try contacts.phoneBookEntry($0)
    }
    try reading.read("Stranger", WeChatContacts.strangerColumns) { try contacts.stranger($0) }
    try reading.read("qqlist", WeChatContacts.qqColumns) { try contacts.qqFriend($0) }
    try reading.read("chatroom", WeChatRooms.columns) { try rooms.room($0) }
    try reading.read("RemittanceRecord", WeChatRooms.remittanceColumns) {
      try rooms.remittance($0)
    }
  }
}
