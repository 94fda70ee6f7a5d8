internal import ClewEvidence

/// An order that a buyer places.
struct OrderEvent: Sendable {
  let at: Int64
  let record: RecordID
  /// 3 names a target and what is wanted; 2 a target alone or a number of items; 1 is vague.
  let strength: Int
  let categories: UInt32
  let targets: [Target]
  let quantity: Int64
  var isDelivered = false
  var isRefused = false
}

/// Data that a supplier hands over.
struct DeliveryEvent: Sendable {
  let at: Int64
  let record: RecordID
  /// 3 answers an order by its target; 2 is data by its own look; 1 is a picture after an order.
  let strength: Int
  let categories: UInt32
  let items: Int64
  /// Targets that the buyer had ordered before.
  let answered: [Target]
  /// The orders that it answers.
  let orders: [RecordID]
  /// Digest of the file, 0 when none.
  let file: UInt64
}

/// What one direction of a pair shows: supplier to buyer.
struct DirectedEvidence: Sendable {
  var orders: [OrderEvent] = []
  var deliveries: [DeliveryEvent] = []
  var offers: [Exhibit] = []
  var refusals: [Exhibit] = []
  /// Files that went this way without looking like data: they count only if passed on.
  var plainFiles: [DeliveryEvent] = []
}

/// Reads the private messages of two parties in order of time and tells orders from deliveries.
///
/// The two directions are told apart by who speaks first of a target: who names it, orders; who
/// answers with it and more, supplies.
struct PairTimeline {
  private static let day: Int64 = 86_400_000
  /// How long an order stays open for an answer that names its target.
  private static let targetWindow = 60 * day
  /// How long it stays open for an answer that does not.
  private static let replyWindow = 10 * day
  /// How long a picture may take.
  private static let pictureWindow = 4 * day

  /// `supplied[0]`: the lower party supplies; `supplied[1]`: the higher party supplies.
  private(set) var supplied = [DirectedEvidence(), DirectedEvidence()]
  private let own: Set<Target>
  private let weights: LinkWeights

  /// - Parameter own: The numbers of the two parties themselves; they are no targets.
  init(own: Set<Target>, weights: LinkWeights) {
    self.own = own
    self.weights = weights
  }

  mutating func read(_ utterances: [Utterance]) {
    for utterance in utterances { take(utterance) }
  }

  private mutating func take(_ utterance: Utterance) {
    let speaker = utterance.flags.contains(.fromLow) ? 0 : 1
    let listener = 1 - speaker
    let targets = utterance.targets.filter { !own.contains($0) }
    if answer(utterance, targets: targets, supplier: speaker) { return }
    if utterance.flags.contains(.file) {
      return deliverFile(utterance, supplier: speaker)
    }
    if utterance.flags.contains(.picture) {
      let open = openOrders(supplier: speaker, at: utterance.at, window: Self.pictureWindow, least: 2)
      if let order = open.first { deliver(utterance, supplier: speaker, strength: 1, orders: [order]) }
      return
    }
    let open = openOrders(supplier: speaker, at: utterance.at, window: Self.replyWindow, least: 1)
    if utterance.flags.contains(.negative), let order = open.last {
      supplied[speaker].orders[order].isRefused = true
      supplied[speaker].refusals.append(exhibit(utterance, .order, -1))
      return
    }
    if looksLikeRows(utterance, targets: targets, hasOpenOrder: !open.isEmpty) {
      return deliver(
        utterance, supplier: speaker, strength: open.isEmpty ? 2 : 3, orders: Array(open.prefix(1)))
    }
    if utterance.priceFen > 0, !open.isEmpty || (utterance.flags.contains(.offer)
      && utterance.categories != 0)
    {
      supplied[speaker].offers.append(exhibit(utterance, .offer, weights.offer))
      return
    }
    let strength = orderStrength(utterance, targets: targets, supplier: listener)
    guard strength > 0 else { return }
    supplied[listener].orders.append(
      OrderEvent(
        at: utterance.at, record: utterance.record, strength: strength,
        categories: utterance.categories, targets: targets, quantity: utterance.quantity))
  }

  /// An answer that names a target of an open order.
  private mutating func answer(
    _ utterance: Utterance, targets: [Target], supplier: Int
  ) -> Bool {
    guard !targets.isEmpty else { return false }
    let open = openOrders(supplier: supplier, at: utterance.at, window: Self.targetWindow, least: 1)
    let matched = open.filter { order in
      !Set(supplied[supplier].orders[order].targets).isDisjoint(with: targets)
    }
    guard !matched.isEmpty else { return false }
    if utterance.flags.contains(.negative) {
      for order in matched { supplied[supplier].orders[order].isRefused = true }
      supplied[supplier].refusals.append(exhibit(utterance, .order, -1))
      return true
    }
    let asked = Set(matched.flatMap { supplied[supplier].orders[$0].targets })
    let answered = targets.filter(asked.contains)
    let says = targets.count > answered.count || utterance.fieldLabels > 0
      || utterance.flags.contains(.deliver) || utterance.length > 30 * answered.count + 24
    guard says else {
      if utterance.priceFen > 0 {
        supplied[supplier].offers.append(exhibit(utterance, .offer, weights.offer))
      }
      return true
    }
    deliver(utterance, supplier: supplier, strength: 3, orders: matched, answered: answered)
    return true
  }

