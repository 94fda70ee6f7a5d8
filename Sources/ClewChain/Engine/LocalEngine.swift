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
    let links = supply.links.map { Market.Link($0, dealings: Int64($0.dealings)) }
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
    let lineOrder = Self.orderLines(structure)
    let maker = PartyFindings(
      view: view,
      structure: structure,
      background: background,
      model: roleModel,
      agreement: agreement,
      draws: resampling.draws,
      scores: try scores(of: structure.market.graph),
      butFor: ButForSupply(structure.market.graph),
      lineOrder: lineOrder
    )
    let parties = maker.parties(supply.links)
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
        possiblySame: view.possiblySame.map { CaseView.Pair($0.first, $0.second) },
        name: view.name(of:)
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

  /// A number for the draws that depends on the two parties only.
  private static func key(_ link: SupplyLink, _ view: CaseView) -> UInt64 {
    linkID(view.parties.parties[link.supplier], view.parties.parties[link.buyer]).high
  }

  static func linkID(_ supplier: Party, _ buyer: Party) -> RecordID {
    var digest = FieldDigest()
    digest.add("link")
    digest.add(supplier.id)
    digest.add(buyer.id)
    return digest.recordID
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
}
