internal import ClewEvidence

/// How a table of a kind that Clew does not know is read: a file that an investigator writes.
///
/// A map says by which columns its table is known, what one row of it is, and which column holds what.
/// Its text and digest are kept with every source that was read by it.
public struct TableMap: Sendable {
  /// What one row of the table is.
  public enum Record: String, Sendable, CaseIterable {
    case contact, message, transfer, call, membership, accountLink, trade
  }

  /// The name that the map gives itself.
  public let name: String
  /// The whole file that the map stands in.
  public let text: String
  /// SHA-256 of ``text`` in UTF-8, lower-case hex.
  public let sha256: String
  /// What one row is.
  public let record: Record

  /// The names of columns that the header must have.
  let columns: [String]
  /// A pattern for the file's own name; `nil` takes every file.
  let filePattern: String?
  /// The row of the header, counted from 1; `nil` looks for it.
  let headerRow: Int64?
  let encoding: TextEncoding?
  let dialect: TabularDialect?
  /// Minutes by which wall clocks are ahead of UTC; `nil` where the map does not say.
  let zoneMinutes: Int?
  let fields: [String: MapField]
  let direction: MapDirection?
  let filters: [MapFilter]
  let basis: AccountLink.Basis
}
