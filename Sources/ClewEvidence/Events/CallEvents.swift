/// Finds the rows that tell of one call.
///
/// A call is the same row in the caller's log, in the callee's log and in the network's record. Rows
/// of different sources are one call when caller, callee and channel agree and
///
/// - the start differs by at most ``EventWindow/callClock`` and the duration by at most
///   ``EventWindow/callDuration``; or
/// - both were answered, the durations agree as closely, and the start differs by less than the call
///   took and at most ``EventWindow/callRinging``: two calls between the same two telephones cannot
///   overlap, but one log may count from dialling and the other from the answer.
///
/// A missed call and an answered one are never one. Where an end is known by a name only (a log that
/// does not tell its owner), it contradicts nobody; the other end must be known.
struct CallEvents {
  /// An end of a call: a party, or an account that is none, such as a service number.
  enum End: Hashable {
    case party(Int)
    case account(Account)
  }

  /// One row.
  struct Row {
    let from: End
    let to: End
    let isFromWeak: Bool
    let isToWeak: Bool
    let call: Call
    let record: RecordID
    let sources: SourceSet
  }

  private struct Block: Hashable {
    let from: End?
    let to: End?
    let channel: String
  }

  private let rows: [Row]
  private var sets: EventSets

  /// - Parameter rows: All calls of a case, in any order.
  init(_ rows: [Row]) {
    self.rows = rows.sorted { left, right in
      let (a, b) = (Self.time(left), Self.time(right))
      return a != b ? a < b : left.record < right.record
    }
    sets = EventSets(count: rows.count)
  }

  /// The calls in order of time, each as its rows.
  consuming func events() -> [[Row]] {
    match { row in
      row.isFromWeak || row.isToWeak
        ? [] : [Block(from: row.from, to: row.to, channel: row.call.channel)]
    }
    guard rows.contains(where: { $0.isFromWeak || $0.isToWeak }) else { return all() }
    match { row in
      var blocks: [Block] = []
      if !row.isFromWeak {
        blocks.append(Block(from: row.from, to: nil, channel: row.call.channel))
      }
      if !row.isToWeak { blocks.append(Block(from: nil, to: row.to, channel: row.call.channel)) }
      return blocks
    }
    return all()
  }

  private mutating func all() -> [[Row]] { sets.all().map { $0.map { rows[$0] } } }

  /// Matches the groups that fall into one block.
  private mutating func match(_ blocksOf: (Row) -> [Block]) {
    var blocks: [Block: [[Int]]] = [:]
    for set in sets.all() {
      guard let first = set.first, rows[first].call.at != nil else { continue }
      for block in blocksOf(rows[first]) { blocks[block, default: []].append(set) }
    }
    // In a fixed order, because a group may stand in two blocks and is matched in one only.
    let ordered = blocks.sorted { one, other in
      one.value[0][0] != other.value[0][0]
        ? one.value[0][0] < other.value[0][0] : one.key.from != nil && other.key.from == nil
    }
    var matched: Set<Int> = []
    for (_, all) in ordered where all.count > 1 {
      let groups = all.filter { !matched.contains($0[0]) }
      let items = groups.map { set in
        EventMatching.Row(
          at: Self.time(rows[set[0]]),
          record: rows[set[0]].record,
          sources: set.reduce(into: []) { $0.formUnion(rows[$1].sources) }
        )
      }
      let matching = EventMatching(window: EventWindow.callRinging)
      for group in matching.groups(of: items, distance: { self.distance(groups[$0], groups[$1]) }) {
        matched.formUnion(group.map { groups[$0][0] })
        for other in group.dropFirst() { sets.join(groups[group[0]][0], groups[other][0]) }
      }
    }
  }

  /// The largest distance between a row of one group and one of the other.
  private func distance(_ one: [Int], _ other: [Int]) -> Int64? {
    var largest: Int64 = 0
    for left in one {
      for right in other {
        guard let distance = Self.distance(rows[left], rows[right]) else { return nil }
        largest = max(largest, distance)
      }
    }
    return largest
  }

  private static func distance(_ one: Row, _ other: Row) -> Int64? {
    let sameFrom = one.isFromWeak || other.isFromWeak || one.from == other.from
    let sameTo = one.isToWeak || other.isToWeak || one.to == other.to
    let (a, b) = (one.call.seconds, other.call.seconds)
    guard sameFrom, sameTo, (a > 0) == (b > 0),
      a.subtractingReportingOverflow(b).partialValue.magnitude
        <= UInt64(EventWindow.callDuration)
    else { return nil }
    let apart = abs(time(one) - time(other))
    if apart <= EventWindow.callClock { return apart }
    let overlap = min(a, b).multipliedReportingOverflow(by: 1000)
    return overlap.overflow || apart < overlap.partialValue ? apart : nil
  }

  private static func time(_ row: Row) -> Int64 { row.call.at?.milliseconds ?? 0 }
}
