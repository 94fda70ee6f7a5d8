public import ClewEvidence

/// Reads the address book of an Android phone, `contacts2.db`.
///
/// A unit is a row of `data`, `raw_contacts` or one of the tables that explain them. A person is a
/// row of `contacts`, put together from several raw contacts (phone, SIM, synchronised accounts).
/// Each number and address becomes an entry with the person's name and note, linked to the person's
/// first account as a hint. Deleted raw contacts stay, marked as deleted. Old phones keep their
/// calls in this file. The file does not say whose phone it is.
public struct AndroidContacts: Importer {
  /// `android-contacts`.
  public let format = "android-contacts"
  /// The name of the format for people.
  public let title = "Android address book (contacts2.db)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by its tables of raw contacts, data and kinds of data.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard source.hasTable("raw_contacts", "_id", "deleted"),
      source.hasTable("data", "raw_contact_id", "mimetype_id", "data1"),
      source.hasTable("mimetypes", "_id", "mimetype")
    else { return nil }
    return Recognition(confidence: 90, sign: "tables raw_contacts, data and mimetypes")
  }

  /// Reads all rows; the small tables are looked through first.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    let book = try AndroidBook(tables.database, source)
    if !book.unreadKinds.isEmpty {
      sink.setDecision("kinds of data not read", book.unreadKinds.joined(separator: ", "))
    }
    if book.hasCutNotes { sink.setDecision("notes", PhoneBookPerson.cutNotes) }
    try tables.pass("mimetypes", "contacts", "accounts")
    try tables.read("raw_contacts", AndroidBook.rawColumns) { try book.rawContact($0) }
    try tables.read("data", AndroidBook.dataColumns) { try book.data($0) }
    if source.hasTable("calls", "number", "date", "type") {
      let calls = AndroidCallRows(source)
      try tables.read("calls", AndroidCallRows.columns) { try calls.call($0) }
      PhoneOwner.report(calls.owner, to: sink)
    }
    tables.reportUnread()
    return tables.count
  }
}
