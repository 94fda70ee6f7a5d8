internal import GraphCore

/// Which line a trader's group chats speak for.
///
/// A group speaks for a line when at least ``leastMembers`` of its members are in lines and two thirds of
/// these in that one: groups of friends and halls where everybody exchanges speak for none. The voter's
/// own line does not count. Each group that speaks has one vote; a tie gives none.
struct GroupVotes: Sendable {
  private var votes: [Int: Int] = [:]

  private static let leastMembers = 3

  init() {}

  /// Hears the groups: the members of each, as parties, and the line of each node before they speak.
  init(_ groups: [[Int]], _ market: Market, _ lines: [Int?]) {
    var heard: [Int: [Int: Int]] = [:]
    for group in groups {
      let members = group.compactMap(market.node(of:))
      var counts: [Int: Int] = [:]
      for member in members { if let line = lines[member.index] { counts[line, default: 0] += 1 } }
      let total = counts.values.reduce(0, +)
      for member in members {
        let own = lines[member.index]
        let others = total - (own == nil ? 0 : 1)
        guard others >= Self.leastMembers else { continue }
        // Two thirds can be one line's only.
        let line = counts.first { line, count in
          3 * (count - (line == own ? 1 : 0)) >= 2 * others
        }?.key
        if let line { heard[member.index, default: [:]][line, default: 0] += 1 }
      }
    }
    for (node, counts) in heard {
      let most = counts.values.max() ?? 0
      let winners = counts.filter { $0.value == most }
      if winners.count == 1, let line = winners.keys.first { votes[node] = line }
    }
  }

  /// The line that a node's groups speak for, if they agree.
  func line(of node: NodeID) -> Int? { votes[node.index] }
}
