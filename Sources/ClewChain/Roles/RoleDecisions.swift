internal import GraphCore

/// Puts rules and weighed evidence together: a role and a tier for each trader.
///
/// The rule holds unless the evidence is clearly against it: another role must be at least as likely
/// as not, and one and a half times as likely as the rule's. Where the rules find too little, the
/// likeliest role holds if it is at least as likely as not. Where no role reaches ``least``, none is
/// given.
struct RoleDecisions: Sendable {
  private(set) var roles: [Role] = []
  private(set) var rules: [RoleRule] = []
  private(set) var tiers: [Int?] = []
  /// What the evidence makes of the role that was given, in millionths.
  private(set) var roleBeliefs: [Int64] = []
  /// What it makes of the tier that was given, in millionths.
  private(set) var tierBeliefs: [Int64] = []

  private static let even = RoleBeliefs.whole / 2
  private static let least = RoleBeliefs.whole * 2 / 5
  /// What outvotes the rule where the other half of the trade is not more than suggested.
  private static let sure = RoleBeliefs.whole * 9 / 10
  /// One and a half times, in halves.
  private static let clearly: Int64 = 3
  private static let given: [Role] = [
    .source, .firstLevelAgent, .secondLevelAgent, .subAgent, .customer,
  ]

  init(_ market: Market, _ ruled: RuledStructure, _ beliefs: RoleBeliefs?) {
    guard let beliefs else {
      roles = ruled.roles
      rules = ruled.rules
      tiers = ruled.tiers
      roleBeliefs = roles.map { _ in RoleBeliefs.whole }
      tierBeliefs = roleBeliefs
      return
    }
    for node in market.graph.nodes { decide(node.index, ruled, beliefs.beliefs[node.index]) }
    for node in market.graph.nodes where roles[node.index] == .customer {
      placeCustomer(node, market.graph)
    }
  }

  private mutating func decide(_ node: Int, _ ruled: RuledStructure, _ beliefs: [Int64]) {
    var byRole: [Role: Int64] = [:]
    for (place, state) in TraderState.allCases.enumerated() {
      byRole[state.role, default: 0] += beliefs[place]
    }
    var best = Role.source
    for role in Self.given where byRole[role, default: 0] > byRole[best, default: 0] { best = role }
    let rule = ruled.roles[node]
    let (likeliest, likelihood) = (byRole[best, default: 0], byRole[rule, default: 0])
    var role = rule
    if best != rule, likeliest >= Self.even, 2 * likeliest >= Self.clearly * likelihood {
      role = best
    }
    if likeliest < Self.least { role = .undetermined }
    let isHeld =
      switch ruled.otherHalves[node] {
      case .heard: false
      case .suggested: likeliest < Self.sure
      case .unheard: true
      }
    if ruled.isProven[node] || isHeld { role = rule }
    roles.append(role)
    rules.append(role == rule ? ruled.rules[node] : Self.rule(role))
    let (tier, belief) = Self.tier(role, ruled.tiers[node], beliefs)
    tiers.append(tier)
    tierBeliefs.append(belief)
    roleBeliefs.append(role == .undetermined ? 0 : byRole[role, default: 0])
  }

  private static func rule(_ role: Role) -> RoleRule {
    role == .undetermined ? .contradictory : .weighedEvidence
  }

  /// The tier that goes with a role, and what is believed of it; a customer's comes later.
  private static func tier(
    _ role: Role,
    _ ruled: Int?,
    _ beliefs: [Int64]
  ) -> (Int?, Int64) {
    switch role {
    case .source: return (0, beliefs[0])
    case .firstLevelAgent: return (1, beliefs[1])
    case .secondLevelAgent: return (2, beliefs[2])
    case .subAgent:
      let (third, lower) = (beliefs[3], beliefs[4])
      let isSplit = 2 * max(third, lower) < clearly * min(third, lower)
      if let ruled, ruled >= 3, isSplit { return (ruled, ruled == 3 ? third : lower) }
      return third >= lower ? (3, third) : (max(4, ruled ?? 4), lower)
    default: return (nil, 0)
    }
  }

  /// A customer is one below its main supplier.
  private mutating func placeCustomer(_ node: NodeID, _ graph: Graph) {
    var best: (weight: Int64, tier: Int, supplier: Int)?
    for edge in graph.inEdges(of: node) where roles[edge.source.index] != .customer {
      guard let tier = tiers[edge.source.index] else { continue }
      if let current = best,
        current.weight > edge.weight || (current.weight == edge.weight && current.tier <= tier)
      {
        continue
      }
      best = (edge.weight, tier, edge.source.index)
    }
    tiers[node.index] = best.map { $0.tier + 1 }
    tierBeliefs[node.index] =
      best.map { min(tierBeliefs[$0.supplier], roleBeliefs[node.index]) } ?? 0
  }
}
