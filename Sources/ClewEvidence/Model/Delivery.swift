/// A file of personal data that lies in an export: what a chat message hands over.
///
/// The rows themselves are not kept. Each row that holds an identifier leaves a fingerprint in the
/// case file (see ``CaseFile/deliveryRows(of:)``), so that the same rows are known again in another
/// file, whatever its name, encoding, order of columns or length.
public struct Delivery: Hashable, Sendable {
  /// The name of the file as it lies in the export; of a sheet, the name of its workbook.
  public var name: String
  /// The sheet, where the file is a workbook; else empty.
  public var sheet: String
  /// The size of the file in bytes, if known.
  public var bytes: Int64?
  /// Digests of the file as it was sent, `md5:…` and `sha256:…`, lower-case hex.
  public var digests: [String]
  /// How many rows the table has, without headings and blank rows.
  public var rows: Int64
  /// How many columns most rows have; 1 for plain lines.
  public var columns: Int64
  /// How many rows hold at least one identifier.
  public var identified: Int64
  /// How many rows repeat an earlier row of the file word for word.
  public var repeated: Int64
  /// How many rows hold a number with the form of an identity number that fails its check.
  public var invalid: Int64
  /// In how many rows each kind of personal data occurs; kinds that do not occur are absent.
  public var kinds: [PersonalDataKind: Int64]

  /// Makes a delivery.
  public init(
    name: String,
    sheet: String = "",
    bytes: Int64? = nil,
    digests: [String] = [],
    rows: Int64 = 0,
    columns: Int64 = 1,
    identified: Int64 = 0,
    repeated: Int64 = 0,
    invalid: Int64 = 0,
    kinds: [PersonalDataKind: Int64] = [:]
  ) {
    self.name = name
    self.sheet = sheet
    self.bytes = bytes
    self.digests = digests
    self.rows = rows
    self.columns = columns
    self.identified = identified
    self.repeated = repeated
    self.invalid = invalid
    self.kinds = kinds
  }

  /// Whether at least half of the identified rows hold more than a phone: an identity number, a card,
  /// a plate or a vehicle number.
  public var isSensitive: Bool {
    let most = kinds.filter(\.key.isSensitive).values.max() ?? 0
    return identified > 0 && most >= identified - most
  }
}

/// One row of a delivery that holds an identifier.
public struct DeliveryRow: Hashable, Sendable {
  /// The physical line of the file, from 1.
  public let row: Int64
  /// The first 64 bits of a digest of the row's identifiers.
  ///
  /// It must never reach an output: who knows how it is made can try all telephone numbers.
  public let fingerprint: UInt64

  /// Makes a row.
  public init(row: Int64, fingerprint: UInt64) {
    self.row = row
    self.fingerprint = fingerprint
  }
}
