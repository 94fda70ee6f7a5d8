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
  /// Eight times as likely.
  private static let leastBits: Int64 = 3

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
  /// other (three quarters of the known members) or to the two alone. There must be at least three such
  /// memberships, in two groups, or four, and it must be ``leastBits`` bits more likely that the groups
  /// are those of one line (``GroupMixture``). It must not be one branch of either line alone that brings
  /// them together (``LineBranches``).
  ///
  /// - Complexity: O(*p* *k*) for *k* memberships and *p* pairs of lines that share enough of them.
  func partners(_ lines: [Int?], _ branches: LineBranches) -> [LineLeaders.Pair] {
    var all: [Int: Int] = [:]
    var memberships: [LineLeaders.Pair: Int] = [:]
    var together: [LineLeaders.Pair: Int] = [:]
    let counted = groups.map { Self.counts($0, lines) }
    func add(_ line: Int, with other: Int, _ count: Int) {
      let pair = LineLeaders.Pair(line, other)
      all[line, default: 0] += count
      memberships[pair, default: 0] += count
      together[pair, default: 0] += 1
    }
    for counts in counted {
      let known = counts.values.reduce(0, +)
      let two = Self.firstTwo(counts)
      guard known >= Self.leastKnown, let first = two.first else { continue }
      if Self.isNearlyAll(first.count, of: known) {
        all[first.line, default: 0] += first.count
        for (line, count) in counts where line != first.line { add(line, with: first.line, count) }
      } else if let second = two.last, Self.isNearlyAll(first.count + second.count, of: known) {
        add(first.line, with: second.line, first.count)
        add(second.line, with: first.line, second.count)
      }
    }
    return memberships.keys.sorted().filter { pair in
      let count = memberships[pair] ?? 0
      return count >= Self.leastMemberships && 3 * count >= 2 * (all[pair.one] ?? 0)
        && (count >= Self.manyMemberships || (together[pair] ?? 0) > 1)
        && Self.mixture(of: pair, counted).bits >= Self.leastBits
        && !branches.isOneBranch(parted(pair.one, pair.other, lines, counted))
        && !branches.isOneBranch(parted(pair.other, pair.one, lines, counted))
    }
  }

  /// The members of a line in each group that is no hall, and how many of another line are there.
  private func parted(
    _ line: Int,
    _ other: Int,
    _ lines: [Int?],
    _ counted: [[Int: Int]]
  ) -> [(members: [NodeID], others: Int)] {
    zip(groups, counted).compactMap { members, counts in
      guard counts[line] != nil, Self.isNoHall(counts) else { return nil }
      return (members.filter { lines[$0.index] == line }, counts[other] ?? 0)
    }
  }

  /// How the people of two lines sit in the groups that are no halls: in which two lines, these or others,
  /// have nearly all members.
  private static func mixture(
    of pair: LineLeaders.Pair,
    _ counted: [[Int: Int]]
  ) -> GroupMixture {
    GroupMixture(
      counted.compactMap { counts in
        let (one, other) = (counts[pair.one] ?? 0, counts[pair.other] ?? 0)
        return one + other > 0 && isNoHall(counts) ? (one, other) : nil
      }
    )
  }

  /// Whether two or more are known of a group and nearly all of them are of two lines.
  private static func isNoHall(_ counts: [Int: Int]) -> Bool {
    let known = counts.values.reduce(0, +)
    return known > 1 && isNearlyAll(firstTwo(counts).reduce(0) { $0 + $1.count }, of: known)
  }

  /// How many members of a group are known to be of each line.
  private static func counts(_ members: [NodeID], _ lines: [Int?]) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for member in members { if let line = lines[member.index] { counts[line, default: 0] += 1 } }
    return counts
  }

  private static func isNearlyAll(_ count: Int, of known: Int) -> Bool { 4 * count >= 3 * known }

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
