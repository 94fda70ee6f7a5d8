/// Puts groups that an export knows by title only on the numbered group that says the same.
///
/// Titles repeat, so the title plays no part: at least two messages must agree in text, time and, where
/// it is known, sender, and the second-best group must agree less often.
struct GroupAlignment {
  /// One message in a group.
  struct Row {
    let platform: String
    let group: Account
    let from: Int?
    let isFromWeak: Bool
    let at: Int64
    let text: String
    let sources: SourceSet
  }

  /// The numbered group for each that has a title only.
  private(set) var groups: [Account: Account] = [:]

  private struct Saying: Hashable {
    let platform: String
    let text: String
  }

  /// From this many agreeing messages a group is the same.
  private static let agreement = 2

  /// Whether the account is a title with a mark that sets it apart, not a number.
  static func isWeak(_ group: Account) -> Bool {
    group.scheme != .wechatGroup && group.value.utf8.contains(UInt8(ascii: "#"))
  }

  /// - Parameter rows: The group messages in order of time.
  init(_ rows: [Row]) {
    let weak = rows.filter { Self.isWeak($0.group) }
    guard !weak.isEmpty else { return }
    let wanted = Set(weak.map { Saying(platform: $0.platform, text: $0.text) })
    var said: [Saying: [Row]] = [:]
    for row in rows where !Self.isWeak(row.group) {
      let saying = Saying(platform: row.platform, text: row.text)
      if wanted.contains(saying) { said[saying, default: []].append(row) }
    }
    var votes: [Account: [Account: Int]] = [:]
    for row in weak {
      let near = NearRows.within(
        EventWindow.message(row.platform),
        of: row.at,
        in: said[Saying(platform: row.platform, text: row.text)] ?? [],
        time: \.at
      )
      let agreeing = near.filter { other in
        let isSame = row.isFromWeak || other.isFromWeak || row.from == other.from
        return isSame && other.sources.isDisjoint(with: row.sources)
      }
      for group in Set(agreeing.map(\.group)) {
        votes[row.group, default: [:]][group, default: 0] += 1
      }
    }
    for (title, votes) in votes {
      let ranked = votes.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      guard let best = ranked.first, best.value >= Self.agreement,
        ranked.dropFirst().allSatisfy({ $0.value < best.value })
      else { continue }
      groups[title] = best.key
    }
  }
}

/// Finds rows by time.
enum NearRows {
  /// The rows dated within the window, of rows in order of time, at most a fixed number.
  static func within<Row>(
    _ window: Int64,
    of at: Int64,
    in rows: [Row],
    time: (Row) -> Int64
  ) -> ArraySlice<Row> {
    let from = at.subtractingReportingOverflow(window)
    let to = at.addingReportingOverflow(window)
    guard !from.overflow, !to.overflow else { return [] }
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if time(rows[middle]) < from.partialValue { low = middle + 1 } else { high = middle }
    }
    return rows[low...].prefix { time($0) <= to.partialValue }.prefix(EventMatching.lookAhead)
  }
}
