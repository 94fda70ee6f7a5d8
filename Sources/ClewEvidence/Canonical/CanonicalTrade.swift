extension Trade {
  /// The columns of `trades.csv`.
  package static let canonicalColumns: [CanonicalColumn] = [
    .time, .supplier, .buyer, .category, .items, .amount,
  ]

  /// What a row of `trades.csv` says: a sale that the evidence states outright.
  package init(_ row: some CanonicalCells) throws(RowFault) {
    self.init(
      supplier: try row.requiredAccount(.supplier),
      buyer: try row.requiredAccount(.buyer),
      category: row.text(.category),
      items: try row.count(.items),
      amount: try row.amount("CNY"),
      at: try row.time(.time)
    )
  }
}
