internal import ClewEvidence

/// Reads `trades.csv`: sales that the evidence states outright.
///
/// `links.csv` of `clew export` has the same columns, but a finding is no evidence.
struct CanonicalTrades: CanonicalImporter {
  let format = "canonical-trades"
  let title = "Clew table of trades"
  let signature = header([["supplier"], ["buyer"]], forbidden: ["link", "grade"])

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    try readTable(
      source,
      into: sink,
      known: ["time", "supplier", "buyer", "category", "items", "amount"]
    ) { row throws(RowFault) in
      .accept([
        .trade(
          Trade(
            supplier: try row.requiredAccount(.supplier),
            buyer: try row.requiredAccount(.buyer),
            category: row.text(.category),
            items: try row.count(.items),
            amount: try row.amount("CNY"),
            at: try row.time(.time)
          )
        )
      ])
    }
  }
}
