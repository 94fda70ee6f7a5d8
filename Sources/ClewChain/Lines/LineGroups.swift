internal import GraphCore

/// What group chats say of lines: whose group it is, and which principals share their groups.
///
/// A group speaks for a line when at least two thirds of its members whose line is known, the listener
/// left out, are in that one: groups of friends and halls where everybody exchanges speak for none. A
/// principal counts ``leader`` times, because who leads the people of a group matters more than who
/// joined it. Sources are not asked; they serve several lines.
struct LineGroups: Sendable {
  /// The members of each group who trade and are no sources.
  private let groups: [[NodeID]]

  /// How many members, weighed, must be known before a group speaks.
  private static let leastKnown = 3
  private static let leader = 3
  /// Memberships by which a principal's people join another's.
  private static let leastMemberships = 3
  /// As many in one group are enough; fewer must be in two.
  private static let manyMemberships = 4

  init(_ groups: [[Int]], _ market: Market, _ roles: [Role]) {
    self.groups = groups.map { members in
      members.compactMap(market.node(of:)).filter { roles[$0.index] != .source }
    }
    .filter { $0.count > 1 }
  }

  var isEmpty: Bool { groups.isEmpty }

  /// For how many groups each line is spoken for, by listener.
  ///
  /// - Complexity: O(*k*) for *k* memberships, and for each those lines that two thirds of a group are
  ///   of, at most one.
  func votes(_ lines: [Int?], isLeader: (NodeID) -> Bool) -> [Int: [Int: Int64]] {
    var votes: [Int: [Int: Int64]] = [:]
    for members in groups {
      var counts: [Int: Int] = [:]
      func weight(_ member: NodeID) -> Int {
        lines[member.index] == nil ? 0 : isLeader(member) ? Self.leader : 1
      }
      for member in members {
        if let line = lines[member.index] { counts[line, default: 0] += weight(member) }
      }
      let known = counts.values.reduce(0, +)
      // Without the listener the second line can come first, never a third.
      let candidates = Self.firstTwo(counts)
      for member in members {
        let own = weight(member)
        let others = known - own
        guard others >= Self.leastKnown else { continue }
        for (line, count) in candidates {
          let without = count - (lines[member.index] == line ? own : 0)
          if 3 * without >= 2 * others {
            votes[member.index, default: [:]][line, default: 0] += 1
            break
          }
        }
      }
    }
    return votes
  }

  /// The lines whose people sit in the same groups, so that their principals lead one line.
  ///
  /// A line is joined to another when two thirds of its memberships are in groups that belong to the
  /// other (three quarters of the known members) or to the two alone, a quarter at least each. There
  /// must be at least three such memberships, in two groups, or four.
  func partners(_ lines: [Int?]) -> [LineLeaders.Pair] {
    var all: [Int: Int] = [:]
    var memberships: [LineLeaders.Pair: Int] = [:]
    var together: [LineLeaders.Pair: Int] = [:]
    func add(_ line: Int, with other: Int, _ count: Int) {
      let pair = LineLeaders.Pair(line, other)
      all[line, default: 0] += count
      memberships[pair, default: 0] += count
      together[pair, default: 0] += 1
    }
    for members in groups {
      var counts: [Int: Int] = [:]
      for member in members { if let line = lines[member.index] { counts[line, default: 0] += 1 } }
      let known = counts.values.reduce(0, +)
      let two = Self.firstTwo(counts)
      guard known >= Self.leastKnown, let first = two.first else { continue }
      if 4 * first.count >= 3 * known {
        all[first.line, default: 0] += first.count
        for (line, count) in counts where line != first.line { add(line, with: first.line, count) }
      } else if let second = two.last, 4 * (first.count + second.count) >= 3 * known {
        add(first.line, with: second.line, first.count)
        add(second.line, with: first.line, second.count)
      }
    }
    return memberships.keys.sorted().filter { pair in
      let count = memberships[pair] ?? 0
      return count >= Self.leastMemberships && 3 * count >= 2 * (all[pair.one] ?? 0)
        && (count >= Self.manyMemberships || (together[pair] ?? 0) > 1)
    }
  }

  /// The two lines with most members, the first of equals first.
  private static func firstTwo(_ counts: [Int: Int]) -> [(line: Int, count: Int)] {
    var best: [(line: Int, count: Int)] = []
    for (line, count) in counts.sorted(by: { $0.key < $1.key }) {
      let place = best.firstIndex { $0.count < count } ?? best.count
      best.insert((line, count), at: place)
      if best.count > 2 { best.removeLast() }
    }
    return best
  }
}
