public import ClewEvidence

/// Reads the address book of an iPhone, `AddressBook.sqlitedb`.
///
/// A unit is a row of `ABPerson`, `ABMultiValue` or a table that explains them. Each number, mail
/// address and messenger account becomes an entry with the person's name and note, linked to the
/// person's first account as a hint. Chinese names are written family name first, without a space.
/// The owner is the number of the message database beside it, when both speak of the same people.
public struct AppleContacts: Importer {
  /// `ios-contacts`.
  public let format = "ios-contacts"
  /// The name of the format for people.
  public let title = "iPhone address book (AddressBook.sqlitedb)"
  /// Raised whenever the same bytes would give other records.
  public let version = 1

  /// Makes the importer.
  public init() {}

  /// Knows the database by its tables of persons and values.
  public func recognise(_ source: StagedSource) -> Recognition? {
    guard source.hasTable("ABPerson", "First", "Last"),
      source.hasTable("ABMultiValue", "record_id", "property", "value")
    else { return nil }
    return Recognition(confidence: 95, sign: "tables ABPerson and ABMultiValue")
  }

  /// The message database names the owner.
  public func wants(companion: StagedSource) -> Bool { AppleOwner.isMessages(companion) }

  /// Reads all rows; the small tables are looked through first.
  public func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var tables = try SeizedTables(source, into: sink)
    var book = try AppleBook(tables.database, source)
    book.owner = AppleOwner.report(source, numbers: book.numbers, to: sink)
    if book.hasCutNotes { sink.setDecision("notes", PhoneBookPerson.cutNotes) }
    try tables.pass(
      "ABMultiValueEntry",
      "ABMultiValueEntryKey",
      "ABMultiValueLabel",
      "ABStore"
    )
    try tables.read("ABPerson", AppleBook.personColumns) { try book.person($0) }
    try tables.read("ABMultiValue", AppleBook.valueColumns) { try book.value($0) }
    tables.reportUnread()
    return tables.count
  }
}
