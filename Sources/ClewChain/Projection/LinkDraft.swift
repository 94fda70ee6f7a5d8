internal import ClewEvidence

/// The evidence of one direction while it is put together.
struct LinkDraft: Sendable {
  private(set) var evidence: DirectedEvidence
  private let categoryCount: Int
  private let weights: LinkWeights
  var labels: [Exhibit] = []
  /// Whether one end calls the other by a word of resale.
  var isCalledResale = false
  var trades: [TradeEvent] = []
  private var relays: [Exhibit] = []
  private var passedFiles = 0
  /// Lists that look like nothing and went on from hand to hand.
  private var passedLists: Set<RecordID> = []
  private var passedRows = 0
  private(set) var payments: [Payment] = []
  private var void: [Payment] = []
  private var anchors: [Int64]
  /// The first records of the payments for what was found to be sold.
  private var prices: Set<RecordID> = []
  /// Whether it is trade by its ``Rounds`` only.
  private var isByRounds = false

  /// How far a payment may lie from an order or delivery; many orders are settled at once, late.
  private static let paymentWindow: Int64 = 20 * 86_400_000
  /// How far a red packet may lie, whose amount may be unknown.
  private static let redPacketWindow: Int64 = 2 * 86_400_000

  /// How long before a sum that is a saying something must have been ordered or handed over.
  private static let sayingWindow: Int64 = 2 * 86_400_000

  init(_ evidence: DirectedEvidence, categories: Int, weights: LinkWeights) {
    self.evidence = evidence
    categoryCount = categories
    self.weights = weights
    anchors = Self.anchors(evidence)
  }

  /// When something was clearly ordered or handed over.
  private static func anchors(_ evidence: DirectedEvidence) -> [Int64] {
    let orders = evidence.orders.filter { $0.strength >= 2 && !$0.isRefused }.map(\.at)
    return (orders + evidence.deliveries.map(\.at)).filter { $0 != .min }.sorted()
  }

  var isEmpty: Bool {
    evidence.orders.isEmpty && evidence.deliveries.isEmpty && evidence.offers.isEmpty
      && evidence.plainFiles.isEmpty
  }

  /// A file that looks like nothing counts only between people who deal with each other anyway.
  mutating func addRelay(_ exhibit: Exhibit, _ goods: RelayIndex.Goods) {
    let isPlain = goods != .target && evidence.plainFiles.contains { $0.record == exhibit.record }
    guard !isPlain || !anchors.isEmpty else { return }
    relays.append(exhibit)
    if isPlain, let list = evidence.plainFiles.first(where: { $0.record == exhibit.record }),
      list.isList, list.at != .min
    {
      passedLists.insert(list.record)
      anchors.insert(list.at, at: anchors.partitioningIndex { $0 >= list.at })
    }
    if goods != .target { passedFiles += 1 }
    if goods == .rows { passedRows += 1 }
  }

  /// Takes hand-overs for sales.
  ///
  /// What else the two paid each other around that time is not shown to belong to it: such a sale does
  /// not draw other payments to it as an order does.
  mutating func sell(_ sales: [ResaleFinder.Sale]) {
    let sold = Set(sales.map(\.record))
    var handed = evidence.plainFiles.filter { sold.contains($0.record) }
    evidence.plainFiles.removeAll { sold.contains($0.record) }
    handed += evidence.deliveries
    for place in handed.indices where sold.contains(handed[place].record) {
      handed[place].strength = max(2, handed[place].strength)
    }
    evidence.deliveries = handed.sorted {
      $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record
    }
    let offered = Set(evidence.offers.map(\.record))
    for quote in Set(sales.flatMap(\.quotes)) where !offered.contains(quote.record) {
      evidence.offers.append(
        Exhibit(record: quote.record, kind: .offer, at: quote.at, points: weights.offer)
      )
    }
    prices = sales.reduce(into: prices) { $0.formUnion($1.payments) }
  }

