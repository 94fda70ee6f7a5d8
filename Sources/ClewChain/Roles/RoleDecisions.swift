internal import GraphCore

/// Puts rules and weighed evidence together: a role and a tier for each trader.
///
/// The rule holds unless the evidence is clearly against it: another role must be at least as likely
/// as not, and one and a half times as likely as the rule's. Where the rules find too little, the
/// likeliest role holds if it is at least as likely as not. Where no role reaches ``least``, none is
/// given. Of whom one half of the trade only is seen (``OtherHalf``), the evidence must be seven tenths for
/// another role where circumstances suggest the other half, nine tenths where nothing does; and a phone in
/// the case that shows no more holds the rule. In a market of some size no other role is given that is
/// less likely than not, unless whole evidence proves it.
///
/// Last, nobody stands deeper than one below a main supplier whose own place is four fifths certain, and who
/// pays a trader more often than he is seen to deal with anybody stands one below him (``MainSupplier``).
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
  /// What outvotes the rule where circumstances only suggest the other half of the trade.
  private static let likely = RoleBeliefs.whole * 7 / 10
  /// What outvotes it where nothing speaks of the other half.
  private static let sure = RoleBeliefs.whole * 9 / 10
  /// One and a half times, in halves.
  private static let clearly: Int64 = 3
  /// From how many traders on, linked to each other, the weights know better than a rule that there is
  /// too little: they were fitted on markets of forty and more.
  private static let leastMarket = 24
  /// A main supplier shows so many dealings.
  private static let mainDealings: Int64 = 6
  /// His own place is as sure as this.
  private static let mainBelief = RoleBeliefs.whole * 8 / 10
  /// How often those were right, on invented cases, who were placed by their main supplier: 42 of 48.
  private static let placedBelief = RoleBeliefs.whole * 85 / 100
  private static let given: [Role] = [
    .source, .firstLevelAgent, .secondLevelAgent, .subAgent, .customer,
  ]

  init(
    _ market: Market,
    _ ruled: RuledStructure,
    _ beliefs: RoleBeliefs?,
    _ payments: TraderPayments
  ) {
    guard let beliefs else {
      roles = ruled.roles
      rules = ruled.rules
      tiers = ruled.tiers
      roleBeliefs = roles.map { _ in RoleBeliefs.whole }
      tierBeliefs = roleBeliefs
      return
    }
    let parts = market.graph.connectedComponents(workers: WorkerCount(1))
    for node in market.graph.nodes {
      decide(
        node.index,
        ruled,
        beliefs.beliefs[node.index],
        isSeized: market.isSeized[node.index],
        isComparable: parts.sizes[Int(parts.labels[node.index])] >= Self.leastMarket
      )
    }
    placeBelowMainSuppliers(market, ruled, payments)
    for node in market.graph.nodes {
      switch roles[node.index] {
      case .customer: placeCustomer(node, market, payments)
      case .undetermined: placeBuyer(node, market, payments)
      default: break
      }
    }
  }

  /// Places those who resell by their main suppliers, from the top tier down.
  private mutating func placeBelowMainSuppliers(
    _ market: Market,
    _ ruled: RuledStructure,
    _ payments: TraderPayments
  ) {
    func depth(_ node: NodeID) -> Int { tiers[node.index] ?? .max }
    let order = market.graph.nodes.filter {
      !ruled.isProven[$0.index] && roles[$0.index] != .customer
    }
    .sorted { depth($0) != depth($1) ? depth($0) < depth($1) : $0 < $1 }
    for node in order {
      guard let main = mainSupplier(of: node, market, payments),
        let above = tiers[main.node.index]
      else { continue }
      let place = node.index
      switch roles[place] {
      case .firstLevelAgent where above > 0: continue
      case .firstLevelAgent, .source, .undetermined:
        guard main.isPaid, market.graph.outDegree(of: node) > 0 else { continue }
      default:
        let isTooDeep =
          above > 0 && main.count >= Self.mainDealings && depth(node) > above + 1
          && tierBeliefs[main.node.index] >= Self.mainBelief
        guard main.isPaid || isTooDeep else { continue }
      }
      guard tiers[place] != above + 1 else { continue }
      tiers[place] = above + 1
      roles[place] = Self.agent(above + 1)
      rules[place] = .belowMainSupplier
      tierBeliefs[place] = min(tierBeliefs[main.node.index], Self.placedBelief)
      roleBeliefs[place] = tierBeliefs[place]
    }
  }

  private static func agent(_ tier: Int) -> Role {
    tier == 1 ? .firstLevelAgent : tier == 2 ? .secondLevelAgent : .subAgent
  }

  private func mainSupplier(
    of node: NodeID,
    _ market: Market,
    _ payments: TraderPayments
  ) -> MainSupplier? {
    MainSupplier(of: node, market, payments) {
      roles[$0.index] == .customer ? nil : tiers[$0.index]
    }
  }

  private mutating func decide(
    _ node: Int,
    _ ruled: RuledStructure,
    _ beliefs: [Int64],
    isSeized: Bool,
    isComparable: Bool
  ) {
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
      case .suggested: likeliest < Self.likely
      case .unheard: isSeized || likeliest < Self.sure
      }
    if ruled.isProven[node] || isHeld { role = rule }
    let isShown = ruled.isProven[node] || (isSeized && ruled.otherHalves[node] == .unheard)
    if isComparable, !isShown, byRole[role, default: 0] < Self.even { role = .undetermined }
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
  private mutating func placeCustomer(
    _ node: NodeID,
    _ market: Market,
    _ payments: TraderPayments
  ) {
    let main = mainSupplier(of: node, market, payments)?.node
    tiers[node.index] = main.flatMap { tiers[$0.index] }.map { $0 + 1 }
    tierBeliefs[node.index] =
      main.map { min(tierBeliefs[$0.index], roleBeliefs[node.index]) } ?? 0
  }

  /// Whoever buys stands one below his main supplier, whether he resells or not.
  private mutating func placeBuyer(
    _ node: NodeID,
    _ market: Market,
    _ payments: TraderPayments
  ) {
    guard let main = mainSupplier(of: node, market, payments)?.node, let above = tiers[main.index]
    else { return }
    tiers[node.index] = above + 1
    tierBeliefs[node.index] = min(tierBeliefs[main.index], Self.placedBelief)
  }
}
