internal import GraphCore

/// The branch of each trader below the head of his line: whom of the head's buyers his goods came over.
///
/// An agent who once belonged to another line may still sit in its group chats, and all his people with
/// him. That makes one line of two no more than a single visitor does.
struct LineBranches: Sendable {
  /// The node at the top of the branch of each node; itself where it leads or has no main supplier.
  private let top: [Int]

  /// Memberships of a line in groups of its own, by which it stands without the branch.
  private static let leastOwn = 4

  /// - Parameters:
  ///   - order: Everybody but leaders and sources, from the top tier down.
  ///   - main: The main supplier of each node on a higher tier, if any.
  ///   - isLeader: Who leads a line.
  init(_ order: [NodeID], main: [NodeID?], isLeader: [Bool]) {
    var top = Array(main.indices)
    var isDone = isLeader
    for node in order {
      if let supplier = main[node.index], !isLeader[supplier.index], isDone[supplier.index] {
        top[node.index] = top[supplier.index]
      }
      isDone[node.index] = true
    }
    self.top = top
  }

  /// Whether one branch alone brings a line together with another.
  ///
  /// Nine in ten of its memberships in groups of both are of that branch, and the others have groups of
  /// their own.
  ///
  /// - Parameter groups: The groups that are no halls: those of the line's people who are in each, and how
  ///   many of the other line are.
  /// - Returns: `false` too where no group is shared.
  /// - Complexity: O(*k*) for *k* memberships.
  func isOneBranch(_ groups: [(members: [NodeID], others: Int)]) -> Bool {
    var shared: [Int: Int] = [:]
    var own: [Int: Int] = [:]
    for group in groups {
      let isShared = group.others > 1 || (group.others == 1 && group.members.count == 1)
      for member in group.members {
        if isShared {
          shared[top[member.index], default: 0] += 1
        } else {
          own[top[member.index], default: 0] += 1
        }
      }
    }
    let all = shared.values.reduce(0, +)
    guard
      let most = shared.max(by: { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key })
    else { return false }
    let others = own.reduce(0) { $0 + ($1.key == most.key ? 0 : $1.value) }
    return 10 * most.value >= 9 * all && others >= Self.leastOwn
  }
}
