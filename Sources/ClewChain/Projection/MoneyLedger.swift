internal import ClewEvidence

/// One payment between two parties, put together from all records that tell of it.
struct Payment: Sendable {
  let payer: Int
  let payee: Int
  /// The amount in fen; `nil` for a red packet whose return was not obtained.
  let fen: Int64?
  let at: Int64
  let isRedPacket: Bool
  /// The memo names goods.
  let namesGoods: Bool
  /// The memo names data of persons in words that no other trade uses.
  let namesList: Bool
  /// The memo says that money goes back.
  let isRefund: Bool
  /// The memo, or an amount that lovers send, says that it is private.
  let isPrivate: Bool
  /// Only the amount says so.
  let isSaying: Bool
  let categories: UInt32
  let records: [RecordID]
}

/// Puts the records of each payment together, as `CaseEvents` groups them, and says which payments
/// count.
///
/// A payment that was returned, refunded or never completed is void.
struct MoneyLedger {
  private struct Entry {
    let payer: Int
    let payee: Int
    let transfer: Transfer
    let record: RecordID
  }

  private var entries: [Entry] = []
  private let lexicon: Lexicon
  /// The records of each payment that more than one record tells of.
  var events: [[RecordID]] = []

  /// How long after a payment its refund may come, in milliseconds.
  static let refundWindow: Int64 = 45 * 86_400_000
  /// Amounts in fen that are sayings, not prices: 5.20, 13.14, 520, 1314, 5200 yuan.
  private static let sayings: Set<Int64> = [520, 1_314, 52_000, 131_400, 520_000, 52_100, 66_600]

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// Forgets all payments.
  mutating func removeAll() {
    entries = []
    events = []
  }

  mutating func add(_ transfer: Transfer, payer: Int, payee: Int, record: RecordID) {
    guard payer != payee else { return }
    entries.append(Entry(payer: payer, payee: payee, transfer: transfer, record: record))
  }

  /// The payments that count, and the records of those that are void.
  consuming func settle() -> (payments: [Payment], void: [Payment]) {
    entries.sort { left, right in
      let (a, b) = (Self.time(left.transfer), Self.time(right.transfer))
      return a != b ? a < b : left.record < right.record
    }
    let groups = grouped()
    var kept: [Payment] = []
    var void: [Payment] = []
    var refunds: [Payment] = []
    for group in groups {
      let payment = payment(of: group)
      let states = Set(group.map { entries[$0].transfer.state })
      if states.contains(.refund) {
        refunds.append(payment)
      } else if states.contains(.returned) || states.isSubset(of: [.failed]) {
        void.append(payment)
      } else {
        kept.append(payment)
      }
    }
    refunds += kept.filter(\.isRefund)
    kept.removeAll(where: \.isRefund)
    for refund in refunds { Self.cancel(refund, in: &kept, void: &void) }
    return (kept, void)
  }

  /// Takes the latest payment of the same amount in the other direction off the list.
  private static func cancel(_ refund: Payment, in kept: inout [Payment], void: inout [Payment]) {
    let match = kept.lastIndex { payment in
      payment.payer == refund.payee && payment.payee == refund.payer && payment.fen == refund.fen
        && payment.at <= refund.at && refund.at - payment.at <= refundWindow
    }
    if let match { void.append(kept.remove(at: match)) }
    void.append(refund)
  }

  /// The entries of each payment, in order of their first.
  private func grouped() -> [[Int]] {
    var eventOf: [RecordID: Int] = [:]
    for (number, records) in events.enumerated() {
      for record in records { eventOf[record] = number }
    }
    var groups: [[Int]] = []
    var groupOf: [Int: Int] = [:]
    for (number, entry) in entries.enumerated() {
      guard let event = eventOf[entry.record] else {
        groups.append([number])
        continue
      }
      if let group = groupOf[event] {
        groups[group].append(number)
      } else {
        groupOf[event] = groups.count
        groups.append([number])
      }
    }
    return groups
  }

  private func payment(of group: [Int]) -> Payment {
    let members = group.map { entries[$0] }
    // A row that knows an end by name only may state the sum of a group's red packet.
    let sure = members.filter { !Self.isVague($0.transfer) }
    // A chart restates; where evidence tells the time, its time counts.
    let first = sure.first { $0.transfer.channel != "chart" } ?? sure.first ?? members[0]
    let fen = (sure.isEmpty ? members : sure).lazy.compactMap { $0.transfer.amount?.fen }.max()
    let memos = members.map(\.transfer.memo).filter { !$0.isEmpty }
    let namesGoods = memos.contains { lexicon.contains(.trade, in: $0) }
    let isRefund = memos.contains { lexicon.contains(.refund, in: $0) }
    // 保费 and 订票 are paid for what they say, as dinners are.
    let saysPrivate =
      memos.contains { lexicon.contains(.privateLife, in: $0) }
      || memos.contains { memo in
        lexicon.contains(.service, in: memo) && !lexicon.contains(.personalList, in: memo)
      }
    let isSaying = !saysPrivate && !namesGoods && fen.map(Self.sayings.contains) == true
    let categories = memos.reduce(0) { $0 | lexicon.categoryMask(of: $1) }
    return Payment(
      payer: first.payer,
      payee: first.payee,
      fen: fen,
      at: Self.time(first.transfer),
      isRedPacket: members.contains { $0.transfer.channel.hasSuffix("redpacket") },
      namesGoods: namesGoods && !saysPrivate && !isRefund,
      namesList: !saysPrivate && !isRefund
        && memos.contains { lexicon.contains(.personalList, in: $0) },
      isRefund: isRefund,
      isPrivate: saysPrivate || isSaying,
      isSaying: isSaying,
      categories: categories,
      records: members.map(\.record).sorted()
    )
  }

  private static func isVague(_ transfer: Transfer) -> Bool {
    transfer.payer?.scheme == .name || transfer.payee?.scheme == .name
  }

  private static func time(_ transfer: Transfer) -> Int64 { transfer.at?.milliseconds ?? .min }
}
