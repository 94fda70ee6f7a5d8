internal import ClewEvidence
internal import GraphCore

/// Traders who are so likely one person that they are in one line; they stay two parties all the same.
///
/// A pair counts from ``least`` on, in the score of possibly-same pairs (docs/identity.md). On invented
/// cases all pairs of traders above it were one person, and three quarters of those a point below.
struct Twins: Sendable {
  /// The twins of each node.
  private let twins: [NodeID: [NodeID]]

  /// The least score, in thousandths.
  private static let least = 4_000

  /// The pairs of parties that count.
  static func pairs(_ links: [SoftLink]) -> [CaseView.Pair] {
    links.filter { $0.score >= least }.map { CaseView.Pair($0.first, $0.second) }.sorted()
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
