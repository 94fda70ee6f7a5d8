internal import GraphCore

/// From whom most of what a trader gets came, as far as it can be counted.
///
/// Dealings count and, for traders of whom no dealing is seen, payments (``TraderPayments``).
struct MainSupplier: Sendable {
  /// Who it is.
  let node: NodeID
  /// How many dealings, or payments, there were.
  let count: Int64
  /// Whether payments alone say so.
  let isPaid: Bool

  /// Fails where nobody with a tier is seen to supply the node, or to be paid by it.
  ///
  /// - Parameters:
  ///   - node: Who is supplied.
  ///   - market: The links that are seen.
  ///   - payments: Payments beside them.
  ///   - tier: The tier of a node that may supply; `nil` of one that is unknown or does not sell.
  init?(
    of node: NodeID,
    _ market: Market,
    _ payments: TraderPayments,
    tier: (NodeID) -> Int?
  ) {
    func most(_ found: [TraderPayments.Payments]) -> TraderPayments.Payments? {
      let placed = found.compactMap { one in tier(one.other).map { (one, tier: $0) } }
      return placed.max { left, right in
        if left.0.count != right.0.count { return left.0.count < right.0.count }
        return left.tier != right.tier ? left.tier > right.tier : left.0.other > right.0.other
      }?.0
    }
    let dealt = market.graph.inEdges(of: node).map { (other: $0.source, count: $0.weight) }
    let most = (dealt: most(dealt), paid: most(payments.made(by: node)))
    let seen = dealt.map(\.count).max() ?? 0
    if let paid = most.paid, paid.count > seen {
      (self.node, count, isPaid) = (paid.other, paid.count, true)
    } else if let dealt = most.dealt {
      (self.node, count, isPaid) = (dealt.other, dealt.count, false)
    } else {
      return nil
    }
  }
}
