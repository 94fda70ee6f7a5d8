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
/// does not tell its owner), ``EndAlignment`` may find it; else it contradicts nobody, and the other end
/// must be known.
struct CallEvents {
  /// One row.
  struct Row {
    /// The caller: the place of a party, or a number beyond for an account that is none.
    var from: Int
    /// The callee, likewise.
    var to: Int
    /// Whether the caller is known by a name only.
    var isFromWeak: Bool
    /// Whether the callee is known by a name only.
    var isToWeak: Bool
    let call: Call
    let record: RecordID
    let sources: SourceSet
  }

  private struct Block: Hashable {
    let from: Int?
    let to: Int?
    let channel: String
  }

  private var rows: [Row]
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
    align()
    match { row in
      row.isFromWeak || row.isToWeak
        ? nil : Block(from: row.from, to: row.to, channel: row.call.channel)
    }
    guard rows.contains(where: { $0.isFromWeak || $0.isToWeak }) else { return all() }
    match { $0.isToWeak ? nil : Block(from: nil, to: $0.to, channel: $0.call.channel) }
    match { $0.isFromWeak ? nil : Block(from: $0.from, to: nil, channel: $0.call.channel) }
    return all()
  }

  /// Puts known parties in the place of owners that their logs do not tell.
  private mutating func align() {
    var ends = rows.map { row in
      EndAlignment.Row(
        from: row.from,
        to: row.to,
        isFromWeak: row.isFromWeak,
        isToWeak: row.isToWeak,
        channel: row.call.channel,
        at: row.call.at?.milliseconds,
        sources: row.sources
      )
    }
    let alignment = EndAlignment(window: EventWindow.callClock)
    alignment.align(&ends) { Self.apart(rows[$0], rows[$1]) != nil }
    for (place, end) in ends.enumerated() {
      (rows[place].from, rows[place].isFromWeak) = (end.from, end.isFromWeak)
      (rows[place].to, rows[place].isToWeak) = (end.to, end.isToWeak)
    }
  }

  private mutating func all() -> [[Row]] { sets.all().map { $0.map { rows[$0] } } }

  /// Matches the groups that fall into one block; a group falls into that of its first row that
  /// has one.
  private mutating func match(_ blockOf: (Row) -> Block?) {
    var blocks: [Block: [[Int]]] = [:]
    for set in sets.all() {
      let dated = set.filter { rows[$0].call.at != nil }
      if let block = dated.compactMap({ blockOf(rows[$0]) }).first {
        blocks[block, default: []].append(set)
      }
    }
    for groups in blocks.values where groups.count > 1 {
      let items = groups.map { set in
        EventMatching.Row(
          at: Self.time(rows[set[0]]),
          record: rows[set[0]].record,
          sources: set.reduce(into: []) { $0.formUnion(rows[$1].sources) }
        )
      }
      let matching = EventMatching(window: EventWindow.callRinging)
      for group in matching.groups(of: items, distance: { self.distance(groups[$0], groups[$1]) }) {
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
    return sameFrom && sameTo ? apart(one, other) : nil
  }

  /// How far apart two rows are in time; `nil` where they cannot be one call, whoever called.
  private static func apart(_ one: Row, _ other: Row) -> Int64? {
    let (a, b) = (one.call.seconds, other.call.seconds)
    guard (a > 0) == (b > 0),
      a.subtractingReportingOverflow(b).partialValue.magnitude
        <= UInt64(EventWindow.callDuration)
    else { return nil }
    let (gap, overflows) = time(one).subtractingReportingOverflow(time(other))
    guard !overflows, gap.magnitude <= UInt64(EventWindow.callRinging) else { return nil }
    let apart = abs(gap)
    if apart <= EventWindow.callClock { return apart }
    let talk = min(a, b).multipliedReportingOverflow(by: 1000)
    return talk.overflow || apart < talk.partialValue ? apart : nil
  }

  private static func time(_ row: Row) -> Int64 { row.call.at?.milliseconds ?? 0 }
}
