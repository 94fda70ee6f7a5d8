/// Orders that are one: a head that says what is wanted, and targets named one by one after it.
extension OrderEvent {
  var isOpen: Bool { !isDelivered && !isRefused }

  /// Whether it gives an identity number and little else.
  var namesPerson: Bool { isTerse && targets.contains { $0.kind == .identity } }
}

extension Utterance {
  /// Whether it says no more than targets and, for each, a name or a word.
  var isTerse: Bool { !targets.isEmpty && length <= 34 * targets.count }

  /// Whether it says that something is to be looked up, or what.
  var asksForData: Bool {
    categories != 0 || !flags.isDisjoint(with: [.request, .strongRequest])
  }

  /// Whether it says a target and nothing else, as the further lines of an order do.
  var isBare: Bool {
    !targets.isEmpty && categories == 0 && quantity == 0
      && flags.isDisjoint(with: [.request, .strongRequest, .offer, .service, .privateLife])
      && length <= 48 * targets.count
  }
}

extension DirectedEvidence {
  /// How soon the next line of an order follows.
  private static let runGap: Int64 = 5 * 60_000
  /// How long the further files for one run may take.
  private static let shareWindow: Int64 = 2 * 86_400_000

  /// Adds an order; a bare target that comes right after an open order belongs to it.
  mutating func place(_ order: OrderEvent, isBare: Bool) {
    var order = order
    order.run = orders.count
    if isBare, let last = orders.last, last.isOpen, last.at != .min, order.at != .min,
      order.at - last.at <= Self.runGap
    {
      order.run = last.run
      if order.categories == 0 { order.categories = orders[last.run].categories }
      if orders[last.run].strength >= 2 { order.strength = max(2, order.strength) }
      if orders[last.run].targets.isEmpty { orders[last.run].isHead = true }
    }
    orders.append(order)
  }

  /// The open orders of the runs to which some belong, in order of time; their heads are none.
  func openRuns(of some: [Int]) -> [Int] {
    let runs = Set(some.map { orders[$0].run })
    guard let first = runs.min() else { return [] }
    return orders.indices[first...].filter {
      runs.contains(orders[$0].run) && orders[$0].isOpen && !orders[$0].isHead
    }
  }

  /// How many items open orders ask for: as many as they name, or as they state if none was
  /// handed over before.
  func wanted(by open: [Int]) -> Int64 {
    let named = Set(open.flatMap { orders[$0].targets }).count
    let runs = Set(open.map { orders[$0].run })
    guard let first = runs.min() else { return 0 }
    let whole = orders[first...].filter { runs.contains($0.run) }
    let stated = whole.filter { $0.isHead || $0.isOpen }.map(\.quantity).max() ?? 0
    let isWhole = !whole.contains(where: \.isDelivered)
    return isWhole ? max(Int64(named), stated) : Int64(named)
  }

  /// Takes an order for one of goods, since its target came back with what belongs to it; what was
  /// named together with it was ordered as well.
  mutating func confirm(_ order: Int) {
    for place in orders.indices[orders[order].run...]
    where orders[place].run == orders[order].run {
      orders[place].strength = max(2, orders[place].strength)
    }
    orders[order].strength = 3
  }

  /// Takes an order for handed over.
  mutating func close(_ order: Int) { orders[order].isDelivered = true }

  /// Takes one item off the last file that was taken for a whole run: another file has come.
  mutating func share(at moment: Int64) {
    guard moment != .min else { return }
    // Deliveries are in order of time: those before the window end the search.
    for place in deliveries.indices.reversed() {
      let delivery = deliveries[place]
      if moment.subtractingClamped(delivery.at) > Self.shareWindow { return }
      guard delivery.sharesRun, delivery.items > 1 else { continue }
      deliveries[place].items -= 1
      return
    }
  }
}
