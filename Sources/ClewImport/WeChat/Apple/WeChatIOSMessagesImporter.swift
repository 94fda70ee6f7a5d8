public import ClewEvidence

/// Reads a message database of WeChat for iPhones, `MM.sqlite` and `message_1.sqlite` and so on.
///
/// A unit is a row of one of the tables `Chat_<digest>` and `Hello_<digest>`. The tables are named
/// after the digest of the chat's user name, which the contact database beside it resolves; a chat
/// that nothing resolves is read all the same, under a key that never merges.
public struct WeChatIOSMessagesImporter: Importer {
  /// `wechat-ios-messages`.
  public let format = "wechat-ios-messages"
  /// The name of the format for people.
  public let title = "WeChat, iPhone, messages (MM.sqlite, message_n.sqlite)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the names and columns of its chat tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    WeChatAppleMessages.recognises(source, .phone)
      ? Recognition(confidence: 95, sign: "tables Chat_… with Des, Message, MesSvrID") : nil
  }

  /// Whether the neighbour holds the contacts.
  public func wants(companion: StagedSource) -> Bool {
    WeChatIOSContactsImporter().recognise(companion) != nil
  }

  /// Reads all messages.
  ///
  /// - Returns: How many rows were read.
  /// - Throws: ``ImportError/unreadableDatabase(path:reason:)`` when the source is no database, an
  ///   `EvidenceError` when it is damaged, or the sink's own error.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try WeChatAppleMessages.read(
      source,
      into: sink,
      .phone,
      books: WeChatBook.candidates(source.companions, load: WeChatIOSContacts.book)
    )
  }
}
