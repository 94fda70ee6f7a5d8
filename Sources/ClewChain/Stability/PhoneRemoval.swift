internal import ClewEvidence
internal import GraphCore

/// Leaves out one phone at a time and makes roles, tiers and lines anew.
///
/// A link is put together from the records that are left, and orders that climbed from what is left of
/// them. Who holds which account, prices, payments without a link and group chats are taken as they were
/// found with all phones.
struct PhoneRemoval {
  private let analysis: ChainAnalysis
  private let weights: LinkWeights
  private let seized: Set<Int>
  /// The structure with all phones.
  let base: ChainStructure

  init(_ analysis: ChainAnalysis, _ view: CaseView, _ weights: LinkWeights) {
    self.analysis = analysis
    self.weights = weights
    seized = view.seized
    base = ChainStructure(
      links: analysis.links.map { Market.Link($0.link, dealings: Int64($0.link.dealings)) },
      seized: view.seized,
      background: analysis.basis.background,
      model: analysis.basis.model
    )
  }

  /// The phones on which something rests, those with most findings first, then by party.
  func phones(_ holders: RecordHolders, workers: WorkerCount) -> [CaseGaps.Phone] {
    var touched: [Int: Set<Int>] = [:]
    for (place, finding) in analysis.links.enumerated() {
      for exhibit in finding.link.evidence {
        guard let owner = holders.onlyHolder[exhibit.record] else { continue }
        touched[owner, default: []].insert(place)
      }
    }
    var gone: [Int: Set<RecordID>] = [:]
    for (record, owner) in holders.onlyHolder { gone[owner, default: []].insert(record) }
    let owners = touched.keys.sorted()
    let (links, records) = (touched, gone)
    let phones = Parallel(workers: workers).map(count: owners.count, chunkSize: 2) { place in
      phone(owners[place], links[owners[place]] ?? [], records[owners[place]] ?? [])
    }
    return phones.filter { $0.findings > 0 }.sorted {
      $0.findings != $1.findings ? $0.findings > $1.findings : $0.party < $1.party
    }
  }

  private func phone(_ owner: Int, _ touched: Set<Int>, _ gone: Set<RecordID>) -> CaseGaps.Phone {
    var lost: [Int] = []
    var left: [Market.Link] = []
    for (place, finding) in analysis.links.enumerated() {
      var dealings = Int64(finding.link.dealings)
      if touched.contains(place) {
        dealings =
          LinkRemainder(finding.link, weights: weights) { gone.contains($0) }.dealings
      }
      if dealings > 0 {
        left.append(Market.Link(finding.link, dealings: dealings))
      } else {
        lost.append(place)
      }
    }
    let other = ChainStructure(
      links: left,
      seized: seized.subtracting([owner]),
      background: analysis.basis.background { gone.contains($0) },
      model: analysis.basis.model
    )
    let changed = StructureChange(from: base, to: other)
    let leaders = Set(other.leaders.joined().map { other.market.parties[$0.index] })
    return CaseGaps.Phone(
      party: owner,
      records: touched.reduce(into: Set<RecordID>()) { records, place in
        records.formUnion(analysis.links[place].link.evidence.map(\.record))
      }.intersection(gone).count,
      links: lost,
      roles: changed.roles,
      tiers: changed.tiers,
      members: changed.lines,
      lines: analysis.lines.indices.filter { line in
        leaders.isDisjoint(with: analysis.lines[line].principals)
      }
    )
  }
}