  private mutating func deliverFile(_ utterance: Utterance, supplier: Int) {
    guard !utterance.flags.contains(.harmlessFile) else { return }
    let open = openOrders(supplier: supplier, at: utterance.at, window: Self.replyWindow, least: 1)
    if utterance.flags.contains(.dataFile) {
      deliver(
        utterance, supplier: supplier, strength: open.isEmpty ? 2 : 3, orders: Array(open.prefix(1)))
    } else if let order = open.first(where: { supplied[supplier].orders[$0].strength >= 2 }) {
      deliver(utterance, supplier: supplier, strength: 1, orders: [order])
    } else if utterance.file != 0 {
      supplied[supplier].plainFiles.append(
        DeliveryEvent(
          at: utterance.at, record: utterance.record, strength: 1,
          categories: utterance.categories, items: 0, answered: [], orders: [],
          file: utterance.file))
    }
  }

  private mutating func deliver(
    _ utterance: Utterance, supplier: Int, strength: Int, orders: [Int], answered: [Target] = []
  ) {
    var categories: UInt32 = 0
    var wanted: Int64 = 0
    for order in orders {
      categories |= supplied[supplier].orders[order].categories
      wanted = max(wanted, supplied[supplier].orders[order].quantity)
      let remaining = Set(supplied[supplier].orders[order].targets).subtracting(answered)
      if answered.isEmpty || remaining.isEmpty { supplied[supplier].orders[order].isDelivered = true }
    }
    if categories == 0 { categories = utterance.categories }
    let items = max(
      1, Int64(answered.count), utterance.quantity, Int64(utterance.targetLines > 1
        ? utterance.targetLines : 1), utterance.flags.contains(.file) ? wanted : 0)
    supplied[supplier].deliveries.append(
      DeliveryEvent(
        at: utterance.at, record: utterance.record, strength: strength, categories: categories,
        items: items, answered: answered,
        orders: orders.map { supplied[supplier].orders[$0].record }, file: utterance.file))
  }

  /// Open orders of the other side, the oldest first.
  private func openOrders(supplier: Int, at: Int64, window: Int64, least: Int) -> [Int] {
    let orders = supplied[supplier].orders
    var open: [Int] = []
    var index = orders.count - 1
    // Orders are in order of time: those before the window end the search.
    while index >= 0 {
      let order = orders[index]
      if order.at != .min, at != .min, at - order.at > window { break }
      if !order.isDelivered, !order.isRefused, order.strength >= least { open.append(index) }
      index -= 1
    }
    return open.reversed()
  }

  private func looksLikeRows(
    _ utterance: Utterance, targets: [Target], hasOpenOrder: Bool
  ) -> Bool {
    let fields = Int(utterance.fieldLabels)
    let rows = fields >= 3 || (fields >= 2 && !targets.isEmpty) || utterance.targetLines >= 3
    guard rows || (hasOpenOrder && fields >= 1 && utterance.flags.contains(.deliver)) else {
      return false
    }
    // `查下这几个人 姓名… 身份证…` is an order that fills in what it knows.
    let asks = utterance.flags.contains(.strongRequest) && !utterance.flags.contains(.deliver)
    return !(asks && fields < 4 && !hasOpenOrder)
  }

  private func orderStrength(
    _ utterance: Utterance, targets: [Target], supplier: Int
  ) -> Int {
    let flags = utterance.flags
    guard !flags.contains(.offer) || !targets.isEmpty else { return 0 }
    let asks = flags.contains(.request) || flags.contains(.strongRequest)
    let isStrong = targets.contains { $0.kind == .identity || $0.kind == .plate || $0.kind == .card }
    let isPhone = targets.contains { $0.kind == .phone }
    let known = utterance.categories != 0
    if isStrong { return known || asks ? 3 : 2 }
    if isPhone, known || flags.contains(.strongRequest) { return 3 }
    if isPhone, asks { return 2 }
    if !targets.isEmpty, known { return 2 }
    if known, utterance.quantity > 0, asks { return 2 }
    let dealtBefore = supplied[supplier].orders.contains { $0.strength >= 2 }
      || !supplied[supplier].deliveries.isEmpty
    if isPhone, dealtBefore { return 2 }
    if flags.contains(.privateLife) { return 0 }
    if known, asks { return 1 }
    return flags.contains(.strongRequest) && dealtBefore ? 1 : 0
  }

  private func exhibit(_ utterance: Utterance, _ kind: EvidenceKind, _ points: Int) -> Exhibit {
    Exhibit(record: utterance.record, kind: kind, at: utterance.at, points: points)
  }
}
