public import ClewEvidence

/// Reads a decrypted message database of WeChat 3 for Windows, `MSG0.db` to `MSGn.db`.
///
/// A unit is a row of `MSG` or `Name2ID`. The file names neither its owner nor official accounts;
/// a contact database beside it, if it fits, helps with both.
public struct WeChatPCMessagesImporter: Importer {
  /// `wechat-pc3-messages`.
  public let format = "wechat-pc3-messages"
  /// The name of the format for people.
  public let title = "WeChat 3, Windows, messages (MSGn.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its message table.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables,
      WeChatTables.has(
        ["MsgSvrID", "Type", "IsSender", "CreateTime", "StrTalker", "StrContent"],
        tables["MSG"]
      )
    else { return nil }
    return WeChatTables.has(["UsrName"], tables["Name2ID"])
      ? Recognition(confidence: 95, sign: "tables MSG and Name2ID")
      : Recognition(confidence: 85, sign: "table MSG with StrTalker, IsSender, MsgSvrID")
  }

  /// Whether the neighbour holds the contacts.
  public func wants(companion: StagedSource) -> Bool {
    WeChatTables.has(["UserName", "NickName", "Remark"], companion.tables?["Contact"])
  }

  /// Reads all messages.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let survey = try WeChatPCMessages.survey(of: reading.database)
    let book = WeChatBook.best(
      for: Set(survey.chats.keys),
      among: WeChatBook.candidates(source.companions, load: WeChatPCContacts.book),
      telling: sink
    )
    let names = book?.names ?? WeChatNames()
    var search = WeChatOwnerSearch()
    if let book { search.add(book) }
    search.add(survey, names: names) { survey.talkers[$0].flatMap(names.account) }
    let messages = WeChatPCMessages(
      WeChatMessageReader(
        names: names,
        owner: search.tell(sink) ?? UnknownOwner.account(of: source)
      ),
      talkers: try WeChatPCMessages.talkers(of: reading.database)
    )
    try reading.read("Name2ID", ["UsrName"]) { _ in .skip("user name, read with messages") }
    try reading.read("MSG", WeChatPCMessages.columns) { .items(try messages.items(of: $0)) }
    reading.reportUnread()
    return reading.count
  }
}
