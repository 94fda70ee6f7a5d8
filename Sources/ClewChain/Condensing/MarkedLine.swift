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
    guard let id = RecordID(hex: id), let item = RecordLine.item(of: body) else { return nil }
    var numbers: [Int64] = []
    for part in sources.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    where !sources.isEmpty {
      guard let number = Int64(String(decoding: part, as: UTF8.self)) else { return nil }
      numbers.append(number)
    }
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
      text.map(Self.hex) ?? "", ids.map(Self.hex).joined(separator: " "), Self.text(circle),
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

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
