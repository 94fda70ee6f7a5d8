internal import ClewEvidence

/// What a case shows of traders beside their links: prices, orders passed on, and money from others.
///
/// Nothing here makes a link. It tells what somebody is who has links: the price ladder says how far
/// from the source a supplier stands, an order that turns up at two places says that somebody between
/// them resells.
struct SupplyClues: Sendable {
  /// What one item of a category cost on one link, in fen.
  struct Price: Sendable, Hashable {
    let direction: Direction
    let category: Int
    let fen: Int64
    /// Whether it was paid; else it was asked.
    let isPaid: Bool
  }

  /// An order for one target.
  struct Leg: Sendable, Hashable {
    let direction: Direction
    let at: Int64
    let record: RecordID
  }

  /// Payments from one to another, private money left out.
  struct Flow: Sendable, Hashable {
    var count = 0
    var fen: Int64 = 0
    var named = 0
  }

  var prices: [Price] = []
  /// Orders for the same target by different pairs, each list in order of time.
  var passedOn: [[Leg]] = []
  /// How long answers took, in milliseconds.
  var answers: [Direction: [Int64]] = [:]
  /// What was paid, from the payee (as supplier) to the payer.
  var flows: [Direction: Flow] = [:]

  /// From this many items on a price is one of bulk data.
  private static let fewItems: Int64 = 50
  /// How long after what was handed over its payment may come.
  private static let settledWindow: Int64 = 86_400_000
  /// How far a payment may lie from the one order that it pays.
  private static let paidWindow: Int64 = 3 * 86_400_000

  init() {}

  init(_ drafts: [Direction: LinkDraft], _ payments: [Payment]) {
    var legs: [Target: [Leg]] = [:]
    for direction in drafts.keys.sorted() {
      guard let draft = drafts[direction] else { continue }
      for asked in draft.evidence.asked {
        guard let category = asked.categories.lowestBit, asked.items < Self.fewItems else {
          continue
        }
        prices.append(
          Price(
            direction: direction,
            category: category,
            fen: asked.fen / asked.items,
            isPaid: false
          )
        )
      }
      prices += Self.paid(draft, direction)
      let times = Self.answerTimes(draft)
      if !times.isEmpty { answers[direction] = times }
      for order in draft.evidence.orders where order.strength >= 2 && order.at != .min {
        for target in Set(order.targets) where target.kind != .code {
          legs[target, default: []].append(
            Leg(direction: direction, at: order.at, record: order.record)
          )
        }
      }
    }
    for target in legs.keys.sorted() {
      guard let found = legs[target], found.count > 1, found.count <= RelayIndex.legLimit,
        Set(found.map(\.direction)).count > 1
      else { continue }
      passedOn.append(found.sorted { $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record })
    }
    for payment in payments where !payment.isPrivate {
      var flow = flows[Direction(payment.payee, payment.payer)] ?? Flow()
      flow.count += 1
      flow.fen = flow.fen.addingClamped(payment.fen ?? 0)
      if payment.namesGoods { flow.named += 1 }
      flows[Direction(payment.payee, payment.payer)] = flow
    }
  }

  /// How long clear orders waited for what answers them.
  private static func answerTimes(_ draft: LinkDraft) -> [Int64] {
    var placed: [RecordID: Int64] = [:]
    for order in draft.evidence.orders where order.at != .min { placed[order.record] = order.at }
    return draft.evidence.deliveries.compactMap { delivery in
      guard delivery.at != .min, let order = delivery.orders.first, let at = placed[order] else {
        return nil
      }
      return max(0, delivery.at.subtractingClamped(at))
    }
  }

  /// What was paid for goods: for those handed over since the last payment, or else for the only order
  /// around it.
  private static func paid(_ draft: LinkDraft, _ direction: Direction) -> [Price] {
    let orders = draft.evidence.orders.filter {
      $0.strength >= 2 && !$0.isRefused && $0.at != .min
    }.sorted { $0.at < $1.at }
    let handed = draft.evidence.deliveries.filter { $0.at != .min }.sorted { $0.at < $1.at }
    let payments = draft.fittingPayments.filter { $0.at != .min }.sorted { $0.at < $1.at }
    var before = Int64.min
    return payments.compactMap { payment in
      defer { before = payment.at }
      guard let fen = payment.fen, fen > 0 else { return nil }
      let settled = handed.around(payment.at, within: settledWindow, at: \.at)
        .filter { $0.at <= payment.at && $0.at > before }
      // How many records lie in a file is seldom known, and many cost less apiece.
      guard settled.allSatisfy({ $0.file == 0 && $0.attachment == nil }) else { return nil }
      var goods = settled.map { ($0.categories, $0.items) }
      if goods.isEmpty {
        let near = orders.around(payment.at, within: paidWindow, at: \.at)
        goods = near.map { ($0.categories, max(1, $0.quantity, Int64($0.targets.count))) }
        guard goods.count == 1 else { return nil }
      }
      let categories = Set(goods.map(\.0.lowestBit))
      let items = goods.reduce(Int64(0)) { $0.addingClamped(max(1, $1.1)) }
      guard categories.count == 1, let known = categories.first, let category = known else {
        return nil
      }
      guard items < fewItems else { return nil }
      return Price(direction: direction, category: category, fen: fen / items, isPaid: true)
    }
  }
}
