internal import ClewEvidence

/// Counts the dealings that a link stands for, from what was ordered, handed over and paid.
///
/// A dealing is an order with the goods and the money that belong to it. In order of time,
/// - a clear order opens a dealing; more of them within an hour, with nothing handed over between, are one;
/// - a vague order opens one as well, unless an order of the last day waits for its goods, it comes within
///   three hours of goods or money (thanks, complaints), or a clear order follows within three days, so
///   that it only asked. Vague orders that nothing answers count no more often than all other
///   dealings: people ask for many things;
/// - goods close the oldest open order of the last three days. Without one they make a dealing of their
///   own, in however many messages within an hour;
/// - money makes one only when nothing was ordered or handed over since the last payment, and that lies
///   five days back: many settle late, in parts.
///
/// How often that is right on invented cases, where every order is known: docs/roles.md.
struct DealingCount {
  /// The dealings, at least one.
  private(set) var count = 0
  private var unanswered = 0
  private var open: [Int64] = []
  private var ordered: Int64?
  private var handed: Int64?
  private var paid: Int64?
  private var isSettled = true

  private static let day: Int64 = 86_400_000
  private static let vagueWait = day
  private static let vagueQuiet = 3 * SupplyLink.episodeGap
  private static let askedBefore = 3 * day
  private static let answered = 10 * day
  private static let goodsWait = 3 * day
  private static let paymentQuiet = 5 * day

  /// What happened.
  private enum Step: Int, Comparable {
    case order, vagueOrder, goods, payment

    static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  /// - Parameters:
  ///   - evidence: The orders and deliveries of one direction; refused orders are left out.
  ///   - payments: When the payments that fit it were made.
  ///   - trades: How many sales are stated outright.
  /// - Complexity: O(*n* log *n*) for *n* events.
  init(_ evidence: DirectedEvidence, payments: [Int64], trades: Int) {
    var events: [(at: Int64, step: Step)] = []
    for order in evidence.orders where !order.isRefused {
      events.append((order.at, order.strength >= 2 ? .order : .vagueOrder))
    }
    events += evidence.deliveries.map { ($0.at, .goods) }
    events += payments.map { ($0, .payment) }
    // What has no time stands alone, and a vague order without one says nothing.
    count = trades + events.count { $0.at == .min && $0.step != .vagueOrder }
    events.removeAll { $0.at == .min }
    events.sort { $0.at != $1.at ? $0.at < $1.at : $0.step < $1.step }
    let next = Self.nextSteps(events)
    for (place, event) in events.enumerated() {
      switch event.step {
      case .order: order(event.at)
      case .vagueOrder: vagueOrder(event.at, next[place])
      case .goods: goods(event.at)
      case .payment: payment(event.at)
      }
    }
    count = max(1, count)
    count += min(unanswered, count)
  }

  /// The first event after each that is no vague order.
  private static func nextSteps(
    _ events: [(at: Int64, step: Step)]
  ) -> [(at: Int64, step: Step)?] {
    var next: [(at: Int64, step: Step)?] = Array(repeating: nil, count: events.count)
    var found: (at: Int64, step: Step)?
    for place in events.indices.reversed() {
      next[place] = found
      if events[place].step != .vagueOrder { found = events[place] }
    }
    return next
  }

  private static func isWithin(_ window: Int64, _ before: Int64?, _ moment: Int64) -> Bool {
    before.map { moment.subtractingClamped($0) <= window } == true
  }

  private mutating func order(_ moment: Int64) {
    let isHandedSince = handed.map { handed in ordered.map { handed >= $0 } ?? true } ?? false
    defer { ordered = moment }
    if Self.isWithin(SupplyLink.episodeGap, ordered, moment), !isHandedSince { return }
    open.append(moment)
    count += 1
    isSettled = false
  }

  private mutating func vagueOrder(_ moment: Int64, _ next: (at: Int64, step: Step)?) {
    if Self.isWithin(Self.vagueWait, open.last, moment)
      || Self.isWithin(SupplyLink.episodeGap, ordered, moment)
      || Self.isWithin(Self.vagueQuiet, handed, moment)
      || Self.isWithin(Self.vagueQuiet, paid, moment)
    {
      return
    }
    let wait = next.map { $0.at.subtractingClamped(moment) } ?? .max
    if next?.step == .order {
      if wait <= Self.askedBefore { return }
      unanswered += 1
    } else if wait <= Self.answered {
      count += 1
    } else {
      unanswered += 1
    }
    open.append(moment)
    ordered = moment
    isSettled = false
  }

  private mutating func goods(_ moment: Int64) {
    open.removeAll { !Self.isWithin(Self.goodsWait, $0, moment) }
    if !open.isEmpty {
      open.removeFirst()
    } else if !Self.isWithin(SupplyLink.episodeGap, handed, moment) {
      count += 1
    }
    handed = moment
    isSettled = false
  }

  private mutating func payment(_ moment: Int64) {
    if isSettled, !Self.isWithin(Self.paymentQuiet, paid, moment) { count += 1 }
    paid = moment
    isSettled = true
  }
}
