internal import ClewEvidence

/// What is left of a link when some of its records are taken away.
struct LinkRemainder {
  /// The dealings that are left; 0 where the link does not hold any more.
  let dealings: Int64

  /// - Parameters:
  ///   - link: The link.
  ///   - weights: What made it hold.
  ///   - isGone: Which records are taken away.
  init(_ link: SupplyLink, weights: LinkWeights, without isGone: (RecordID) -> Bool) {
    let left = link.evidence.filter { !isGone($0.record) }
    guard left.count < link.evidence.count else {
      dealings = Int64(link.dealings)
      return
    }
    let kinds = Set(left.map(\.kind))
    let solid = kinds.subtracting([.offer])
    let hasGoods = !kinds.isDisjoint(with: [.payload, .delivery, .trade])
    let hadGoods = !link.kinds.isDisjoint(with: [.payload, .delivery, .trade])
    guard weights.points(of: left) >= weights.threshold,
      solid.count >= 2 || kinds.contains(.trade),
      hasGoods || !hadGoods
    else {
      dealings = 0
      return
    }
    // In proportion to the episodes that are left, as the link's own count is by kinds.
    let before = SupplyLink.episodes(link.evidence.map(\.at))
    let after = SupplyLink.episodes(left.map(\.at))
    dealings = max(1, Int64(link.dealings) * Int64(after) / Int64(max(1, before)))
  }
}
