internal import GraphCore

/// What speaks of sales by somebody who is seen to buy only, or of purchases by somebody who is seen to
/// sell only.
enum OtherHalf: Sendable, Hashable {
  /// Something speaks of it, or both halves are seen.
  case heard
  /// Circumstances only, which fit somebody with large needs as well.
  case suggested
  /// Nothing at all.
  case unheard
}

extension RoleEvidence.Background {
  /// Kinds of data that no single insider can look up.
  private static let broad = 3
  /// Half a step of the price ladder: nearer to those who resell than to the cheapest.
  private static let dear: Int64 = 500
  /// Kinds of data of which hardly anybody needs so many for himself.
  private static let manyKinds = 4
  /// People whose money came from somewhere else than the dealings that are seen.
  private static let severalPayers = 2
  /// Two doublings of what the quickest need: time enough to ask somebody else.
  private static let slow: Int64 = 2_000

  /// What speaks of the half of the trade that is not seen of a trader.
  ///
  /// Signs of sales: orders for others, dealings too few for a link, money from traders or, often, from
  /// others. Signs of purchases: orders that turn up elsewhere, dealings too few for a link, money to
  /// traders, several kinds of data, or prices above the cheapest. A phone in the case shows the dealings
  /// themselves, so that money from others, kinds and prices are no such signs, and dealings that are too
  /// few there for a link are a circumstance only.
  ///
  /// Further circumstances, of sales: many kinds bought, or several from more than one supplier, and money
  /// from several others on the own phone. Of purchases: answers that take four times as long as the
  /// quickest.
  func otherHalf(_ node: NodeID, _ role: Role, _ market: Market) -> OtherHalf {
    let party = market.parties[node.index]
    let isSeized = market.isSeized[node.index]
    switch role {
    case .customer where market.graph.outDegree(of: node) == 0:
      let isDoubtful = weakBuyers[party] != nil
      let isUnheard =
        gaps.below[party] == nil && gaps.relayed[party] == nil
        && (isSeized
          || (!isDoubtful && traderPayers[party] == nil && frequentPayers[party] == nil))
      guard isUnheard else { return .heard }
      let kinds = market.bought[node.index].nonzeroBitCount
      let isBroad = kinds >= Self.manyKinds
      let isSpread = kinds >= Self.broad && market.graph.inDegree(of: node) > 1
      let isPaid = isSeized && payers[party, default: 0] >= Self.severalPayers
      return isBroad || isSpread || isPaid || isDoubtful ? .suggested : .unheard
    case .source where market.graph.inDegree(of: node) == 0:
      let isPlain =
        market.supplied[node.index].nonzeroBitCount < Self.broad
        && (ladder.asks[party]?.thousandths ?? 0) < Self.dear
      let isDoubtful = weakSuppliers[party] != nil
      let isUnheard =
        gaps.above[party] == nil && gaps.relayed[party] == nil && traderPayees[party] == nil
        && (isSeized || (isPlain && !isDoubtful))
      guard isUnheard else { return .heard }
      let isSlow = pace.answers[party, default: 0] >= Self.slow
      return isSlow || isDoubtful ? .suggested : .unheard
    default: return .heard
    }
  }
}
