internal import GraphCore

/// One thing that speaks for or against the role that a party was given.
public struct RoleSign: Sendable, Hashable {
  /// What tells.
  public enum Kind: Sendable, Hashable {
    /// A feature of the party itself, with its value in thousandths.
    case feature(RoleFeature, Int64)
    /// What it asks its buyers: steps above the cheapest, in thousandths.
    case asks(Int64)
    /// What it pays its suppliers: steps above the cheapest, in thousandths.
    case pays(Int64)
    /// What its suppliers and buyers are believed to be.
    case neighbours
  }

  /// What tells.
  public let kind: Kind
  /// What it adds to the log-odds of the role against the mean of the other ones, in thousandths of
  /// a natural logarithm; negative when it speaks against.
  public let points: Int64
}

extension ChainStructure {
  /// What spoke for and against the role of a node, against the mean of the other roles; the
  /// weightiest first.
  func signs(
    of node: NodeID,
    _ background: RoleEvidence.Background,
    _ model: RoleModel
  ) -> [RoleSign] {
    // Where whole evidence decides, nothing was weighed.
    guard let beliefs, !ruled.isProven[node.index] else { return [] }
    let belief = beliefs.beliefs[node.index]
    let states = TraderState.allCases
    let likeliest = states.indices.sorted { belief[$0] > belief[$1] }
    let mine = likeliest.first { states[$0].role == roles[node.index] } ?? likeliest[0]
    let others = states.indices.filter { states[$0].role != states[mine].role }
    func points(_ odds: [Int64]) -> Int64 {
      odds[mine] - others.reduce(Int64(0)) { $0 + odds[$1] } / Int64(max(1, others.count))
    }
    let weights = model.features[evidence.views[node.index].place]
    var asks = evidence.asks[node.index].map { -model.asks * $0 / 1000 }
    var pays = evidence.pays[node.index].map { -model.pays * $0 / 1000 }
    var signs: [RoleSign] = []
    for (feature, value) in evidence.features[node.index] {
      let odds = weights[feature.place].map { $0 * value / 1000 }
      switch feature {
      case .asksKnown, .asksLevel, .asksSquare: asks = zip(asks, odds).map { $0 + $1 }
      case .paysKnown, .paysLevel, .paysSquare: pays = zip(pays, odds).map { $0 + $1 }
      default: signs.append(RoleSign(kind: .feature(feature, value), points: points(odds)))
      }
    }
    let party = market.parties[node.index]
    if let level = background.ladder.asks[party] {
      signs.append(RoleSign(kind: .asks(level.thousandths), points: points(asks)))
    }
    if let level = background.ladder.pays[party] {
      signs.append(RoleSign(kind: .pays(level.thousandths), points: points(pays)))
    }
    signs.append(RoleSign(kind: .neighbours, points: points(beliefs.around[node.index])))
    return signs.filter { $0.points != 0 }.sorted { $0.points.magnitude > $1.points.magnitude }
  }
}
