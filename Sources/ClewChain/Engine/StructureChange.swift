internal import GraphCore

/// Of whom two structures of one case say something else.
///
/// It is the same line if the same principal leads it, alone or with others. Who does not trade in the other
/// structure has neither role, tier nor line there.
struct StructureChange {
  /// The parties whose role is another, in their order.
  private(set) var roles: [Int] = []
  /// The parties whose tier is another, in their order.
  private(set) var tiers: [Int] = []
  /// The parties whose line is another, in their order.
  private(set) var lines: [Int] = []

  init(from base: ChainStructure, to other: ChainStructure) {
    for (place, party) in base.market.parties.enumerated() {
      let node = NodeID(place)
      let there = other.market.node(of: party)
      if there.map({ other.roles[$0.index] }) != base.roles[place] { roles.append(party) }
      if there.flatMap({ other.tiers[$0.index] }) != base.tiers[place] { tiers.append(party) }
      let mine = base.lineShares.line(of: node).map {
        base.market.parties[base.principals[$0].index]
      }
      let theirs = there.flatMap { other.lineShares.line(of: $0) }
      let isSame =
        if let mine, let theirs {
          other.leaders[theirs].contains { other.market.parties[$0.index] == mine }
        } else { mine == nil && theirs == nil }
      if !isSame { lines.append(party) }
    }
  }
}
