public import ClewEvidence

/// Reads the decrypted contact database of WeChat 4 for Windows or macOS, `contact.db`.
///
/// A unit is a row of `contact` or `chat_room`. The database never says whose it is: the message
/// databases beside it tell.
public struct WeChatDesktopContactsImporter: Importer {
  /// `wechat-4-contacts`.
  public let format = "wechat-4-contacts"
  /// The name of the format for people.
  public let title = "WeChat 4, desktop, contacts (contact.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its contact table.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables,
      WeChatTables.has(["username", "nick_name", "remark", "local_type"], tables["contact"])
    else { return nil }
    return WeChatTables.has(["username", "ext_buffer"], tables["chat_room"])
      ? Recognition(confidence: 95, sign: "tables contact and chat_room")
      : Recognition(confidence: 80, sign: "table contact with nick_name, remark, local_type")
  }

  /// Whether the neighbour holds messages, which tell whose the contacts are.
  public func wants(companion: StagedSource) -> Bool {
    WeChatDesktopMessagesImporter().recognise(companion) != nil
  }

  /// Reads all contacts and groups.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let book = try WeChatDesktopContacts.book(of: reading.database)
    let search = WeChatOwnerSearch(
      book,
      neighbours: source.companions,
      survey: WeChatDesktopMessages.survey
    )
    let contacts = WeChatDesktopContacts(book: book, owner: search.tell(sink))
    try reading.read("contact", WeChatDesktopContacts.contactColumns) {
      try contacts.contact($0)
    }
    try reading.read("chat_room", WeChatDesktopContacts.roomColumns) { try contacts.room($0) }
    reading.reportUnread()
    return reading.count
  }
}
