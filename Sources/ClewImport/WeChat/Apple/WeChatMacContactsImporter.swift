public import ClewEvidence

/// Reads the decrypted contact databases of WeChat 3 for Macs, `wccontact_new2.db` and
/// `group_new.db`.
///
/// A unit is a row of `WCContact`, `GroupMember` or `GroupContact`. The databases never say whose
/// they are: their folder and the message databases beside them tell.
public struct WeChatMacContactsImporter: Importer {
  /// `wechat-mac3-contacts`.
  public let format = "wechat-mac3-contacts"
  /// The name of the format for people.
  public let title = "WeChat 3, Mac, contacts (wccontact_new2.db, group_new.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the databases by the columns of their tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    if WeChatTables.has(["m_nsUsrName", "nickname", "m_nsRemark"], tables["WCContact"]) {
      return Recognition(confidence: 90, sign: "table WCContact with m_nsUsrName, m_nsRemark")
    }
    if WeChatTables.has(["m_nsUsrName", "m_nsChatRoomMemList"], tables["GroupContact"]) {
      return Recognition(confidence: 90, sign: "table GroupContact with m_nsChatRoomMemList")
    }
    return nil
  }

  /// Whether the neighbour holds messages, which tell whose the contacts are, or the other half of
  /// the contacts.
  public func wants(companion: StagedSource) -> Bool {
    WeChatMacMessagesImporter().recognise(companion) != nil || recognise(companion) != nil
  }

  /// Reads all contacts and groups.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let book = try WeChatMacContacts.book(of: reading.database)
    let isGroups = WeChatMacContacts.holdsGroups(source)
    let halves = source.companions.filter {
      recognise($0) != nil && WeChatMacContacts.holdsGroups($0) != isGroups
    }
    // Only an unmistakable other half helps to find the owner.
    var whole = book
    let others = WeChatBook.candidates(halves, load: WeChatMacContacts.book)
    if others.count == 1, let other = others.first { whole.merge(other.book) }
    let messages = source.companions.filter { WeChatMacMessagesImporter().recognise($0) != nil }
    var search = WeChatOwnerSearch(whole, neighbours: messages) {
      try WeChatAppleMessages.survey(of: $0, .mac)
    }
    search.add(path: source.displayPath, userNames: whole.userNames, names: whole.names)
    let contacts = WeChatMacContacts(book: book, owner: search.tell(sink))
    try reading.read("WCContact", WeChatMacContacts.contactColumns) {
      try contacts.contact($0, isFriend: true)
    }
    try reading.read("GroupMember", WeChatMacContacts.contactColumns) {
      try contacts.contact($0, isFriend: false)
    }
    try reading.read("GroupContact", WeChatMacContacts.groupColumns) { try contacts.group($0) }
    reading.reportUnread()
    return reading.count
  }
}
