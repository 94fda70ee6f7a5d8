public import ClewEvidence

/// Reads the contact database of WeChat for iPhones, `WCDB_Contact.sqlite`.
///
/// A unit is a row of `Friend`, which holds groups too, or of `OpenIMContact`. The database never
/// says whose it is: its folder and the message databases beside it tell.
public struct WeChatIOSContactsImporter: Importer {
  /// `wechat-ios-contacts`.
  public let format = "wechat-ios-contacts"
  /// The name of the format for people.
  public let title = "WeChat, iPhone, contacts (WCDB_Contact.sqlite)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the columns of its contact table.
  public func recognise(_ source: StagedSource) -> Recognition? {
    WeChatTables.has(["userName", "dbContactRemark"], source.tables?["Friend"])
      ? Recognition(confidence: 90, sign: "table Friend with userName, dbContactRemark") : nil
  }

  /// Whether the neighbour holds messages, which tell whose the contacts are.
  public func wants(companion: StagedSource) -> Bool {
    WeChatIOSMessagesImporter().recognise(companion) != nil
  }

  /// Reads all contacts and groups.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var reading = try SeizedTables(source, into: sink)
    let book = try WeChatIOSContacts.book(of: reading.database)
    var search = WeChatOwnerSearch(book, neighbours: source.companions) {
      try WeChatAppleMessages.survey(of: $0, .phone)
    }
    search.add(path: source.displayPath, userNames: book.userNames, names: book.names)
    let contacts = WeChatIOSContacts(book: book, owner: search.tell(sink))
    for table in WeChatIOSContacts.tables {
      try reading.read(table, WeChatIOSContacts.columns) { try contacts.contact($0) }
    }
    reading.reportUnread()
    return reading.count
  }
}
