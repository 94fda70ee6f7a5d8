internal import GraphCore

/// What payments between traders of whom no dealing is seen tell of lines (``TraderPayments``).
///
/// Whoever is paid must stand on a higher tier. A source belongs with those who pay it.
struct LinePayments: Sendable {
  private let payments: TraderPayments
  private let roles: [Role]
  private let tiers: [Int?]

  init(_ payments: TraderPayments, _ roles: [Role], _ tiers: [Int?]) {
    self.payments = payments
    self.roles = roles
    self.tiers = tiers
  }

  /// Whom a node paid or, if it is a source, who paid it; mostly nobody.
  subscript(node: NodeID) -> [TraderPayments.Payments] {
    if roles[node.index] == .source {
      return payments.received(by: node).filter { roles[$0.other.index] != .source }
    }
    let tier = tiers[node.index] ?? .max
    return payments.made(by: node).filter {
      roles[$0.other.index] != .source && tiers[$0.other.index] ?? .max < tier
    }
  }
}
