/// Finds the rows that tell of one payment.
///
/// 1. Rows that share an id and both ends are one payment: the chat message, its receipt, the payer's
///    return and the payee's. A group red packet has one id and many payees, hence the ends. An id
///    shorter than sixteen characters may repeat at another bank or in another table, so the amounts
///    must agree as well where both rows state one.
/// 2. A row that names an end only by a name, or not at all, belongs to the first payment with its
///    (long) id whose ends do not contradict it.
/// 3. Rows of different sources with both ends, the amount and the currency in common within
///    ``EventWindow/transfer`` are one payment, matched one to one, nearest first. They are not when
///    both bear ids of one numbering that differ, when one is a red packet and the other a plain
///    transfer of the same platform, or when one failed or is a refund and the other is not.
/// 4. A payment of a chart is what somebody drew from evidence: with both ends, the amount and the
///    currency in common it is a payment of another source within ``EventWindow/chart``, or any where
///    the chart gives no time; one to one, nearest or earliest first.
struct TransferEvents {
  /// One row with its ends as parties.
  struct Row {
    let payer: Int?
    let payee: Int?
    /// Whether the payer is known by a name only.
    let isPayerWeak: Bool
    /// Whether the payee is known by a name only.
    let isPayeeWeak: Bool
    let transfer: Transfer
    let record: RecordID
    let sources: SourceSet

    var at: Int64? { transfer.at?.milliseconds }
    var isStrong: Bool { payer != nil && payee != nil && !isPayerWeak && !isPayeeWeak }
  }

  private struct Key: Hashable {
    let id: String
    let payer: Int?
    let payee: Int?
    let fen: Int64?
  }

  private struct Block: Hashable {
    let payer: Int
    let payee: Int
    let fen: Int64
    let currency: String
    let fate: Int
  }

  /// From this length an id is taken for unique in the world.
  static let longID = 16

  private let rows: [Row]
  private var sets: EventSets

  /// - Parameter rows: All transfers of a case, in any order.
  init(_ rows: [Row]) {
    self.rows = rows.sorted { left, right in
      let (a, b) = (left.at ?? .min, right.at ?? .min)
      return a != b ? a < b : left.record < right.record
    }
    sets = EventSets(count: rows.count)
  }

  /// The payments, in order of time; each as its rows in order of time.
  consuming func events() -> [[Row]] {
    joinByID()
    joinWeakByID()
    joinByTime()
    joinCharts()
    return sets.all().map { $0.map { rows[$0] } }
  }

  private mutating func joinByID() {
    var first: [Key: Int] = [:]
    var unpriced: [Int] = []
    for (number, row) in rows.enumerated() where row.isStrong {
      if row.transfer.amount == nil {
        unpriced.append(number)
      } else {
        join(number, by: &first) { isLong in isLong ? nil : row.transfer.amount?.fen }
      }
    }
    // A row without an amount contradicts none; it goes to the first payment with its id.
    for number in unpriced { join(number, by: &first) { _ in nil } }
  }

  private mutating func join(_ number: Int, by first: inout [Key: Int], fen: (Bool) -> Int64?) {
    let row = rows[number]
    for id in row.transfer.ids where !id.isEmpty {
      let fen = fen(id.utf8.count >= Self.longID)
      let key = Key(id: id, payer: row.payer, payee: row.payee, fen: fen)
      if let known = first[key] { sets.join(known, number) } else { first[key] = number }
      guard fen != nil else { continue }
      let anyAmount = Key(id: id, payer: row.payer, payee: row.payee, fen: nil)
      if first[anyAmount] == nil { first[anyAmount] = number }
    }
  }

  private mutating func joinWeakByID() {
    var bearers: [String: [Int]] = [:]
    let order =
      rows.indices.filter { rows[$0].isStrong } + rows.indices.filter { !rows[$0].isStrong }
    for number in order {
      let row = rows[number]
      let ids = row.transfer.ids.filter { $0.utf8.count >= Self.longID }
      if !row.isStrong {
        let match = ids.lazy.flatMap { bearers[$0] ?? [] }.first { Self.agree(rows[$0], row) }
        if let match { sets.join(match, number) }
      }
      // A group red packet may have hundreds of takers, a forged id any number.
      for id in ids where (bearers[id]?.count ?? 0) < EventMatching.lookAhead {
        bearers[id, default: []].append(number)
      }
    }
  }

  /// Whether the ends that both rows know are the same.
  private static func agree(_ one: Row, _ other: Row) -> Bool {
    let payers = one.isPayerWeak || other.isPayerWeak || one.payer == nil || other.payer == nil
    let payees = one.isPayeeWeak || other.isPayeeWeak || one.payee == nil || other.payee == nil
    return (payers || one.payer == other.payer) && (payees || one.payee == other.payee)
  }

  private mutating func joinByTime() {
    for sets in blocks().values where sets.count > 1 {
      join(sets.filter { isDated($0) }, within: EventWindow.transfer)
    }
  }

