internal import ClewEvidence

/// Reads a canonical table of which each row says one record: `calls.csv`, `contacts.csv`, `members.csv`,
/// `messages.csv`, `trades.csv`, `transfers.csv`.
struct CanonicalRecords: CanonicalImporter {
  let kind: CanonicalKind

  var format: String { "canonical-\(kind.rawValue)" }
  var title: String {
    "Clew table of \(kind == .members ? "group members" : kind.rawValue)"
  }
  var signature: TabularSignature { Self.header(kind.required, forbidden: kind.forbidden) }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    let kind = kind
    return try readTable(
      source,
      into: sink,
      known: kind.columns.map(\.name),
      plain: { kind == .transfers ? PlainTransfers($0, $1) : nil }
    ) { row throws(RowFault) in .accept([try kind.item(row)]) }
  }
}
