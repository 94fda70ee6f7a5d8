internal import GraphCore

/// What the rules say of the traders before the evidence is weighed.
struct RuledStructure: Sendable {
  let roles: [Role]
  let rules: [RoleRule]
  let tiers: [Int?]
  /// Whether the rule's answer rests on whole evidence, so that nothing may outvote it.
  ///
  /// That of a source does when its own phone is in the case and shows no sign of a supplier: no order
  /// too weak for a link, no target ordered from it and then elsewhere, and, where it shows few dealings
  /// (as after a clearing), nobody else whom it pays. That of an agent does when its own phone is in the
  /// case and the answers on its main suppliers rest on whole evidence as well.
  let isProven: [Bool]
  /// What speaks of the half of the trade that is not seen of it.
  ///
  /// Where nothing does, whoever is seen to buy only stays a customer, and whoever is seen to sell only a
  /// source, unless nine tenths of the evidence are for another role and his own phone is unseen.
  let otherHalves: [OtherHalf]

  init(_ market: Market, _ background: RoleEvidence.Background = RoleEvidence.Background()) {
    let assignment = RoleAssignment(market)
    let tiers = TierAssignment(market, assignment).tiers
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
    let otherHalves = market.graph.nodes.map { [roles] in
      background.otherHalf($0, roles[$0.index], market)
    }
    self.otherHalves = otherHalves
    isProven = Self.proven(market, roles, tiers, background, otherHalves)
  }

  /// A phone with so many sales would show purchases, if there were any.
  private static let enough: Int64 = 20

  private static func proven(
    _ market: Market,
    _ roles: [Role],
    _ tiers: [Int?],
    _ background: RoleEvidence.Background,
    _ otherHalves: [OtherHalf]
  ) -> [Bool] {
    let graph = market.graph
    var isProven = graph.nodes.map { node in
      let party = market.parties[node.index]
      return market.isSeized[node.index] && roles[node.index] == .source
        && background.weakSuppliers[party] == nil && background.gaps.above[party] == nil
        && (background.payees[party] == nil
          || graph.outEdges(of: node).reduce(0) { $0 + min(enough, $1.weight) } >= enough)
    }
    let main = RoleBeliefs.bonds(market).filter(\.isMain)
    // Each round proves one tier more; nobody stands deeper than his tier.
    let deepest = tiers.compactMap(\.self).max() ?? 0
    for tier in 1...max(1, deepest) {
      var suppliers = [(all: Bool, count: Int)](repeating: (true, 0), count: graph.nodeCount)
      for bond in main where tiers[bond.buyer] == tier {
        let isHeld = isProven[bond.supplier] || otherHalves[bond.supplier] == .unheard
        let isAbove = isHeld && tiers[bond.supplier].map { $0 < tier } == true
        suppliers[bond.buyer].all = suppliers[bond.buyer].all && isAbove
        suppliers[bond.buyer].count += 1
      }
      for node in graph.nodes.map(\.index)
      where roles[node].isAgent && market.isSeized[node] && suppliers[node].count > 0 {
        isProven[node] = suppliers[node].all
      }
    }
    return isProven
  }

  private static func level(_ tier: Int?) -> Role {
    switch tier {
    case nil: .undetermined
    case .some(...2): .secondLevelAgent
    default: .subAgent
    }
  }
}
