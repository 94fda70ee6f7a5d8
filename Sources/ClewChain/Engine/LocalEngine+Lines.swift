internal import ClewEvidence
internal import GraphCore

extension LocalEngine {
  /// The lines, the one with most members first, then by the principal's party.
  static func orderLines(_ structure: ChainStructure) -> [Int] {
    var members = [Int](repeating: 0, count: structure.principals.count)
    for node in structure.market.graph.nodes {
      if let line = structure.lineShares.line(of: node) { members[line] += 1 }
    }
    return members.indices.sorted {
      members[$0] != members[$1] ? members[$0] > members[$1] : $0 < $1
    }
  }

  /// The lines in their order, with what their leaders sold.
  static func lines(
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

  /// The links as findings, by their ids.
  static func linkFindings(
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
}
