/// The payments that may be the price of something, by who pays whom.
///
/// None of these is a price: money of private life, a red packet, a sum that nobody knows, and a sum
/// that went the other way as well: what is lent or laid out comes back to the fen.
struct PriceBook {
  private struct Flow: Hashable {
    let payer: Int
    let payee: Int
    let fen: Int64
  }

  private var payments: [Direction: [Payment]] = [:]

  /// How long lent or laid-out money may be away, in milliseconds; as long as a refund may take.
  private static let returnWindow = MoneyLedger.refundWindow

  /// Sorts out the payments that count.
  ///
  /// - Complexity: O(*p* log *p*) for *p* payments.
  init(_ all: [Payment]) {
    var flows: [Flow: [Int64]] = [:]
    for payment in all where payment.at != .min {
      guard let fen = payment.fen else { continue }
      flows[Flow(payer: payment.payer, payee: payment.payee, fen: fen), default: []]
        .append(payment.at)
    }
    for flow in flows.keys { flows[flow]?.sort() }
    for payment in all where payment.at != .min && !payment.isPrivate && !payment.isRedPacket {
      guard let fen = payment.fen, fen > 0 else { continue }
      let back = flows[Flow(payer: payment.payee, payee: payment.payer, fen: fen)] ?? []
      guard back.around(payment.at, within: Self.returnWindow, at: \.self).isEmpty else { continue }
      payments[Direction(payment.payee, payment.payer), default: []].append(payment)
    }
    for direction in payments.keys { payments[direction]?.sort { $0.at < $1.at } }
  }

  /// What the buyer paid the supplier around a moment, in order of time.
  func prices(
    _ direction: Direction,
    around moment: Int64,
    within window: Int64
  )
    -> ArraySlice<Payment>
  {
    payments[direction]?.around(moment, within: window, at: \.at) ?? []
  }
}

extension Array {
  /// The elements at most `window` milliseconds from a moment, in an array that is sorted by time.
  func around(
    _ moment: Int64,
    within window: Int64,
    at time: (Element) -> Int64
  ) -> ArraySlice<Element> {
    let first = moment.subtractingClamped(window)
    let last = moment.addingClamped(window)
    let start = partitioningIndex { time($0) >= first }
    let end = partitioningIndex { time($0) > last }
    return self[start..<Swift.max(start, end)]
  }
}

extension Int64 {
  /// The difference, or the number nearest to it that fits.
  func subtractingClamped(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return self < 0 ? .min : .max
  }
}
