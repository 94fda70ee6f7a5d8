public import ClewEvidence

/// Reads a decrypted message database of WeChat 4 for Windows or macOS, `message_0.db` to
/// `message_n.db`.
///
/// A unit is a row of one of the chat tables `Msg_<digest>` or of `Name2Id`. A table whose digest
/// belongs to no known user name is read all the same, under a key that never merges.
public struct WeChatDesktopMessagesImporter: Importer {
  /// `wechat-4-messages`.
  public let format = "wechat-4-messages"
  /// The name of the format for people.
  public let title = "WeChat 4, desktop, messages (message_n.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the names and columns of its chat tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard let tables = source.tables else { return nil }
    let chats = WeChatChats.tables(tables, prefixes: WeChatDesktopMessages.prefixes)
    guard
      chats.contains(where: {
        WeChatTables.has(WeChatDesktopMessages.signature, tables[$0.table])
      })
    else { return nil }
    return WeChatTables.has(["user_name"], tables["Name2Id"])
      ? Recognition(confidence: 95, sign: "tables Msg_… and Name2Id")
      : Recognition(confidence: 80, sign: "tables Msg_… with real_sender_id, message_content")
  }

  /// Whether the neighbour holds the contacts.
  public func wants(companion: StagedSource) -> Bool {
    WeChatDesktopContactsImporter().recognise(companion) != nil
  }

  /// Reads all messages.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let survey = try WeChatDesktopMessages.survey(of: reading.database)
    let book = WeChatBook.best(
      for: Set(survey.chats.keys),
      among: WeChatBook.candidates(source.companions, load: WeChatDesktopContacts.book),
      telling: sink
    )
    let chats = WeChatChats(
      reading.database,
      prefixes: WeChatDesktopMessages.prefixes,
      userNames: survey.talkers.merging(book?.userNames ?? [:]) { stated, _ in stated },
      names: book?.names ?? WeChatNames()
    )
    chats.report(to: sink)
    var search = WeChatOwnerSearch()
    if let book { search.add(book) }
    search.add(survey, names: chats.names, talker: chats.known)
    let owner = search.tell(sink)
    let messages = WeChatDesktopMessages(
      WeChatMessageReader(names: chats.names, owner: owner ?? UnknownOwner.account(of: source)),
      senders: try WeChatDesktopMessages.senders(of: reading.database)
    )
    try reading.read("Name2Id", ["user_name"]) { _ in .skip("user name, read with messages") }
    for (table, digest) in chats.tables {
      // Whoever received anything in an unknown private chat would be known by the digest.
      let others = survey.chats[digest]?.speakers.compactMap(chats.names.account)
        .filter { $0 != owner }
      let talker =
        chats.known(digest)
        ?? WeChatChats.unknown(digest, isGroup: !(others ?? []).isEmpty)
      try reading.read(table, WeChatDesktopMessages.columns) {
        .items(try messages.items(of: $0, talker: talker))
      }
    }
    reading.reportUnread()
    return reading.count
  }
}
