package import ClewEvidence

/// All records of a case, at a place where they can be asked for but not read one by one.
///
/// The answers are worked out from the marks of ``RecordMarker``. Whatever hands out more records than asked
/// for gives the same findings; whatever hands out fewer does not. The order plays no part.
package protocol RecordStore: Sendable {
  /// The platforms of messages with the mark `open`.
  func openPlatforms() async throws -> [String]
  /// The ends of all messages, payments and calls, each once.
  func accounts() async throws -> [Account]
  /// The records with the mark `settled`.
  func settled() async throws -> [SourcedRecord]
  /// The messages with the mark `telling`, and those with the text of a message that is `telling` or `vague`.
  func messages() async throws -> [SourcedRecord]
  /// The ends of payments with the mark `telling`, each once.
  func goodsAccounts() async throws -> [Account]
  /// The payments with one of these accounts at an end, and those that may tell of the same payment.
  ///
  /// A vague payment that has an id in common with one that is handed out is handed out, and so is any
  /// that has an id in common with a vague one that is handed out.
  func transfers(of accounts: [Account]) async throws -> [SourcedRecord]
  /// The least records with the mark `sighted`, at most `OmittedRecords.mentions` for each end.
  func sightings() async throws -> [Account: [RecordID]]
  /// The two ends of the records with the mark `contact`, each pair once, of those with one of these accounts
  /// at an end.
  func neighbours(of accounts: [Account]) async throws -> [(Account, Account)]
  /// The groups of messages with their senders, each pair once.
  func circles() async throws -> [(group: Account, member: Account)]
}
