/// Where a unit stands in its source.
public struct UnitPosition: Hashable, Sendable {
  /// The table, sheet or part of the source; empty where there is only one.
  public var part: String
  /// The row, line or card, counted from 1 (a database: the row's own key).
  public var row: Int64
  /// The byte offset of the unit in the file, where it is known.
  public var offset: Int64?

  /// Makes a position.
  public init(part: String = "", row: Int64, offset: Int64? = nil) {
    self.part = part
    self.row = row
    self.offset = offset
  }
}

/// The unit as the file holds it.
public enum Original: Hashable, Sendable {
  /// Decoded text, exactly.
  case text(String)
  /// Bytes that are no text.
  case bytes([UInt8])
}

/// What an importer hands its findings to: one call for each unit of the source, no unit without.
///
/// The sink counts what it is told; the importer returns how many units it read; the two must agree
/// (`units in = stored + rejected + duplicate + skipped`) or the source is not taken.
public protocol UnitSink: AnyObject {
  /// Takes what one unit says. The unit is stored, or a duplicate when all of it is known already.
  func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) throws

  /// Refuses one unit and keeps its bytes and the reason.
  func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws

  /// Passes over one unit by a named rule, for example `system account`; the unit is counted.
  func skip(at position: UnitPosition, rule: String) throws

  /// Takes one row of a file that is a delivery as a whole; ``deliver(_:)`` says what the file is.
  ///
  /// - Parameters:
  ///   - position: Where the row stands.
  ///   - fingerprint: The digest of the row's identifiers; `nil` where it holds none.
  /// - Throws: The sink's error, as for a unit.
  func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws

  /// Says what the rows of the source are together. That is no unit of its own; once for each source,
  /// after its rows.
  func deliver(_ delivery: Delivery) throws

  /// Says whose device or account the source is.
  func setOwner(_ account: Account)

  /// Records a decision about the whole file: its text encoding, its layout.
  func setDecision(_ name: String, _ value: String)
}
