internal import Foundation
internal import GraphCore

/// How far the evidence makes each trader what it is: a belief in every state, by relaxation.
///
/// Each round every trader weighs its own evidence and what its neighbours are believed to be; the new
/// belief is half the old one, so that neighbours do not talk each other back and forth. The number of
/// rounds is fixed. Beliefs are whole millionths: the sums between them are exact, and the only
/// floating point, the exponential, is rounded before it decides anything.
///
/// - Complexity: O(*n* + *m*) for *n* traders and *m* links.
struct RoleBeliefs: Sendable {
  /// The beliefs of each node, in millionths, by state.
  private(set) var beliefs: [[Int64]]
  /// The log-odds of each node from its own evidence, in thousandths, by state.
  let own: [[Int64]]
  /// What its neighbours add to them at the end, in thousandths, by state.
  private(set) var around: [[Int64]]

  static let whole: Int64 = 1_000_000
  private static let rounds = 12
  private static let states = TraderState.allCases.count

  /// One link as the relaxation walks it.
  struct Bond: Sendable {
    let supplier: Int
    let buyer: Int
    let tie: Int
    /// Whether it carries at least a third of what the buyer's strongest link carries.
    let isMain: Bool
  }

  private let model: RoleModel

  init(
    _ market: Market,
    _ ruled: RuledStructure,
    _ evidence: RoleEvidence,
    _ model: RoleModel
  ) {
    self.model = model
    own = evidence.features.indices.map { node in
      Self.proven(node, ruled) ?? Self.own(node, evidence, model)
    }
    beliefs = own.map(Self.normalized)
    around = own.map { $0.map { _ in 0 } }
    let bonds = Self.bonds(market)
    let graph = market.graph
    let fromAbove = graph.nodes.map { Self.damping(graph.inDegree(of: $0)) }
    let fromBelow = graph.nodes.map { Self.damping(graph.outDegree(of: $0)) }
    for _ in 0..<Self.rounds {
      var odds = own
      for bond in bonds {
        for state in 0..<Self.states {
          odds[bond.buyer][state] +=
            said(bond, ofBuyer: state) * fromAbove[bond.buyer] / 1000
          odds[bond.supplier][state] +=
            said(bond, ofSupplier: state) * fromBelow[bond.supplier] / 1000
        }
      }
      for node in odds.indices {
        around[node] = zip(odds[node], own[node]).map { $0 - $1 }
        let next = Self.normalized(odds[node])
        for state in 0..<Self.states {
          beliefs[node][state] = (beliefs[node][state] + next[state]) / 2
        }
      }
    }
  }

  private func said(_ bond: Bond, ofBuyer state: Int) -> Int64 {
    var sum: Int64 = 0
    for other in 0..<Self.states {
      sum += beliefs[bond.supplier][other] * model.ties[bond.tie][other][state]
    }
    return sum / Self.whole
  }

  private func said(_ bond: Bond, ofSupplier state: Int) -> Int64 {
    var sum: Int64 = 0
    for other in 0..<Self.states {
      sum += beliefs[bond.buyer][other] * model.ties[bond.tie][state][other]
    }
    return sum / Self.whole
  }

  /// Many neighbours say the same: their word counts with the square root of their number.
  private static func damping(_ degree: Int) -> Int64 {
    degree == 0 ? 1000 : Int64((1000 / Double(degree).squareRoot()).rounded())
  }

  /// What whole evidence shows is beyond what anything else could say.
  private static func proven(_ node: Int, _ ruled: RuledStructure) -> [Int64]? {
    guard ruled.isProven[node] else { return nil }
    if ruled.roles[node] == .customer {
      return TraderState.allCases.map { $0 == .customer ? beyond : 0 }
    }
    guard let tier = ruled.tiers[node] else { return nil }
    return TraderState.allCases.map { $0.tier == min(tier, 4) ? beyond : 0 }
  }

  /// Log-odds that no sum of weights reaches.
  private static let beyond: Int64 = 1_000_000_000

  private static func own(_ node: Int, _ evidence: RoleEvidence, _ model: RoleModel) -> [Int64] {
    var odds = TraderState.allCases.indices.map { state in
      -model.asks * evidence.asks[node][state] / 1000
        - model.pays * evidence.pays[node][state] / 1000
    }
    for (feature, value) in evidence.features[node] {
      let weights = model.features[evidence.views[node].place][feature.place]
      for state in odds.indices { odds[state] += weights[state] * value / 1000 }
    }
    return odds
  }

  /// The links of a market with their ties.
  static func bonds(_ market: Market) -> [Bond] {
    let graph = market.graph
    return graph.nodes.flatMap { node in
      let edges = graph.inEdges(of: node)
      let strongest = edges.map(\.weight).max() ?? 0
      return edges.map { edge in
        let isMutual = graph.edge(from: node, to: edge.source) != nil
        let isMain = edge.weight >= (strongest - 1) / 3 + 1
        let tie: RoleModel.Tie = isMutual ? .mutual : isMain ? .main : .minor
        return Bond(
          supplier: edge.source.index,
          buyer: node.index,
          tie: RoleModel.Tie.allCases.firstIndex(of: tie) ?? 0,
          isMain: isMain
        )
      }
    }
  }

  /// Log-odds in thousandths to shares in millionths.
  static func normalized(_ odds: [Int64]) -> [Int64] {
    let highest = odds.max() ?? 0
    let weights = odds.map { exp(Double($0 - highest) / 1000) }
    let sum = weights.reduce(0, +)
    return weights.map { Int64(($0 / sum * Double(whole)).rounded()) }
  }
}
