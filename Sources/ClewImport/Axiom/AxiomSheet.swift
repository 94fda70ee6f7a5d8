internal import ClewEvidence

/// Reads a sheet of a Magnet AXIOM workbook: one artifact, a column for each fragment.
///
/// A unit is a row. The sheet's name says which app it is from and, where the columns agree, of which
/// kind it is.
struct AxiomSheet: Importer {
  let format = "axiom-sheet"
  let title = "Magnet AXIOM workbook"
  let version = 1

  private static let signature = ForensicSheet.signature([
    ["record"], ["itemid", "_threadid", "sourceaccounttype(s)"],
  ])

  func recognise(_ source: StagedSource) -> Recognition? {
    guard let layout = TabularLayout.detect(source, Self.signature),
      Self.kind(of: layout.columns) != nil
    else { return nil }
    return Recognition(confidence: 75, sign: "header Record, Item ID and fragments")
  }

  func read(_ source: StagedSource, into sink: any UnitSink) throws -> Int64 {
    var order = ForensicDateOrder()
    let first = try TabularImport(source, Self.signature)
    let columns = first.layout.columns
    let dates = columns.names.indices.filter { place in
      TabularCell.holds(columns.names[place], "date")
        && AxiomHits.statedOrder(columns.names[place]) == nil
    }
    while !dates.isEmpty, let row = try first.reader.next() {
      guard row.fault == nil, row.line > first.layout.headerLine else { continue }
      for place in dates { order.see(row.trimmed(place)) }
    }
    let named = AxiomArtifact(Self.sheetName(of: source))
    let artifact = AxiomArtifact(kind: Self.kind(of: columns) ?? .other, app: named.app)
    let owner = ForensicOwner(source)
    owner.report(to: sink, sign: "")
    if let decision = order.decision { sink.setDecision("order of day and month", decision) }
    var hits = AxiomHits(
      owner: owner,
      order: order.order,
      scope: String(source.sha256.prefix(12))
    )
    return try TabularImport(source, Self.signature).run(into: sink) { row throws(RowFault) in
      try hits.outcome(of: ForensicRow(row, columns), artifact)
    }
  }

  /// Of which kind the columns are; `nil` where they say nothing of people.
  private static func kind(of columns: TabularColumns) -> AxiomArtifact.Kind? {
    func holds(_ words: String...) -> Bool {
      columns.names.contains { name in words.contains { TabularCell.holds(name, $0) } }
    }
    if holds("duration"), holds("partner", "caller", "phonenumber") { return .calls }
    if columns.index("message", "messagebody", "body", "text") != nil,
      holds("sender", "partner", "recipient", "receiver")
    {
      return .messages
    }
    return holds("phonenumber", "emailaddress") && holds("name") ? .contacts : nil
  }

  /// The name after the last `!/`, without the ending of a table.
  private static func sheetName(of source: StagedSource) -> String {
    let name = source.name.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) }
    guard let name else { return "" }
    return name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
  }
}