  /// The payments whose ends and amount are known, by both.
  private mutating func blocks() -> [Block: [[Int]]] {
    var blocks: [Block: [[Int]]] = [:]
    for set in sets.all() {
      let strong = set.filter { rows[$0].isStrong }
      guard let first = strong.first, let payer = rows[first].payer, let payee = rows[first].payee,
        let amount = strong.compactMap({ rows[$0].transfer.amount }).first
      else { continue }
      let block = Block(
        payer: payer,
        payee: payee,
        fen: amount.fen,
        currency: amount.currency,
        fate: Self.fate(strong.map { rows[$0].transfer.state })
      )
      blocks[block, default: []].append(set)
    }
    return blocks
  }

  private func isDated(_ set: [Int]) -> Bool {
    set.contains { rows[$0].isStrong && rows[$0].at != nil }
  }

  private func item(_ set: [Int]) -> EventMatching.Row {
    EventMatching.Row(
      at: set.compactMap { rows[$0].at }.min() ?? .min,
      record: set.map { rows[$0].record }.min() ?? RecordID(high: 0, low: 0),
      sources: set.reduce(into: []) { $0.formUnion(rows[$1].sources) }
    )
  }

  private mutating func join(
    _ sets: [[Int]],
    within window: Int64,
    onlyCharts: Bool = false
  ) {
    let items = sets.map { item($0) }
    let charts = sets.map { isChart($0) }
    let groups = EventMatching(window: window).groups(of: items) { left, right in
      guard !onlyCharts || charts[left] || charts[right],
        !isDistinct(sets[left], sets[right])
      else { return nil }
      return abs(items[left].at - items[right].at)
    }
    for group in groups {
      for other in group.dropFirst() { self.sets.join(sets[group[0]][0], sets[other][0]) }
    }
  }

  /// Puts the payments of charts to those that they restate.
  private mutating func joinCharts() {
    guard rows.contains(where: { Self.isChart($0) && $0.isStrong }) else { return }
    for sets in blocks().values where sets.count > 1 && sets.contains(where: { isChart($0) }) {
      join(sets.filter { isDated($0) }, within: EventWindow.chart, onlyCharts: true)
    }
    for sets in blocks().values where sets.count > 1 && sets.contains(where: { isChart($0) }) {
      joinUndated(sets)
    }
  }

  /// Puts each payment of a chart that has no time to the earliest that it may restate.
  private mutating func joinUndated(_ sets: [[Int]]) {
    var places = sets.filter { isDated($0) }.map { (set: $0, item: item($0)) }
    places.sort {
      $0.item.at != $1.item.at ? $0.item.at < $1.item.at : $0.item.record < $1.item.record
    }
    var known = places.map { (set: $0.set, sources: $0.item.sources) }
    let undated = sets.filter { isChart($0) && !isDated($0) }.map { (set: $0, item: item($0)) }
    for (set, item) in undated.sorted(by: { $0.item.record < $1.item.record }) {
      let match = known.indices.prefix(EventMatching.lookAhead).first {
        known[$0].sources.isDisjoint(with: item.sources) && !isDistinct(known[$0].set, set)
      }
      if let match {
        self.sets.join(known[match].set[0], set[0])
        known[match].sources.formUnion(item.sources)
      } else {
        known.append((set, item.sources))
      }
    }
  }

  private func isChart(_ set: [Int]) -> Bool { set.allSatisfy { Self.isChart(rows[$0]) } }

  private static func isChart(_ row: Row) -> Bool { row.transfer.channel == "chart" }

  /// What became of the money: only payments with one fate are put together by time.
  private static func fate(_ states: [Transfer.State]) -> Int {
    if states.contains(.refund) { return 1 }
    return states.allSatisfy { $0 == .failed } ? 2 : 0
  }

  /// Whether two payments are certainly not one, by the first rows of each: ids that everything
  /// shares must not make a quadratic number of comparisons.
  private func isDistinct(_ one: [Int], _ other: [Int]) -> Bool {
    for left in one.prefix(EventMatching.lookAhead) {
      for right in other.prefix(EventMatching.lookAhead) {
        let (a, b) = (rows[left].transfer, rows[right].transfer)
        if Self.isPacket(a) != Self.isPacket(b), Self.platform(a) == Self.platform(b) {
          return true
        }
        let isChart = Self.isChart(rows[left]) || Self.isChart(rows[right])
        guard a.channel == b.channel || isChart, Self.platform(a) != "bank",
          Self.platform(b) != "bank"
        else { continue }
        let theirs = Set(b.ids.compactMap(Self.shape))
        if a.ids.compactMap(Self.shape).contains(where: theirs.contains) { return true }
      }
    }
    return false
  }

  private static func isPacket(_ transfer: Transfer) -> Bool {
    transfer.channel.hasSuffix("redpacket")
  }

  private static func platform(_ transfer: Transfer) -> Substring {
    transfer.channel.prefix { $0 != "-" }
  }

  /// The numbering that an id belongs to: its length and first four characters; `nil` for short ids.
  private static func shape(_ id: String) -> String? {
    id.utf8.count >= longID ? "\(id.utf8.count) \(id.prefix(4))" : nil
  }
}