  /// Takes what was handed over in rounds of trade for deliveries, and what was named in them for ordered.
  ///
  /// A record from somebody who sells to others is goods by itself.
  mutating func take(_ rounds: [Rounds.Round], isKnownSeller: Bool) {
    isByRounds = true
    for round in rounds {
      evidence.orders[round.order].strength = max(2, evidence.orders[round.order].strength)
      guard let file = round.file else { continue }
      var delivery = evidence.plainFiles[file]
      delivery.categories = evidence.orders[round.order].categories
      delivery.orders = [evidence.orders[round.order].record]
      evidence.deliveries.append(delivery)
    }
    let files = Set(rounds.compactMap(\.file))
    evidence.plainFiles = evidence.plainFiles.indices.filter { !files.contains($0) }
      .map { evidence.plainFiles[$0] }
    for place in evidence.deliveries.indices
    where isKnownSeller && evidence.deliveries[place].isRecord {
      evidence.deliveries[place].strength = max(2, evidence.deliveries[place].strength)
    }
    evidence.deliveries.sort { $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record }
    anchors = Self.anchors(evidence)
  }

  /// Counts a row that went to the buyer in several files once.
  ///
  /// Rows that one file holds several times are told apart by what else they say, so they count as
  /// they stand.
  mutating func countOnce(in index: AttachmentIndex) {
    var seen: Set<UInt64> = []
    var files: Set<Int> = []
    func count(_ delivery: inout DeliveryEvent) {
      guard let attachment = delivery.attachment else { return }
      guard files.insert(attachment).inserted else {
        delivery.items = 0
        return
      }
      let fingerprints = index.attachments[attachment].fingerprints
      // A file that is known by its digest only keeps its own count.
      guard !fingerprints.isEmpty else { return }
      if !seen.isEmpty { delivery.items = Int64(fingerprints.count { !seen.contains($0) }) }
      seen.formUnion(fingerprints)
    }
    for place in evidence.deliveries.indices { count(&evidence.deliveries[place]) }
    for place in evidence.plainFiles.indices { count(&evidence.plainFiles[place]) }
  }

  /// The numbers of items that file names state, by digest of the file.
  var statedSizes: [(file: UInt64, items: Int64)] {
    (evidence.deliveries + evidence.plainFiles).lazy
      .filter { $0.file != 0 && $0.attachment == nil && $0.named > 0 }
      .map { ($0.file, $0.named) }
  }

  /// Takes the number that another hand wrote on the same file, where its own name states none.
  mutating func restate(_ sizes: [UInt64: Int64]) {
    func size(_ delivery: inout DeliveryEvent) {
      guard delivery.attachment == nil, delivery.named == 0, let size = sizes[delivery.file] else {
        return
      }
      delivery.items = max(delivery.items, size)
    }
    for place in evidence.deliveries.indices { size(&evidence.deliveries[place]) }
    for place in evidence.plainFiles.indices { size(&evidence.plainFiles[place]) }
  }

  /// What counts where the link holds: what was ordered or looks like goods, lists that went on from
  /// hand to hand, and files that are known to hold personal data.
  private var counted: [DeliveryEvent] {
    evidence.deliveries
      + evidence.plainFiles.filter { $0.attachment != nil || passedLists.contains($0.record) }
  }

  mutating func add(_ payment: Payment) { payments.append(payment) }

  mutating func addVoid(_ payment: Payment) { void.append(payment) }

  /// Whether a payment is one of private life.
  ///
  /// A sum that is a saying may be a price as well: it is one within two days of an order or goods,
  /// unless it is a red packet.
  func isPrivate(_ payment: Payment) -> Bool {
    guard payment.isSaying else { return payment.isPrivate }
    guard !payment.isRedPacket, payment.at != .min else { return true }
    let place = anchors.partitioningIndex { $0 >= payment.at - Self.sayingWindow }
    return place == anchors.count || anchors[place] > payment.at
  }

  /// The payments that fit what was ordered or handed over.
  var fittingPayments: [Payment] { payments.filter(fits) }

  private func fits(_ payment: Payment) -> Bool {
    guard !isPrivate(payment) else { return false }
    if let first = payment.records.first, prices.contains(first) { return true }
    if payment.namesGoods && !payment.isRedPacket { return true }
    guard payment.at != .min else { return false }
    let window =
      payment.isRedPacket && payment.fen == nil ? Self.redPacketWindow : Self.paymentWindow
    let place = anchors.partitioningIndex { $0 >= payment.at - window }
    return place < anchors.count && anchors[place] <= payment.at + window
  }

