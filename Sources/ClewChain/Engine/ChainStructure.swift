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
  /// All who lead each line, the one of ``principals`` first, the others in order of party.
  let leaders: [[NodeID]]
  let lineShares: LineShares
  /// What the rules say.
  let ruled: RuledStructure
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
    ruled = RuledStructure(market, background)
    evidence = RoleEvidence(market, ruled, background)
    // Where no export names its owner, nobody can say whose phone is missing.
    beliefs =
      model.isEmpty || seized.isEmpty ? nil : RoleBeliefs(market, ruled, evidence, model)
    let payments = TraderPayments(background.paid, market)
    let decisions = RoleDecisions(market, ruled, beliefs, payments)
    roles = decisions.roles
    rules = decisions.rules
    tiers = decisions.tiers
    roleBeliefs = decisions.roleBeliefs
    tierBeliefs = decisions.tierBeliefs
    let search = LineSearch(market, decisions, background, payments)
    principals = search.principals
    lineShares = LineShares(market, decisions.roles, search)
    var leaders = search.principals.map { [$0] }
    for node in market.graph.nodes where search.isLeader[node.index] {
      if let line = search.lines[node.index], search.principals[line] != node {
        leaders[line].append(node)
      }
    }
    self.leaders = leaders
  }
}
