internal import GraphCore

/// Roles, tiers and lines of one set of links: the part of the analysis that is resampled.
struct ChainStructure: Sendable {
  let market: Market
  let roles: [Role]
  let rules: [RoleRule]
  let tiers: [Int?]
  /// The principals in order of party; a line is a place in this list.
  let principals: [NodeID]
  let lineShares: LineShares

  init(links: [Market.Link], seized: Set<Int>) {
    market = Market(links: links, seized: seized)
    let assignment = RoleAssignment(market)
    let tiers = TierAssignment(market, assignment).tiers
    principals = assignment.principalNodes
    lineShares = LineShares(market, assignment, tiers: tiers, principals: principals)
    var roles: [Role] = []
    var rules = assignment.rules
    for (node, position) in assignment.positions.enumerated() {
      switch position {
      case .source: roles.append(.source)
      case .principal: roles.append(.firstLevelAgent)
      case .customer: roles.append(.customer)
      case .thin: roles.append(.undetermined)
      case .agent:
        roles.append(Self.level(tiers[node]))
        if tiers[node] == nil { rules[node] = .resellsUnplaced }
      }
    }
    self.roles = roles
    self.rules = rules
    self.tiers = tiers
  }

  private static func level(_ tier: Int?) -> Role {
    switch tier {
    case nil: .undetermined
    case .some(...2): .secondLevelAgent
    default: .subAgent
    }
  }
}
