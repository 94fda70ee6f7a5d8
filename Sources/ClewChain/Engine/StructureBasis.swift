internal import ClewEvidence

/// What roles, tiers and lines are made from beside the links, so that they can be made anew without some
/// of the evidence.
struct StructureBasis: Sendable {
  /// Prices, payments, groups and the rest.
  let background: RoleEvidence.Background
  /// The orders for each target that was ordered more than once.
  let passedOn: [[SupplyClues.Leg]]
  /// What items cost on each link.
  let prices: [SupplyClues.Price]
  /// How it was weighed.
  let model: RoleModel

  /// The background without the orders that are gone.
  func background(without isGone: (RecordID) -> Bool) -> RoleEvidence.Background {
    var left = background
    left.gaps = OrderGaps(passedOn.map { legs in legs.filter { !isGone($0.record) } })
    return left
  }
}
