internal import ClewEvidence

/// Whose phone or account holds the records that links and climbing orders rest on.
struct RecordHolders {
  /// The party without which nobody would know a record; records with several holders, or in sources
  /// that belong to nobody (a bank's, an operator's), have none.
  private(set) var onlyHolder: [RecordID: Int] = [:]

  /// Reads the sources of these records; rows that tell of one event stand together.
  ///
  /// - Complexity: one pass over the case.
  init(_ analysis: ChainAnalysis, _ view: CaseView, _ file: CaseFile) throws {
    let cited = Set(analysis.links.lazy.flatMap { $0.link.evidence.lazy.map(\.record) })
      .union(analysis.basis.passedOn.lazy.joined().map(\.record))
    let sources = try file.sources()
    var ownerOf: [Int64: Int] = [:]
    for source in sources {
      if let owner = source.owner.flatMap(view.parties.index(of:)) {
        ownerOf[source.number] = owner
      }
    }
    var holders: [RecordID: Set<Int>] = [:]
    var events = CaseEvents(parties: view.parties, sources: sources)
    try file.forEachRecord(counting: .everything) { record, sources in
      if !sources.isEmpty { events.add(record, sources: sources) }
      // A source of nobody counts as a holder of its own that no phone is.
      holders[record.id] = Set(sources.map { ownerOf[$0] ?? -1 })
    }
    let grouping = events.grouping()
    for group in grouping.messages + grouping.transfers + grouping.calls {
      let all = group.reduce(into: Set<Int>()) { $0.formUnion(holders[$1] ?? []) }
      for record in group { holders[record] = all }
    }
    for record in cited {
      if let all = holders[record], let only = all.first, all.count == 1, only >= 0 {
        onlyHolder[record] = only
      }
    }
  }
}
