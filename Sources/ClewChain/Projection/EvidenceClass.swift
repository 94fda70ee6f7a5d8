/// What an analysis can be made to do without, to see what it is worth.
///
/// This measures the method, never a case: no verb that makes findings offers it, only `clew score`.
/// What is left out never enters, so that everything that rests on it is gone as well: without
/// orders nothing answers an order, and no order turns up at both ends of a gap.
///
/// The weights of links and roles stay those that were fitted with all evidence present. What remains could be
/// weighed better, so that what a kind is worth is stated rather too high.
package enum EvidenceClass: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Orders: targets and categories that a buyer names.
  case orders
  /// Deliveries: records, data files, pictures after an order.
  case deliveries
  /// Shared payload: what is delivered is what was ordered, and what comes in goes out.
  case payload
  /// Payments, with the prices that they show.
  case payments
  /// Offers and prices quoted.
  case offers
  /// Remarks and tags that say supplier or buyer.
  case labels
  /// Sales that the evidence states outright.
  case trades
  /// The price ladder: that prices rise from tier to tier.
  case prices
  /// Orders that turn up at both ends of a gap.
  case gaps
  /// How soon somebody answers and is answered.
  case pace
  /// Group chats.
  case groups
  /// Money from and to people without a link.
  case flows
  /// Dealings too few for a link.
  case weak
  /// What suppliers and buyers of somebody are believed to be.
  case neighbours

  /// Sorts in the order of the cases.
  package static func < (left: EvidenceClass, right: EvidenceClass) -> Bool {
    left.place < right.place
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension CaseView {
  /// The same case without some kinds of evidence.
  package func leavingOut(_ kinds: Set<EvidenceClass>) -> CaseView {
    var view = self
    view.leftOut.formUnion(kinds)
    if kinds.contains(.payments) { view.money.removeAll() }
    if kinds.contains(.labels) { view.labels = [] }
    if kinds.contains(.trades) { view.trades = [] }
    if kinds.contains(.groups) { view.groups = [:] }
    return view
  }
}

extension SupplyClues {
  /// The clues that are not left out.
  func leavingOut(_ kinds: Set<EvidenceClass>) -> SupplyClues {
    var clues = self
    if kinds.contains(.prices) { clues.prices = [] }
    if kinds.contains(.gaps) { clues.passedOn = [] }
    if kinds.contains(.pace) { clues.answers = [:] }
    if kinds.contains(.flows) { clues.flows = [:] }
    return clues
  }
}

extension RoleModel {
  /// The model, or one that asks nobody's neighbours.
  func leavingOut(_ kinds: Set<EvidenceClass>) -> RoleModel {
    kinds.contains(.neighbours) ? withoutTies : self
  }
}
