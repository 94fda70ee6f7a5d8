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
    guard Self.score(left, weights) >= weights.threshold,
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

  /// The points of some exhibits, as the projection adds them up.
  static func score(_ exhibits: [Exhibit], _ weights: LinkWeights) -> Int {
    var sums: [EvidenceKind: Int] = [:]
    var weakOrders = 0
    for exhibit in exhibits {
      if exhibit.kind == .order, exhibit.points == weights.weakOrder {
        weakOrders += exhibit.points
      } else {
        sums[exhibit.kind, default: 0] += exhibit.points
      }
    }
    sums[.order, default: 0] += min(weakOrders, weights.weakOrderCap)
    sums[.offer] = min(sums[.offer] ?? 0, 2 * weights.offer)
    sums[.label] = min(sums[.label] ?? 0, weights.label)
    return sums.values.reduce(0) { $0 + min($1, weights.cap) }
  }
}
