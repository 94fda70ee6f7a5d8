internal import ClewEvidence

/// Reads `transfers.csv`: payments, as `Transfer` reads a row.
struct CanonicalTransfers: CanonicalImporter {
  let format = "canonical-transfers"
  let title = "Clew table of transfers"
  let signature = header(
    [["from"], ["to"], ["amount"]],
    forbidden: ["duration_s", "supplier", "buyer"]
  )

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(
      source,
      into: sink,
      known: Transfer.canonicalColumns.map(\.name),
      plain: { PlainTransfers($0, $1) }
    ) { row throws(RowFault) in .accept([.transfer(try Transfer(row))]) }
  }
}
