package import ClewEvidence

extension SourcedRecord {
  /// Reads a record from the columns in which it goes to a store.
  ///
  /// - Parameters:
  ///   - id: The number, 32 hexadecimal digits.
  ///   - sources: The sources, parted by commas.
  ///   - body: What `RecordLine` wrote.
  package init?(
    id: some Collection<UInt8>,
    sources: some Collection<UInt8>,
    body: some Collection<UInt8>
  ) {
    self.init(id: Array(id)[...], sources: Array(sources)[...], body: Array(body)[...])
  }

  /// The same from parts of a line.
  package init?(id: ArraySlice<UInt8>, sources: ArraySlice<UInt8>, body: ArraySlice<UInt8>) {
    guard let id = RecordID(hex: id), let numbers = Self.sources(of: sources),
      let item = RecordLine.item(of: body)
    else { return nil }
    self.init(StoredRecord(id: id, item: item), sources: numbers)
  }

  /// The columns in which it goes to a store: number, sources and body.
  package var columns: (id: String, sources: String, body: String) {
    (
      record.id.hex, sources.map(String.init).joined(separator: ","),
      RecordLine.text(of: record.item)
    )
  }
}

extension RecordMark {
  /// The columns of the mark, parted by tabs.
  ///
  /// | column | form |
  /// |---|---|
  /// | kind | one letter |
  /// | first, second | `scheme:value`, empty where there is none |
  /// | flags | a whole number |
  /// | text | 16 hexadecimal digits, or empty |
  /// | ids | 16 hexadecimal digits each, parted by spaces |
  /// | circle | `scheme:value`, empty where there is none |
  /// | platform | text |
  ///
  /// Accounts and platforms are written as `RecordLine` writes texts, so that nothing of them ends a
  /// line.
  package var line: String {
    let columns = [
      kind.rawValue, Self.text(first), Self.text(second), String(flags.rawValue),
      text.map(hexText(word:)) ?? "", ids.map(hexText(word:)).joined(separator: " "),
      Self.text(circle),
      RecordLine.escaped(platform),
    ]
    return columns.joined(separator: "\t")
  }

  /// How an account is written in a mark.
  package static func text(_ account: Account?) -> String {
    account.map { RecordLine.escaped($0.description) } ?? ""
  }

  /// The account that ``text(_:)`` wrote; `nil` for what it did not write.
  package static func account(_ text: some Collection<UInt8>) -> Account? {
    RecordLine.unescaped(text).flatMap { RecordLine.account(of: $0) }
  }
}
