internal import ClewEvidence

/// Reads `calls.csv`: telephone and app calls, as `Call` reads a row.
struct CanonicalCalls: CanonicalImporter {
  let format = "canonical-calls"
  let title = "Clew table of calls"
  let signature = header([["from"], ["to"], ["duration_s"]])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(source, into: sink, known: Call.canonicalColumns.map(\.name)) {
      row throws(RowFault) in .accept([.call(try Call(row))])
    }
  }
}
