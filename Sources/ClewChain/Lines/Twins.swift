internal import ClewEvidence
internal import GraphCore

/// Traders who are so likely one person that they are in one line; they stay two parties all the same.
///
/// A pair counts from ``least`` on, in the score of possibly-same pairs (docs/identity.md). On invented
/// cases all pairs of traders above it were one person, and three quarters of those a point below. Of these
/// a pair counts where orders that the one took went on from the other (``OrderGaps``): nobody needs to
/// stand between them who is not seen.
struct Twins: Sendable {
  /// The twins of each node.
  private let twins: [NodeID: [NodeID]]

  /// The least score, in thousandths.
  private static let least = 4_000

  /// The least score of two of whom the one passes on what the other takes.
  private static let leastRelayed = 3_000
  /// From how many orders on he does.
  private static let relayedOrders = 3

  /// The pairs of parties that count.
  static func pairs(_ links: [SoftLink], _ gaps: OrderGaps = OrderGaps()) -> [CaseView.Pair] {
    func relayed(_ upper: Int, _ lower: Int) -> Int {
      gaps.paths[OrderGaps.Path(upper: upper, lower: lower)] ?? 0
    }
    return links.filter { link in
      let (one, other) = (link.first, link.second)
      if link.score >= least { return true }
      return link.score >= leastRelayed
        && max(relayed(one, other), relayed(other, one)) >= relayedOrders
    }
    .map { CaseView.Pair($0.first, $0.second) }.sorted()
  }

  init(_ pairs: [CaseView.Pair], _ market: Market) {
    var twins: [NodeID: [NodeID]] = [:]
    for pair in pairs {
      guard let low = market.node(of: pair.low), let high = market.node(of: pair.high) else {
        continue
      }
      twins[low, default: []].append(high)
      twins[high, default: []].append(low)
    }
    self.twins = twins
  }

  /// The twins of a node, ascending; mostly none.
  subscript(node: NodeID) -> [NodeID] { twins[node] ?? [] }
}
