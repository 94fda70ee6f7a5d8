/// What became of the units of one source: `units = stored + rejected + duplicate + skipped`.
public struct UnitCounts: Sendable, Hashable {
  /// Units that the reader counted.
  public var units: Int64 = 0
  /// Units of which at least one record was new.
  public var stored: Int64 = 0
  /// Units that were refused, each kept with its bytes and reason.
  public var rejected: Int64 = 0
  /// Units whose records were all known from another source or an earlier row.
  public var duplicate: Int64 = 0
  /// Units that a named rule passes over.
  public var skipped: Int64 = 0

  /// Makes counts of nothing.
  public init() {}

  /// Whether the conservation law holds.
  public var isConserved: Bool { units == stored + rejected + duplicate + skipped }

  /// Adds the counts of another source.
  public static func += (left: inout UnitCounts, right: UnitCounts) {
    left.units += right.units
    left.stored += right.stored
    left.rejected += right.rejected
    left.duplicate += right.duplicate
    left.skipped += right.skipped
  }
}

/// One source of a case, as the case file lists it.
public struct SourceSummary: Sendable, Hashable {
  /// The number of the source in its case, in order of import.
  public let number: Int64
  /// The path as the user gave it.
  public let path: String
  /// Its size in bytes.
  public let bytes: Int64
  /// SHA-256 of the original, lower-case hex.
  public let sha256: String
  /// The sidecars that came with a database: suffix and SHA-256.
  public let sidecars: [StagedSource.Sidecar]
  /// The short name of the format.
  public let format: String
  /// The version of the importer.
  public let importerVersion: Int
  /// The sign by which the format was known.
  public let sign: String
  /// Whose device or account it is, if the file tells.
  public let owner: Account?
  /// Decisions about the whole file, such as its encoding.
  public let decisions: [String: String]
  /// What became of its units.
  public let counts: UnitCounts
  /// How many units each rule passed over.
  public let skips: [String: Int64]
}

extension SourceSummary {
  /// A canonical table that lies elsewhere; nothing of it is counted here.
  package init(table path: String, number: Int64, format: String) {
    self.init(
      number: number,
      path: path,
      bytes: 0,
      sha256: "",
      sidecars: [],
      format: format,
      importerVersion: 0,
      sign: "its columns",
      owner: nil,
      decisions: [:],
      counts: UnitCounts(),
      skips: [:]
    )
  }
}

/// A file that no importer reads, listed so that nothing is passed over silently.
public struct UnreadFile: Sendable, Hashable {
  /// The path as the user gave it.
  public let path: String
  /// Its size in bytes.
  public let bytes: Int64
  /// SHA-256, lower-case hex, or empty where the file could not be opened.
  public let sha256: String
  /// Why it was not read.
  public let reason: String

  /// Makes an entry.
  public init(path: String, bytes: Int64, sha256: String, reason: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.reason = reason
  }
}

/// One refused unit with its place, bytes and reason.
public struct RejectedUnit: Sendable, Hashable {
  /// The number of its source.
  public let source: Int64
  /// Where it stands.
  public let position: UnitPosition
  /// Its bytes, exactly.
  public let bytes: [UInt8]
  /// Why it was refused.
  public let reason: String
}

/// Where a record was seen.
public struct Sighting: Sendable, Hashable {
  /// The number of the source.
  public let source: Int64
  /// The path of the source.
  public let path: String
  /// Where the unit stands.
  public let position: UnitPosition
  /// The unit as the file holds it.
  public let original: Original
  /// Whether this source says something else under the same identity.
  public let differs: Bool
}

/// One record of the case.
public struct StoredRecord: Sendable, Hashable {
  /// Its number.
  public let id: RecordID
  /// What it says.
  public let item: EvidenceItem

  /// Makes a record.
  package init(id: RecordID, item: EvidenceItem) {
    self.id = id
    self.item = item
  }
}
