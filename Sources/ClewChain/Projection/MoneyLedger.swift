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
  /// The memo says that money goes back.
  let isRefund: Bool
  /// The memo, or an amount that lovers send, says that it is private.
  let isPrivate: Bool
  let categories: UInt32
  let records: [RecordID]
}

/// Puts transfers together: one payment for the chat message, its receipt, the payer's return and
/// the payee's return.
///
/// Rows are one payment when they share an id and both ends (a group red packet has one id and many
/// payees), or, between different channels, when both ends and the amount agree within 120 seconds.
/// A payment that was returned, refunded or never completed is void.
struct MoneyLedger {
  private struct Entry {
    let payer: Int
    let payee: Int
    let transfer: Transfer
    let record: RecordID
  }

  private struct Key: Hashable {
    let id: String
    let payer: Int
    let payee: Int
  }

  private var entries: [Entry] = []
  private let lexicon: Lexicon

  /// How far apart two channels may book one payment, in milliseconds.
  private static let pairingWindow: Int64 = 120_000
  /// How long after a payment its refund may come, in milliseconds.
  private static let refundWindow: Int64 = 45 * 86_400_000
  /// Amounts in fen that are sayings, not prices: 5.20, 13.14, 520, 1314, 5200 yuan.
  private static let sayings: Set<Int64> = [520, 1_314, 52_000, 131_400, 520_000, 52_100, 66_600]

  init(lexicon: Lexicon) { self.lexicon = lexicon }

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
    var groups = joinById()
    joinByTime(&groups)
    var kept: [Payment] = []
    var void: [Payment] = []
    var refunds: [Payment] = []
    for group in groups where !group.isEmpty {
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

  private func joinById() -> [[Int]] {
    var groups: [[Int]] = []
    var groupOf: [Key: Int] = [:]
    for (number, entry) in entries.enumerated() {
      let keys = entry.transfer.ids.map { Key(id: $0, payer: entry.payer, payee: entry.payee) }
      let known = keys.compactMap { groupOf[$0] }.min()
      let group = known ?? groups.count
      if known == nil { groups.append([]) }
      groups[group].append(number)
      for key in keys {
        if let other = groupOf[key], other != group {
          groups[group].append(contentsOf: groups[other])
          for member in groups[other] {
            for id in entries[member].transfer.ids {
              groupOf[Key(id: id, payer: entry.payer, payee: entry.payee)] = group
            }
          }
          groups[other] = []
        }
        groupOf[key] = group
      }
    }
    return groups
  }

  private struct Ends: Hashable {
    let payer: Int
    let payee: Int
    let fen: Int64
  }

  private func joinByTime(_ groups: inout [[Int]]) {
    var open: [Ends: [Int]] = [:]
    for group in groups.indices where !groups[group].isEmpty {
      let first = entries[groups[group][0]]
      guard let fen = groups[group].lazy.compactMap({ entries[$0].transfer.amount?.fen }).first,
        first.transfer.at != nil
      else { continue }
      let ends = Ends(payer: first.payer, payee: first.payee, fen: fen)
      let channels = Set(groups[group].map { entries[$0].transfer.channel })
      let match = open[ends, default: []].first { other in
        guard let member = groups[other].first else { return false }
        let distance = Self.time(first.transfer) - Self.time(entries[member].transfer)
        let theirs = Set(groups[other].map { entries[$0].transfer.channel })
        return abs(distance) <= Self.pairingWindow && theirs.isDisjoint(with: channels)
      }
      if let match {
        groups[match].append(contentsOf: groups[group])
        groups[group] = []
      } else {
        open[ends, default: []].append(group)
      }
    }
  }

  private func payment(of group: [Int]) -> Payment {
    let first = entries[group[0]]
    let members = group.map { entries[$0] }
    let fen = members.lazy.compactMap { $0.transfer.amount?.fen }.max()
    let memos = members.map(\.transfer.memo).filter { !$0.isEmpty }
    let namesGoods = memos.contains { lexicon.contains(.trade, in: $0) }
    let isRefund = memos.contains { lexicon.contains(.refund, in: $0) }
    let saysPrivate = memos.contains { lexicon.contains(.privateLife, in: $0) }
    let categories = memos.reduce(0) { $0 | lexicon.categoryMask(of: $1) }
    return Payment(
      payer: first.payer,
      payee: first.payee,
      fen: fen,
      at: Self.time(first.transfer),
      isRedPacket: members.contains { $0.transfer.channel.hasSuffix("redpacket") },
      namesGoods: namesGoods && !saysPrivate && !isRefund,
      isRefund: isRefund,
      isPrivate: saysPrivate || (!namesGoods && fen.map(Self.sayings.contains) == true),
      categories: categories,
      records: members.map(\.record).sorted()
    )
  }

  private static func time(_ transfer: Transfer) -> Int64 { transfer.at?.milliseconds ?? .min }
}
