internal import GraphCore

/// What the role model saw of a case, for fitting its weights where the truth is known.
package struct RoleSamples: Sendable {
  /// What it saw of one trader.
  package struct Trader: Sendable {
    /// The place in ``ChainAnalysis/parties``.
    package let party: Int
    /// From which side it is seen.
    package let view: String
    /// Whether the rule's answer rests on whole evidence.
    package let isProven: Bool
    /// What speaks of the half of the trade that is not seen of it: heard, suggested or unheard.
    package let otherHalf: String
    /// What the rules say: a role and a tier.
    package let ruled: String
    /// The features that are not 0, in thousandths.
    package let features: [(name: String, thousandths: Int64)]
    /// How badly each state fits the prices asked.
    package let asks: [Int64]
    /// How badly each state fits the prices paid.
    package let pays: [Int64]
    /// The belief in each state, in millionths.
    package let beliefs: [Int64]
  }

  /// The states, in the order of every list of ``Trader``.
  package let states: [String]
  /// The traders.
  package let traders: [Trader]
  /// The links, by places in ``traders``, and the ties by which they bind.
  package let bonds: [(supplier: Int, buyer: Int, tie: String)]

  init(_ structure: ChainStructure) {
    states = TraderState.allCases.map(\.rawValue)
    traders = structure.market.graph.nodes.map { node in
      Trader(
        party: structure.market.parties[node.index],
        view: structure.evidence.views[node.index].rawValue,
        isProven: structure.ruled.isProven[node.index],
        otherHalf: "\(structure.ruled.otherHalves[node.index])",
        ruled: structure.ruled.roles[node.index].rawValue
          + (structure.ruled.tiers[node.index].map { " \($0)" } ?? ""),
        features: structure.evidence.features[node.index].map {
          ($0.feature.rawValue, $0.thousandths)
        },
        asks: structure.evidence.asks[node.index],
        pays: structure.evidence.pays[node.index],
        beliefs: structure.beliefs?.beliefs[node.index] ?? []
      )
    }
    bonds = RoleBeliefs.bonds(structure.market).map {
      ($0.supplier, $0.buyer, RoleModel.Tie.allCases[$0.tie].rawValue)
    }
  }
}
