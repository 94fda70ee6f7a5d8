public import ClewEvidence

/// Reads the decrypted contact database of WeChat 3 for Windows, `MicroMsg.db`.
///
/// A unit is a row of `Contact`, `ChatRoom`, `ContactLabel`, or of `OpenIMContact`, which lies in a
/// file of its own. The database never says whose it is: the message databases beside it tell.
public struct WeChatPCContactsImporter: Importer {
  /// `wechat-pc3-contacts`.
  public let format = "wechat-pc3-contacts"
  /// The name of the format for people.
  public let title = "WeChat 3, Windows, contacts (MicroMsg.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its contact tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    if WeChatTables.has(["UserName", "NickName", "Remark"], tables["Contact"]) {
      let hasRooms = WeChatTables.has(["ChatRoomName", "UserNameList"], tables["ChatRoom"])
      return hasRooms
        ? Recognition(confidence: 95, sign: "tables Contact and ChatRoom")
        : Recognition(confidence: 75, sign: "table Contact with UserName, NickName, Remark")
    }
    if WeChatTables.has(["UserName", "NickName"], tables["OpenIMContact"]) {
      return Recognition(confidence: 80, sign: "table OpenIMContact with UserName, NickName")
    }
    return nil
  }

  /// Whether the neighbour holds messages, which tell whose the contacts are.
  public func wants(companion: StagedSource) -> Bool {
    WeChatPCMessagesImporter().recognise(companion) != nil
  }

  /// Reads all tables.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let book = try WeChatPCContacts.book(of: reading.database)
    let owner = WeChatOwnerSearch(
      book,
      neighbours: source.companions,
      survey: WeChatPCMessages.survey
    ).tell(sink)
    var contacts = WeChatPCContacts(book: book, owner: owner)
    try reading.read("ContactLabel", ["LabelId", "LabelName"]) { _ in
      .skip("label, read with contacts")
    }
    try reading.read("Contact", WeChatPCContacts.contactColumns) { try contacts.contact($0) }
    try reading.read("OpenIMContact", WeChatPCContacts.openColumns) {
      try contacts.workContact($0)
    }
    try reading.read("ChatRoom", WeChatPCContacts.roomColumns) { row in
      try contacts.room(row).outcome(names: book.names, owner: owner)
    }
    if contacts.unknownProperties > 0 {
      sink.setDecision(
        "ExtraBuf",
        "of \(contacts.unknownProperties) contacts not understood to its end"
      )
    }
    reading.reportUnread()
    return reading.count
  }
}
