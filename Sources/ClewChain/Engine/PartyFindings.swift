internal import ClewEvidence
internal import GraphCore

/// Puts together what is said of each party.
struct PartyFindings {
  let view: CaseView
  let structure: ChainStructure
  let background: RoleEvidence.Background
  let model: RoleModel
  let agreement: Resampling.Agreement
  /// How many draws the agreement counts.
  let draws: Int
  /// The scores of each node, by name.
  let scores: [(name: String, values: [Double])]
  let butFor: ButForSupply
  /// The lines as they are numbered in the findings.
  let lineOrder: [Int]

  /// How many records a finding cites.
  private static let citations = 24

  /// The findings of all parties of the view, in their order.
  func parties(_ links: [SupplyLink]) -> [PartyFinding] {
    var byParty: [Int: [SupplyLink]] = [:]
    for link in links {
      byParty[link.supplier, default: []].append(link)
      byParty[link.buyer, default: []].append(link)
    }
    return view.parties.parties.indices.map { finding($0, byParty[$0] ?? []) }
  }

  private func finding(_ party: Int, _ links: [SupplyLink]) -> PartyFinding {
    let identity = view.parties.parties[party]
    guard let node = structure.market.node(of: party) else {
      return PartyFinding(
        party: identity,
        name: view.name(of: party),
        names: view.names.names(of: party),
        role: .outsider,
        rule: .noSupply,
        roleConfidence: 1000,
        roleSigns: [],
        tier: nil,
        tierConfidence: 1000,
        line: nil,
        lineConfidence: 1000,
        lineShares: [:],
        isLineInferred: false,
        lineBasis: nil,
        upstream: 0,
        downstream: 0,
        exclusiveDownstream: 0,
        isSeized: view.seized.contains(party),
        scores: [:],
        evidence: view.mentions[party] ?? []
      )
    }
    var shares: [Int: Int64] = [:]
    for share in structure.lineShares.shares[node.index] {
      if let place = lineOrder.firstIndex(of: share.line) { shares[place] = share.billionths }
    }
    let line = structure.lineShares.line(of: node).flatMap(lineOrder.firstIndex(of:))
    func believed(_ belief: Int64) -> Int { model.confidence(Int(belief / 1000)) }
    func share(_ count: Int?) -> Int { ((count ?? 0) + 1) * 1000 / (draws + 2) }
    func roleConfidence(_ node: NodeID) -> Int {
      let party = structure.market.parties[node.index]
      return min(share(agreement.role[party]), believed(structure.roleBeliefs[node.index]))
    }
    // A line is no surer than that somebody leads it.
    let leads = structure.lineShares.line(of: node).map { roleConfidence(structure.principals[$0]) }
    return PartyFinding(
      party: identity,
      name: view.name(of: party),
      names: view.names.names(of: party),
      role: structure.roles[node.index],
      rule: structure.rules[node.index],
      roleConfidence: roleConfidence(node),
      roleSigns: structure.signs(of: node, background, model),
      tier: structure.tiers[node.index],
      tierConfidence: min(
        share(agreement.tier[party]),
        believed(structure.tierBeliefs[node.index])
      ),
      line: line,
      lineConfidence: min(share(agreement.line[party]), leads ?? 1000),
      lineShares: shares,
      isLineInferred: line != nil && structure.lineShares.isInferred[node.index],
      lineBasis: structure.lineShares.bases[node.index],
      upstream: links.count { $0.buyer == party },
      downstream: links.count { $0.supplier == party },
      exclusiveDownstream: butFor.exclusiveDownstream[node.index],
      isSeized: view.seized.contains(party),
      scores: Dictionary(
        scores.map { ($0.name, $0.values[node.index]) },
        uniquingKeysWith: { first, _ in first }
      ),
      evidence: Self.cited(links)
    )
  }

  /// The strongest records of a party's links, some of each link.
  private static func cited(_ links: [SupplyLink]) -> [RecordID] {
    let ranked = links.flatMap(\.evidence).sorted { left, right in
      left.points != right.points ? left.points > right.points : left < right
    }
    var seen: Set<RecordID> = []
    return ranked.map(\.record).filter { seen.insert($0).inserted }.prefix(citations).sorted()
  }
}
