public import ClewEvidence
public import GraphCore

/// The engine that runs on this machine's cores.
public struct LocalEngine: ChainEngine {
  /// How records become links.
  public var projection: Projection
  /// How many cores work; the findings do not depend on it.
  public var workers: WorkerCount
  /// How evidence on roles is weighed.
  public var roleModel: RoleModel

  /// Makes an engine with the standard words and weights.
  public init(
    projection: Projection = Projection(),
    workers: WorkerCount = .active,
    roleModel: RoleModel = .standard
  ) {
    self.projection = projection
    self.workers = workers
    self.roleModel = roleModel
  }

  /// How many records a party's finding cites.
  private static let citations = 24
  /// Exact betweenness up to this many traders, sampled beyond.
  private static let exactBetweenness = 2_000

  /// Analyses a case.
  public func analyze(_ file: CaseFile, until: Timestamp? = nil) throws -> ChainAnalysis {
    try analyze(CaseView(of: file, lexicon: projection.lexicon, until: until))
  }

  /// Analyses a case that has been read already.
  public func analyze(_ view: CaseView) throws -> ChainAnalysis {
    let roleModel = roleModel.leavingOut(view.leftOut)
    let supply = projection.supply(in: view)
    let links = supply.links.map { Self.marketLink($0) }
    let background = RoleEvidence.Background(supply, view)
    let structure = ChainStructure(
      links: links,
      seized: view.seized,
      background: background,
      model: roleModel
    )
    let drawn = zip(supply.links, links).map { link, market in
      (link: market, isFirm: link.grade <= .b, key: Self.key(link, view))
    }
    let resampling = Resampling()
    let agreement = resampling.agreement(
      with: structure,
      links: drawn,
      seized: view.seized,
      background: background,
      model: roleModel
    )
    let scores = try scores(of: structure.market.graph)
    let butFor = ButForSupply(structure.market.graph)
    let lineOrder = Self.orderLines(structure)

    var byParty: [Int: [SupplyLink]] = [:]
    for link in supply.links {
      byParty[link.supplier, default: []].append(link)
      byParty[link.buyer, default: []].append(link)
    }
    let parties = view.parties.parties.indices.map { party in
      finding(
        party,
        view: view,
        structure: structure,
        background: background,
        links: byParty[party] ?? [],
        agreement: agreement,
        draws: resampling.draws,
        scores: scores,
        butFor: butFor,
        lineOrder: lineOrder
      )
    }
    let findings = Self.linkFindings(supply.links, parties: parties)
    return ChainAnalysis(
      parties: parties,
      lines: Self.lines(structure, lineOrder, parties: parties, links: supply.links),
      links: findings,
      weak: supply.weak,
      restated: supply.restated,
      deliveries: view.deliveryFindings,
      incoherence: try TrophicLevels(workers: workers).levels(of: structure.market.graph)
        .incoherence,
      categories: projection.lexicon.categories,
      modelVersion:
        "\(LinkWeights.version) \(roleModel.version) \(projection.lexicon.version)"
        + view.leftOut.sorted().map { " without \($0.rawValue)" }.joined(),
      conflicts: view.parties.conflicts,
      hints: view.parties.hints,
      severed: view.parties.severed,
      possiblySame: view.possiblySame,
      identityConflicts: view.conflicts,
      decisions: view.decisions,
      gaps: background.gaps.findings(
        links: supply.links.map { Direction($0.supplier, $0.buyer) },
        possiblySame: view.possiblySame.map { CaseView.Pair($0.first, $0.second) }
      ),
      roleSamples: RoleSamples(structure),
      basis: StructureBasis(
        background: background,
        passedOn: supply.clues.passedOn,
        prices: supply.clues.prices,
        model: roleModel
      )
    )
  }

  private static func marketLink(_ link: SupplyLink) -> Market.Link {
    var categories: UInt32 = 0
    for (place, count) in link.items.dropLast().enumerated() where count > 0 {
      categories |= 1 << UInt32(place)
    }
    return Market.Link(
      supplier: link.supplier,
      buyer: link.buyer,
      dealings: Int64(link.dealings),
      categories: categories
    )
  }

