public import ClewEvidence

/// Reads the messages of an iPhone, `sms.db`: SMS and iMessage.
///
/// A unit is a row of `message` or of a table that explains it. One table holds dates in seconds
/// and, since iOS 11, in nanoseconds, both since 2001. Text may stand in `attributedBody` only.
/// The owner is the account by which the chats send, if there is one only.
public struct AppleMessages: Importer {
  /// `ios-sms`.
  public let format = "ios-sms"
  /// The name of the format for people.
  public let title = "iPhone SMS and iMessage (sms.db)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by its tables of messages and handles.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard AppleOwner.isMessages(source) else { return nil }
    return Recognition(confidence: 90, sign: "tables message and handle")
  }

  /// Reads all rows; the small tables are looked through first.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    let logins = AppleOwner.logins(of: tables.database)
    let owner = logins.count == 1 ? logins.first : nil
    PhoneOwner.report(owner, to: sink)
    if logins.count > 1 { sink.setDecision("own accounts", "\(logins.count), told by each chat") }
    let chats = try AppleChats(
      tables.database,
      source,
      me: owner ?? UnknownOwner.account(of: source)
    )
    try tables.pass("handle", "chat", "chat_message_join", "attachment", "message_attachment_join")
    try tables.read("chat_handle_join", ["chat_id", "handle_id"]) { try chats.member($0) }
    try tables.read("message", AppleChats.columns) { try chats.message($0) }
    tables.reportUnread()
    return tables.count
  }
}