  /// The link and whether it reaches the threshold; `nil` when nothing speaks for it.
  func link(
    _ direction: Direction,
    reverse: LinkDraft?,
    weights: LinkWeights
  ) -> (SupplyLink, holds: Bool)? {
    let fitting = fittingPayments
    var exhibits =
      orderExhibits + deliveryExhibits + listExhibits + evidence.offers + labels + relays
    exhibits += trades.map(\.exhibit)
    for payment in fitting {
      let points = payment.namesGoods ? weights.tradeMemo : weights.payment
      exhibits += payment.records.enumerated().map { index, record in
        Exhibit(
          record: record,
          kind: .payment,
          at: payment.at,
          points: index == 0 ? points : 0
        )
      }
    }
    guard !exhibits.isEmpty else { return nil }
    let kinds = Set(exhibits.map(\.kind))
    let score = weights.points(of: exhibits)
    var solid = kinds.subtracting([.offer])
    if strongOrders == 0 { solid.remove(.order) }
    let holds =
      score >= weights.threshold && (solid.count >= 2 || kinds.contains(.trade)) && isTrade(fitting)
    let times = exhibits.map(\.at).filter { $0 != .min }
    let span = times.min().flatMap { low in times.max().map { low...$0 } }
    let paid = fitting.reduce(Int64(0)) { $0.addingClamped($1.fen ?? 0) }
    return (
      SupplyLink(
        supplier: direction.supplier,
        buyer: direction.buyer,
        grade: grade(kinds),
        score: score,
        kinds: kinds,
        orders: strongOrders,
        deliveries: evidence.deliveries.count,
        payments: fitting.count,
        items: items,
        amountFen: trades.isEmpty ? paid : trades.reduce(paid) { $0.addingClamped($1.fen) },
        span: span,
        evidence: Self.unique(exhibits),
        against: counterEvidence(reverse),
        dealings: DealingCount(evidence, payments: fitting.map(\.at), trades: trades.count).count
      ),
      holds
    )
  }

  /// Whether goods are seen.
  ///
  /// Orders and money alone are how people deal with their mechanic, too. Goods must be seen: handed
  /// over, or named in an order or a label and in what was paid for them.
  private func isTrade(_ fitting: [Payment]) -> Bool {
    if !trades.isEmpty || isByRounds { return true }
    if evidence.deliveries.contains(where: { $0.strength >= 2 }) { return true }
    if passedFiles > 0, strongOrders > 0 { return true }
    let clearOrders = evidence.orders.count { $0.strength >= 3 && !$0.isRefused }
    let goods = evidence.deliveries.count { !$0.isShortList }
    if goods + clearOrders >= 3, goods > 0 { return true }
    if clearOrders >= 1, fitting.count(where: \.namesGoods) >= 2 { return true }
    // Every shop has customers, and every customer pays for 订单: without an order the memos must name
    // data of persons.
    return !labels.isEmpty && fitting.count(where: \.namesList) >= 2
  }

  /// Whether the money runs the way of the data, and nothing the other way.
  ///
  /// Whoever hands lists or addresses to somebody and pays him has him do something: send wares, insure, book,
  /// print.
  ///
  /// - Parameter reverse: What runs the other way.
  /// - Returns: Whether the supplier pays, so that it is no supply.
  func isPaidFor(by reverse: LinkDraft?) -> Bool {
    guard let reverse, trades.isEmpty, reverse.evidence.deliveries.isEmpty else { return false }
    return !payments.contains { !isPrivate($0) }
      && reverse.payments.count { !reverse.isPrivate($0) } >= Self.leastWages
  }

  /// From so many payments on somebody is paid for what he does.
  private static let leastWages = 2

  /// Whether somebody is told of one person only, or once, and no more than a favour is seen.
  var isFavour: Bool {
    !showsSale
      && (told == 1 || told == 0 && evidence.deliveries.count <= 1)
  }

  /// Whether it shows that its supplier sells: by money, or by how many people he tells of.
  var showsSeller: Bool { showsSale || told > Self.favours }

  /// Of so many people somebody may tell others for nothing without being in the trade.
  private static let favours = 2

  /// Of how many targets the buyer asked to be told.
  private var told: Int {
    Set(evidence.orders.lazy.filter { $0.strength >= 2 && !$0.isRefused }.flatMap(\.targets)).count
  }