  /// A number for the draws that depends on the two parties only.
  private static func key(_ link: SupplyLink, _ view: CaseView) -> UInt64 {
    linkID(view.parties.parties[link.supplier], view.parties.parties[link.buyer]).high
  }

  private static func linkID(_ supplier: Party, _ buyer: Party) -> RecordID {
    var digest = FieldDigest()
    digest.add("link")
    digest.add(supplier.id)
    digest.add(buyer.id)
    return digest.recordID
  }

  /// The lines, the one with most members first, then by the principal's party.
  private static func orderLines(_ structure: ChainStructure) -> [Int] {
    var members = [Int](repeating: 0, count: structure.principals.count)
    for node in structure.market.graph.nodes {
      if let line = structure.lineShares.line(of: node) { members[line] += 1 }
    }
    return members.indices.sorted {
      members[$0] != members[$1] ? members[$0] > members[$1] : $0 < $1
    }
  }

  private static func lines(
    _ structure: ChainStructure,
    _ order: [Int],
    parties: [PartyFinding],
    links: [SupplyLink]
  ) -> [LineFinding] {
    let depth = parties.compactMap(\.tier).max() ?? 0
    return order.enumerated().map { place, line in
      let principals = structure.leaders[line].map { structure.market.parties[$0.index] }
      let principal = principals[0]
      let members = parties.filter { $0.line == place }
      var byTier = [Int](repeating: 0, count: depth + 1)
      for member in members { if let tier = member.tier { byTier[tier] += 1 } }
      let sales = links.filter { principals.contains($0.supplier) }
      return LineFinding(
        id: "L\(place + 1)",
        name: parties[principal].name,
        principal: principal,
        principals: principals,
        members: members.count,
        byTier: byTier,
        items: sales.reduce(0) { $1.items.reduce($0) { $0.addingClamped($1) } },
        amountFen: sales.reduce(0) { $0.addingClamped($1.amountFen) }
      )
    }
  }

  private static func linkFindings(
    _ links: [SupplyLink],
    parties: [PartyFinding]
  ) -> [LinkFinding] {
    links.map { link in
      let (supplier, buyer) = (parties[link.supplier], parties[link.buyer])
      let id = linkID(supplier.party, buyer.party).description
      let isCross = supplier.line != nil && buyer.line != nil && supplier.line != buyer.line
      var contradicts = false
      if let high = supplier.tier, let low = buyer.tier { contradicts = high > low }
      return LinkFinding(
        id: "S" + id.dropFirst(),
        link: link,
        supplier: link.supplier,
        buyer: link.buyer,
        isCrossLine: isCross,
        contradictsTiers: contradicts
      )
    }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }

  private func scores(of graph: Graph) throws -> [(name: String, values: [Double])] {
    let hits = try HITS(workers: workers).scores(of: graph)
    let pivots: Pivots =
      graph.nodeCount <= Self.exactBetweenness ? .all : .sampled(512, seed: 1)
    return [
      ("pageRank", try PageRank(workers: workers).scores(of: graph).scores),
      ("hub", hits.hubs), ("authority", hits.authorities),
      ("betweenness", try graph.betweenness(pivots: pivots, workers: workers)),
      ("core", graph.undirected().coreNumbers().map(Double.init)),
      ("springRank", try SpringRank(workers: workers).scores(of: graph).scores),
    ]
  }

  private func finding(
    _ party: Int,
    view: CaseView,
    structure: ChainStructure,
    background: RoleEvidence.Background,
    links: [SupplyLink],
    agreement: Resampling.Agreement,
    draws: Int,
    scores: [(name: String, values: [Double])],
    butFor: ButForSupply,
    lineOrder: [Int]
  ) -> PartyFinding {
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
    func believed(_ belief: Int64) -> Int { roleModel.confidence(Int(belief / 1000)) }
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
      roleSigns: structure.signs(of: node, background, roleModel),
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
