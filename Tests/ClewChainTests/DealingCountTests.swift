import Testing

@testable import ClewChain
@testable import ClewEvidence

@Suite struct `Dealings are counted` {
  /// What happened after how many hours: a clear order, a vague one, one refused, goods, money.
  private enum Step {
    case order(Int64), vague(Int64), refused(Int64), goods(Int64), money(Int64)
  }

  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 24

  private func count(_ steps: [Step], trades: Int = 0) -> Int {
    var evidence = DirectedEvidence()
    var payments: [Int64] = []
    for (number, step) in steps.enumerated() {
      let record = RecordID(high: 0, low: UInt64(number))
      func order(_ hours: Int64, strength: Int, isRefused: Bool = false) {
        var order = OrderEvent(
          at: hours * Self.hour,
          record: record,
          strength: strength,
          categories: 0,
          targets: [],
          quantity: 0
        )
        order.isRefused = isRefused
        evidence.orders.append(order)
      }
      switch step {
      case .order(let hours): order(hours, strength: 2)
      case .vague(let hours): order(hours, strength: 1)
      case .refused(let hours): order(hours, strength: 3, isRefused: true)
      case .goods(let hours):
        evidence.deliveries.append(
          DeliveryEvent(
            at: hours * Self.hour,
            record: record,
            strength: 2,
            categories: 0,
            items: 1,
            file: 0,
            named: 0
          )
        )
      case .money(let hours): payments.append(hours * Self.hour)
      }
    }
    return DealingCount(evidence, payments: payments, trades: trades).count
  }

  @Test func `order, goods and money are one`() {
    #expect(count([.order(0), .goods(5), .money(30)]) == 1)
    #expect(count([.order(0), .money(1), .goods(5)]) == 1)
    #expect(count([.goods(5)]) == 1 && count([.money(5)]) == 1)
  }

  @Test func `what is ordered within an hour is one, unless goods came between`() {
    #expect(count([.order(0), .order(1), .goods(5), .goods(6)]) == 1)
    #expect(count([.order(0), .goods(0), .order(1), .goods(2)]) == 2)
    #expect(count([.order(0), .order(2), .goods(5), .goods(7)]) == 2)
  }

  @Test func `goods that nobody was seen to order are dealings of their own`() {
    #expect(count([.order(0), .goods(5), .goods(9)]) == 2)
    // The order waits three days.
    #expect(count([.order(0), .goods(3 * Self.day)]) == 1)
    #expect(count([.order(0), .goods(3 * Self.day + 1)]) == 2)
  }

  @Test func `a refused order is none`() {
    #expect(count([.order(0), .goods(1), .refused(50)]) == 1)
  }

  @Test func `a vague order counts when it is answered`() {
    #expect(count([.order(0), .goods(2), .vague(100), .goods(104)]) == 2)
    #expect(count([.order(0), .goods(2), .vague(100), .money(340)]) == 2)
  }

  @Test
  func `a vague order is none while another waits, after goods or money, or before a clear one`() {
    #expect(count([.order(0), .vague(20), .goods(22)]) == 1)
    #expect(count([.order(0), .goods(2), .vague(5), .money(60)]) == 1)
    #expect(count([.order(0), .goods(2), .money(20), .vague(23)]) == 1)
    #expect(count([.vague(0), .order(70), .goods(72)]) == 1)
  }

  @Test func `vague orders that nothing answers count as often as all else at most`() {
    let asked = (1...9).map { Step.vague($0 * 20 * Self.day) }
    #expect(count([.order(0), .goods(2)] + asked) == 2)
    #expect(count([.order(0), .goods(2), .order(100), .goods(102)] + asked) == 4)
  }

  @Test func `money that nothing was sold for since the last counts after five quiet days`() {
    #expect(count([.order(0), .goods(2), .money(3), .money(20)]) == 1)
    #expect(count([.order(0), .goods(2), .money(3), .money(3 + 5 * Self.day)]) == 1)
    #expect(count([.order(0), .goods(2), .money(3), .money(4 + 5 * Self.day)]) == 2)
  }

  @Test func `stated sales and what has no time count one each`() {
    #expect(count([], trades: 3) == 3)
    var evidence = DirectedEvidence()
    for number in 0..<2 as Range<UInt64> {
      evidence.orders.append(
        OrderEvent(
          at: .min,
          record: RecordID(high: 0, low: number),
          strength: number == 0 ? 3 : 1,
          categories: 0,
          targets: [],
          quantity: 0
        )
      )
    }
    #expect(DealingCount(evidence, payments: [.min], trades: 0).count == 2)
  }

  @Test func `there is at least one`() { #expect(count([]) == 1) }
}
