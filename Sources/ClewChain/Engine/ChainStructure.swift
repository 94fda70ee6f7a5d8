internal import GraphCore

/// Roles, tiers and lines of one set of links: the part of the analysis that is resampled.
struct ChainStructure: Sendable {
  let market: Market
  let roles: [Role]
  let rules: [RoleRule]
  let tiers: [Int?]
  /// What the evidence makes of each role and tier, in millionths.
  let roleBeliefs: [Int64]
  let tierBeliefs: [Int64]
  /// The leader of each line in order of party; a line is a place in this list.
  let principals: [NodeID]
  let lineShares: LineShares
  /// What the roles were weighed from.
  let evidence: RoleEvidence
  /// How it was weighed; `nil` without a model.
  let beliefs: RoleBeliefs?

  init(
    links: [Market.Link],
    seized: Set<Int>,
    background: RoleEvidence.Background = RoleEvidence.Background(),
    model: RoleModel = .standard
  ) {
    market = Market(links: links, seized: seized)
    let ruled = RuledStructure(market)
    evidence = RoleEvidence(market, ruled, background)
    beliefs = model.isEmpty ? nil : RoleBeliefs(market, evidence, model)
    let decisions = RoleDecisions(market, ruled, beliefs)
    roles = decisions.roles
    rules = decisions.rules
    tiers = decisions.tiers
    roleBeliefs = decisions.roleBeliefs
    tierBeliefs = decisions.tierBeliefs
    let search = LineSearch(market, decisions, background)
    principals = search.principals
    lineShares = LineShares(market, decisions.roles, search)
  }
}
