/// Puts private chats whose speakers are known by name only on the chat that says the same.
///
/// One agreeing message may be chance, two in the same seconds are not; the second-best chat must
/// agree less often. Where no export knows both speakers, a chat of two names is put on one that knows the
/// account behind one of them and calls the other by the same name account.
struct ChatAlignment {
  /// One private message.
  struct Row {
    let number: Int
    let platform: String
    let from: Int
    let to: Int
    let isFromWeak: Bool
    let isToWeak: Bool
    let at: Int64
    let text: String
    let sources: SourceSet

    var isWeak: Bool { isFromWeak || isToWeak }
    var isAllWeak: Bool { isFromWeak && isToWeak }

    /// Whether another row knows nothing otherwise than this one: its names are this row's too, and its
    /// accounts stand where this row has names, or the same accounts.
    func agrees(with other: Row) -> Bool {
      let isFromSame = from == other.from || (isFromWeak && !other.isFromWeak)
      let isToSame = to == other.to || (isToWeak && !other.isToWeak)
      return isFromSame && isToSame
    }
  }

  /// Who speaks to whom.
  struct Ends: Hashable, Comparable {
    let from: Int
    let to: Int

    var turned: Ends { Ends(from: to, to: from) }

    static func < (left: Ends, right: Ends) -> Bool {
      left.from != right.from ? left.from < right.from : left.to < right.to
    }
  }

  /// The ends of the rows that were put on another chat, by number.
  private(set) var senders: [Int: Ends] = [:]

  private struct Saying: Hashable {
    let platform: String
    let text: String
  }

  /// From this many agreeing messages a chat is the same.
  private static let agreement = 2

  init(_ rows: [Row?]) {
    let weak = rows.compactMap { row in row.flatMap { $0.isWeak ? $0 : nil } }
    guard !weak.isEmpty else { return }
    let wanted = Set(weak.map { Saying(platform: $0.platform, text: $0.text) })
    var known: [Saying: [Row]] = [:]
    var halfKnown: [Saying: [Row]] = [:]
    for case .some(let row) in rows where !row.isAllWeak {
      let saying = Saying(platform: row.platform, text: row.text)
      guard wanted.contains(saying) else { continue }
      if row.isWeak {
        halfKnown[saying, default: []].append(row)
      } else {
        known[saying, default: []].append(row)
      }
    }
    var chats: [Ends: [Row]] = [:]
    for row in weak {
      chats[Ends(from: min(row.from, row.to), to: max(row.from, row.to)), default: []].append(row)
    }
    for (_, rows) in chats where !align(rows, known) {
      if rows.allSatisfy(\.isAllWeak) { align(rows, halfKnown) }
    }
  }

  /// Puts the rows of a chat on another, if there is one; says whether.
  @discardableResult
  private mutating func align(_ rows: [Row], _ said: [Saying: [Row]]) -> Bool {
    // For each way to read the chat's two names, the messages that agree with it.
    var votes: [Ends: Int] = [:]
    for row in rows {
      let near = NearRows.within(
        EventWindow.message(row.platform),
        of: row.at,
        in: said[Saying(platform: row.platform, text: row.text)] ?? [],
        time: \.at
      )
      let isForward = row.from < row.to
      var agreeing: Set<Ends> = []
      for other in near where other.sources.isDisjoint(with: row.sources) {
        let ends = Ends(from: other.from, to: other.to)
        guard row.agrees(with: other) else { continue }
        agreeing.insert(isForward ? ends : ends.turned)
      }
      for ends in agreeing { votes[ends, default: 0] += 1 }
    }
    let ranked = votes.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    guard let best = ranked.first, best.value >= Self.agreement,
      ranked.dropFirst().allSatisfy({ $0.value < best.value })
    else { return false }
    for row in rows { senders[row.number] = row.from < row.to ? best.key : best.key.turned }
    return true
  }
}
