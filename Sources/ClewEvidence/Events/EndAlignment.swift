/// Finds whose log it is that does not tell its owner, by the calls or short messages that others
/// hold, too.
///
/// At least two rows must agree with rows of other sources in which one known party stands where the
/// log's owner stands, and no other party may agree as often. It tells rows of one event together and
/// nothing else: no account is merged by it.
struct EndAlignment {
  /// One row: who, to whom, when.
  struct Row {
    var from: Int
    var to: Int
    var isFromWeak: Bool
    var isToWeak: Bool
    /// The channel or platform; rows of different ones never agree.
    let channel: String
    let at: Int64?
    let sources: SourceSet
  }

  private struct Vote: Hashable {
    let owner: Int
    let party: Int
  }

  /// How far apart two rows may be dated, in milliseconds.
  let window: Int64

  /// From this many agreeing rows a log is a party's.
  private static let agreement = 2

  /// Puts the known party in the place of each owner that is found.
  ///
  /// - Parameters:
  ///   - rows: The rows in order of time.
  ///   - fits: Whether two rows, by place, may tell of one event, whoever their ends are.
  func align(_ rows: inout [Row], fits: (Int, Int) -> Bool) {
    guard rows.contains(where: { $0.isFromWeak || $0.isToWeak }) else { return }
    // What the first round finds lets the second find more.
    for _ in 0..<2 {
      let parties = owners(rows, fits)
      guard !parties.isEmpty else { return }
      for place in rows.indices {
        if rows[place].isFromWeak, let party = parties[rows[place].from] {
          (rows[place].from, rows[place].isFromWeak) = (party, false)
        }
        if rows[place].isToWeak, let party = parties[rows[place].to] {
          (rows[place].to, rows[place].isToWeak) = (party, false)
        }
      }
    }
  }

  private func owners(_ rows: [Row], _ fits: (Int, Int) -> Bool) -> [Int: Int] {
    var byChannel: [String: [(place: Int, at: Int64)]] = [:]
    for (place, row) in rows.enumerated() {
      if let at = row.at { byChannel[row.channel, default: []].append((place, at)) }
    }
    var votes: [Int: [Int: Int]] = [:]
    for all in byChannel.values {
      for (place, at) in all where rows[place].isFromWeak != rows[place].isToWeak {
        var found: Set<Vote> = []
        for (other, _) in NearRows.within(window, of: at, in: all, time: \.at) {
          guard rows[place].sources.isDisjoint(with: rows[other].sources),
            let vote = Self.vote(rows[place], rows[other]), fits(place, other)
          else { continue }
          found.insert(vote)
        }
        for vote in found { votes[vote.owner, default: [:]][vote.party, default: 0] += 1 }
      }
    }
    return votes.compactMapValues { votes in
      let most = votes.values.max() ?? 0
      let best = votes.filter { $0.value == most }
      return most >= Self.agreement && best.count == 1 ? best.first?.key : nil
    }
  }

  /// Who the unknown end of `row` is if both tell of one event; the known end must not contradict.
  private static func vote(_ row: Row, _ other: Row) -> Vote? {
    if row.isFromWeak {
      guard !other.isFromWeak, other.isToWeak || other.to == row.to, other.from != row.to else {
        return nil
      }
      return Vote(owner: row.from, party: other.from)
    }
    guard !other.isToWeak, other.isFromWeak || other.from == row.from, other.to != row.from else {
      return nil
    }
    return Vote(owner: row.to, party: other.to)
  }
}
