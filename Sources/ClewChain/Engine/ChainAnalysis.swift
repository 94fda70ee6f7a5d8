public import ClewEvidence

/// What the analysis says of one party, with the evidence for and against.
public struct PartyFinding: Sendable, Hashable {
  /// The party.
  public let party: Party
  /// What to call it: its handle, or its leading account.
  public let name: String
  /// Every name that it bears, the best first.
  public let names: [String]
  /// Its role.
  public let role: Role
  /// The rule that gave the role.
  public let rule: RoleRule
  /// How sure the role is, in thousandths.
  ///
  /// The smaller of how often the role stayed when the evidence was drawn again, and how often such a
  /// belief is right.
  public let roleConfidence: Int
  /// What spoke for and against the role, the weightiest first.
  public let roleSigns: [RoleSign]
  /// Its tier; `nil` for outsiders and where nothing places it.
  public let tier: Int?
  /// How sure the tier is, in thousandths; see ``roleConfidence``.
  public let tierConfidence: Int
  /// The line it belongs to, as a place in ``ChainAnalysis/lines``.
  public let line: Int?
  /// How sure the line is, in thousandths: how often it stayed when the evidence was drawn again, and not
  /// more than it is sure that its principal is one.
  public let lineConfidence: Int
  /// Its shares in the lines, in billionths, by place in ``ChainAnalysis/lines``.
  public let lineShares: [Int: Int64]
  /// Whether no supplier seen, but orders across a gap, groups or its buyers gave the line.
  public let isLineInferred: Bool
  /// What speaks for the line, if there is one.
  public let lineBasis: LineBasis?
  /// How many parties supply it directly.
  public let upstream: Int
  /// How many parties it supplies directly.
  public let downstream: Int
  /// How many parties supply would not reach but for it.
  public let exclusiveDownstream: Int
  /// Whether the case holds its own device or account.
  public let isSeized: Bool
  /// Its scores by name: `pageRank`, `hub`, `authority`, `betweenness`, `core`, `springRank`.
  public let scores: [String: Double]
  /// The records that the finding rests on: of its links, or that the party exists at all.
  public let evidence: [RecordID]
}

/// One line: a principal and all who are supplied through him.
public struct LineFinding: Sendable, Hashable {
  /// `L1`, `L2` …, the largest first.
  public let id: String
  /// The principal's handle.
  public let name: String
  /// The principal's place in ``ChainAnalysis/parties``; of several who lead together, of him who sold most.
  public let principal: Int
  /// All who lead the line together, ``principal`` first.
  public let principals: [Int]
  /// How many parties belong to it.
  public let members: Int
  /// How many of them stand on each tier, from tier 0.
  public let byTier: [Int]
  /// Items that the principal supplied: what flows through the line is counted once, not at every
  /// tier again.
  public let items: Int64
  /// What the principal was paid for them, in fen.
  public let amountFen: Int64
}

/// One supply link as a finding.
public struct LinkFinding: Sendable, Hashable {
  /// `S` and twelve letters or digits, made from the two parties.
  public let id: String
  /// The link with its evidence; its ends are places in the party table of the view.
  public let link: SupplyLink
  /// The supplier's place in ``ChainAnalysis/parties``.
  public let supplier: Int
  /// The buyer's place in ``ChainAnalysis/parties``.
  public let buyer: Int
  /// Whether its ends belong to different lines.
  public let isCrossLine: Bool
  /// Whether it runs against the tiers: from a lower to a higher one.
  public let contradictsTiers: Bool
}

/// All that the analysis says of a case.
public struct ChainAnalysis: Sendable {
  /// All parties, sorted by id.
  public let parties: [PartyFinding]
  /// The lines, the largest first.
  public let lines: [LineFinding]
  /// The links, sorted by id.
  public let links: [LinkFinding]
  /// Pairs with evidence that is not enough for a link.
  public let weak: [SupplyLink]
  /// Links that charts or lists state between names only, and that repeat a link of ``links``.
  public let restated: [Restatement]
  /// The files of personal data in the case, in the order of their records.
  public let deliveries: [DeliveryFinding]
  /// Trophic incoherence F0 of the supply graph, from 0 to 1; `nil` without a link.
  public let incoherence: Double?
  /// The categories of ``SupplyLink/items``.
  public let categories: [Lexicon.Category]
  /// The versions of model and lexicon.
  public let modelVersion: String
  /// What was decided about the links between accounts.
  public let conflicts: [Merge]
  /// Hints that two accounts may be one person's.
  public let hints: [Merge]
  /// Links between accounts that an analyst's split overrules.
  public let severed: [Merge]
  /// Pairs of parties that are possibly one, by their places in ``parties``; nothing is merged by it.
  public let possiblySame: [SoftLink]
  /// Where the evidence contradicts itself about who holds an account.
  public let identityConflicts: [IdentityConflict]
  /// The analysts' merges and splits that hold.
  public let decisions: [Decision]
  /// Supply of which no dealing is seen, proved by orders at both ends.
  public let gaps: [SupplyGap]
  /// What the role model saw.
  package let roleSamples: RoleSamples
  /// What roles, tiers and lines were made from beside the links.
  let basis: StructureBasis

  /// The places of the parties that trade.
  public var traders: [Int] {
    parties.indices.filter { parties[$0].role != .outsider }
  }

  /// The links between lines.
  public var crossLinks: [LinkFinding] { links.filter(\.isCrossLine) }

  /// The first and the last event of all supply links, in milliseconds since 1970, if any has a time.
  public var period: ClosedRange<Int64>? {
    let spans = links.compactMap(\.link.span)
    guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else {
      return nil
    }
    return first...last
  }

  /// The deepest tier.
  public var depth: Int { parties.compactMap(\.tier).max() ?? 0 }

  /// The parties on whom most supply depends, at most `limit`.
  public func hubs(limit: Int) -> [Int] {
    let ranked = traders.filter { parties[$0].downstream > 0 }.sorted { left, right in
      let (a, b) = (parties[left], parties[right])
      if a.exclusiveDownstream != b.exclusiveDownstream {
        return a.exclusiveDownstream > b.exclusiveDownstream
      }
      if a.downstream + a.upstream != b.downstream + b.upstream {
        return a.downstream + a.upstream > b.downstream + b.upstream
      }
      return left < right
    }
    return Array(ranked.prefix(limit))
  }
}
