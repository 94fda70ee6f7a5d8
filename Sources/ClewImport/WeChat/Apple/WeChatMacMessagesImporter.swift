public import ClewEvidence

/// Reads a decrypted message database of WeChat 3 for Macs, `msg_0.db` to `msg_9.db`.
///
/// A unit is a row of one of the tables `Chat_<digest>`, which are those of an iPhone with other
/// names of columns.
public struct WeChatMacMessagesImporter: Importer {
  /// `wechat-mac3-messages`.
  public let format = "wechat-mac3-messages"
  /// The name of the format for people.
  public let title = "WeChat 3, Mac, messages (msg_n.db, decrypted)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by the names and columns of its chat tables.
  public func recognise(_ source: StagedSource) -> Recognition? {
    WeChatAppleMessages.recognises(source, .mac)
      ? Recognition(confidence: 95, sign: "tables Chat_… with mesDes, msgContent, mesSvrID") : nil
  }

  /// Whether the neighbour holds contacts or groups.
  public func wants(companion: StagedSource) -> Bool {
    WeChatMacContactsImporter().recognise(companion) != nil
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
      .mac,
      books: WeChatMacContacts.candidates(source.companions)
    )
  }
}