  /// Whether more than a favour is seen: money or a price, a name that says so, goods that go on or come in mass.
  private var showsSale: Bool {
    !trades.isEmpty || !labels.isEmpty || !relays.isEmpty || !evidence.offers.isEmpty
      || !evidence.quotes.isEmpty || payments.contains(where: fits)
      || evidence.deliveries.contains {
        $0.items >= PairTimeline.bulk || ($0.attachment != nil && $0.strength >= 3)
      }
  }

  private var strongOrders: Int {
    Set(evidence.orders.lazy.filter { $0.strength >= 2 && !$0.isRefused }.map(\.run)).count
      + trades.count
  }

  private var orderExhibits: [Exhibit] {
    let hasStrong = strongOrders > 0 || !evidence.deliveries.isEmpty
    return evidence.orders.filter { !$0.isRefused && (hasStrong || $0.strength < 2) }.map { order in
      Exhibit(
        record: order.record,
        kind: .order,
        at: order.at,
        points: order.strength >= 2 ? weights.order : weights.weakOrder
      )
    }
  }

  private var deliveryExhibits: [Exhibit] {
    var exhibits: [Exhibit] = []
    for delivery in evidence.deliveries {
      if !delivery.answered.isEmpty {
        exhibits.append(
          Exhibit(
            record: delivery.record,
            kind: .payload,
            at: delivery.at,
            points: weights.payload
          )
        )
      }
      exhibits.append(
        Exhibit(
          record: delivery.record,
          kind: .delivery,
          at: delivery.at,
          points: delivery.strength >= 2 ? weights.delivery : weights.weakDelivery
        )
      )
    }
    return exhibits
  }

  /// Files of personal data that nobody asked for: they show in a link and never make one.
  private var listExhibits: [Exhibit] {
    evidence.plainFiles.filter { $0.attachment != nil }.map { file in
      Exhibit(record: file.record, kind: .delivery, at: file.at, points: weights.weakDelivery)
    }
  }

  private func grade(_ kinds: Set<EvidenceKind>) -> Grade {
    if isByRounds { return .c }
    let isPaid = kinds.contains(.payment) || trades.contains { $0.fen > 0 }
    let isHanded =
      kinds.contains(.payload)
      || evidence.deliveries.contains { $0.strength >= 2 } || !trades.isEmpty
    if isHanded && isPaid { return .a }
    // Rows that were read at both ends of a hand-over are no matter of interpretation.
    if passedRows > 0 && strongOrders > 0 { return .a }
    if isHanded && (kinds.contains(.order) || !trades.isEmpty) { return .b }
    if kinds.contains(.order) && isPaid { return .b }
    if kinds.isSubset(of: [.label, .offer]) { return .d }
    return .c
  }

  private var items: [Int64] {
    var items = [Int64](repeating: 0, count: categoryCount + 1)
    for delivery in counted {
      let place = delivery.categories.lowestBit ?? categoryCount
      items[place] = items[place].addingClamped(delivery.items)
    }
    for trade in trades {
      let place = trade.category ?? categoryCount
      items[place] = items[place].addingClamped(trade.items)
    }
    return items
  }

  /// What speaks against: refused orders, void payments, private payments, and supply the other way.
  private func counterEvidence(_ reverse: LinkDraft?) -> [Exhibit] {
    var against = evidence.refusals
    for payment in void {
      against += payment.records.map {
        Exhibit(record: $0, kind: .payment, at: payment.at, points: -1)
      }
    }
    for payment in payments where isPrivate(payment) {
      against += payment.records.map {
        Exhibit(record: $0, kind: .payment, at: payment.at, points: -1)
      }
    }
    for delivery in reverse?.evidence.deliveries ?? [] {
      against.append(
        Exhibit(record: delivery.record, kind: .delivery, at: delivery.at, points: -2)
      )
    }
    return Self.unique(against)
  }

  private static func unique(_ exhibits: [Exhibit]) -> [Exhibit] {
    var last: Exhibit?
    return exhibits.sorted().filter { exhibit in
      defer { last = exhibit }
      return last?.record != exhibit.record || last?.kind != exhibit.kind
    }
  }
}

extension Array {
  /// The first place at which `belongs` turns true, in an array where it never turns back.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Int64 {
  /// The sum, or the largest number when it does not fit.
  package func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
