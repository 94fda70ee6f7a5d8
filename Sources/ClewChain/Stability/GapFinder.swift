public import ClewEvidence
public import GraphCore

/// Leaves one phone out at a time, and asks which phone that is missing would settle most.
///
/// A link is put together anew from the records that are left, and roles, tiers and lines from the
/// links that are left. Who holds which account, and which orders climbed from one link to the next,
/// is taken as it was found with all phones.
///
/// - Complexity: one pass over the case, and O(*n* + *m*) for each phone.
public struct GapFinder: Sendable {
  /// What makes a link hold.
  public var weights = LinkWeights()
  /// How many cores work; the answer does not depend on it.
  public var workers = WorkerCount.active

  /// Makes a finder.
  public init() {}

  /// The gaps of a case.
  ///
  /// - Parameters:
  ///   - analysis: The findings.
  ///   - view: The case as it was read for them.
  ///   - file: The case.
  /// - Returns: The gaps, ranked.
  /// - Throws: `EvidenceError` when the case cannot be read.
  public func gaps(
    of analysis: ChainAnalysis,
    in view: CaseView,
    _ file: CaseFile
  ) throws -> CaseGaps {
    CaseGaps(
      phones: phones(analysis, view, try RecordHolders(analysis, view, file)),
      missing: MissingPhones(analysis, weights).ranked(),
      contradictions: Self.contradictions(analysis)
    )
  }

  private func phones(
    _ analysis: ChainAnalysis,
    _ view: CaseView,
    _ holders: RecordHolders
  ) -> [CaseGaps.Phone] {
    var links: [Int: Set<Int>] = [:]
    var records: [Int: Set<RecordID>] = [:]
    for (place, finding) in analysis.links.enumerated() {
      for exhibit in finding.link.evidence {
        guard let owner = holders.onlyHolder[exhibit.record] else { continue }
        links[owner, default: []].insert(place)
        records[owner, default: []].insert(exhibit.record)
      }
    }
    let base = ChainStructure(
      links: analysis.links.map { Self.marketLink($0, Int64($0.link.dealings)) },
      seized: view.seized
    )
    let owners = links.keys.sorted()
    let (touched, gone) = (links, records)
    let phones = Parallel(workers: workers).map(count: owners.count, chunkSize: 2) { place in
      let owner = owners[place]
      return phone(
        owner,
        touched[owner] ?? [],
        gone[owner] ?? [],
        analysis,
        base,
        seized: view.seized
      )
    }
    return phones.filter { $0.findings > 0 }.sorted {
      $0.findings != $1.findings ? $0.findings > $1.findings : $0.party < $1.party
    }
  }

  private func phone(
    _ owner: Int,
    _ touched: Set<Int>,
    _ gone: Set<RecordID>,
    _ analysis: ChainAnalysis,
    _ base: ChainStructure,
    seized: Set<Int>
  ) -> CaseGaps.Phone {
    var lost: [Int] = []
    var left: [Market.Link] = []
    for (place, finding) in analysis.links.enumerated() {
      var dealings = Int64(finding.link.dealings)
      if touched.contains(place) {
        dealings =
          LinkRemainder(finding.link, weights: weights) { gone.contains($0) }.dealings
      }
      if dealings > 0 {
        left.append(Self.marketLink(finding, dealings))
      } else {
        lost.append(place)
      }
    }
    let structure = ChainStructure(links: left, seized: seized.subtracting([owner]))
    var roles: [Int] = []
    for (node, party) in base.market.parties.enumerated() {
      let other = structure.market.node(of: party).map { structure.roles[$0.index] }
      if other != base.roles[node] { roles.append(party) }
    }
    let principals = Set(structure.principals.map { structure.market.parties[$0.index] })
    return CaseGaps.Phone(
      party: owner,
      records: gone.count,
      links: lost,
      roles: roles,
      lines: analysis.lines.indices.filter { !principals.contains(analysis.lines[$0].principal) }
    )
  }

  private static func marketLink(_ finding: LinkFinding, _ dealings: Int64) -> Market.Link {
    var categories: UInt32 = 0
    for (place, count) in finding.link.items.dropLast().enumerated() where count > 0 {
      categories |= 1 << UInt32(place)
    }
    return Market.Link(
      supplier: finding.supplier,
      buyer: finding.buyer,
      dealings: dealings,
      categories: categories
    )
  }

  private static func contradictions(_ analysis: ChainAnalysis) -> [CaseGaps.Contradiction] {
    var found: [CaseGaps.Contradiction] = []
    for (place, finding) in analysis.links.enumerated() {
      let link = finding.link
      if finding.contradictsTiers {
        found.append(.init(kind: .againstTiers, link: place, party: nil))
      }
      let against = Set(link.against.map(\.record))
      if !against.isEmpty, against.count >= Set(link.evidence.map(\.record)).count {
        found.append(.init(kind: .counterEvidence, link: place, party: nil))
      }
    }
    for (place, party) in analysis.parties.enumerated() where party.role != .outsider {
      if party.role == .source, party.upstream > 0 {
        found.append(.init(kind: .suppliedSource, link: nil, party: place))
      }
      if party.role != .undetermined, party.roleConfidence < 500 {
        found.append(.init(kind: .unsureRole, link: nil, party: place))
      }
    }
    let order = CaseGaps.Contradiction.Kind.allCases
    return order.flatMap { kind in found.filter { $0.kind == kind } }
  }
}
