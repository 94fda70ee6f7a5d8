internal import Foundation
internal import GraphCore

/// The evidence on the role of every trader of a market, ready to be weighed.
struct RoleEvidence: Sendable {
  /// The features of each node that are not 0, in thousandths, in the order of the features.
  private(set) var features: [[(feature: RoleFeature, thousandths: Int64)]]
  /// How badly each state fits the prices that the node asks, in thousandths.
  private(set) var asks: [[Int64]]
  /// How badly each state fits the prices that the node pays, in thousandths.
  private(set) var pays: [[Int64]]

  /// What is known beside the links, by party.
  struct Background: Sendable {
    var ladder = PriceLadder()
    var gaps = OrderGaps()
    /// How many people without a link to it pay a party.
    var payers: [Int: Int] = [:]
    /// How many of them at least three times.
    var frequentPayers: [Int: Int] = [:]
    /// How many people without a link to it a party pays.
    var payees: [Int: Int] = [:]
    var calledSupplier: Set<Int> = []
    var calledBuyer: Set<Int> = []
    /// The members of each group that are parties, ascending.
    var groups: [[Int]] = []

    init() {}

    init(_ clues: SupplyClues, _ view: CaseView, links: Set<Direction>) {
      ladder = PriceLadder(clues.prices, links: links)
      gaps = OrderGaps(clues.passedOn)
      for (direction, flow) in clues.flows
      where !links.contains(direction)
        && !links.contains(Direction(direction.buyer, direction.supplier))
      {
        payers[direction.supplier, default: 0] += 1
        if flow.count >= Self.often { frequentPayers[direction.supplier, default: 0] += 1 }
        payees[direction.buyer, default: 0] += 1
      }
      for label in view.labels where label.isResale {
        calledSupplier.insert(label.supplier)
        calledBuyer.insert(label.buyer)
      }
      groups = view.groups.keys.sorted().map { (view.groups[$0] ?? []).sorted() }
    }

    private static let often = 3
  }

  private static let whole: Int64 = 1000
  /// A level that is off by two steps or more is simply wrong.
  private static let mostSteps: Int64 = 2_000
  /// More prices than this say no more.
  private static let manyPrices = 4

  init(_ market: Market, _ rules: RuledStructure, _ background: Background) {
    let graph = market.graph
    features = []
    asks = []
    pays = []
    for node in graph.nodes {
      let party = market.parties[node.index]
      features.append(Self.features(of: node, party, market, rules, background))
      asks.append(Self.misfit(background.ladder.asks[party], steps: 0))
      pays.append(Self.misfit(background.ladder.pays[party], steps: 1))
    }
  }

  private static func features(
    of node: NodeID,
    _ party: Int,
    _ market: Market,
    _ rules: RuledStructure,
    _ background: Background
  ) -> [(feature: RoleFeature, thousandths: Int64)] {
    let graph = market.graph
    let isSeized = market.isSeized[node.index]
    let (sells, buys) = (graph.outEdges(of: node), graph.inEdges(of: node))
    let reselling = sells.count { graph.outDegree(of: $0.target) > 0 }
    let bought = buys.reduce(Int64(0)) { $0.addingClamped($1.weight) }
    let kinds = market.supplied[node.index].nonzeroBitCount
    var values: [(feature: RoleFeature, thousandths: Int64)] = ruled(node, rules, isSeized).map {
      ($0, whole)
    }
    func add(_ feature: RoleFeature, _ count: Int) {
      if count > 0 { values.append((feature, logarithm(Int64(count)))) }
    }
    add(.buyers, sells.count)
    add(.suppliers, buys.count)
    add(.resellingBuyers, reselling)
    add(.sales, Int(clamping: sells.reduce(Int64(0)) { $0.addingClamped($1.weight) }))
    add(.purchases, Int(clamping: bought))
    if !isSeized { add(.purchasesUnseen, Int(clamping: bought)) }
    add(.kindsSold, kinds)
    add(.kindsBought, market.bought[node.index].nonzeroBitCount)
    if buys.isEmpty { add(.kindsSoldUnsupplied, kinds) }
    add(.relayed, min(highCount, background.gaps.relayed[party] ?? 0))
    add(.orderedForOthers, min(highCount, background.gaps.below[party] ?? 0))
    add(.orderedOnElsewhere, min(highCount, background.gaps.above[party] ?? 0))
    if !isSeized {
      add(.otherPayers, background.payers[party] ?? 0)
      add(.otherFrequentPayers, background.frequentPayers[party] ?? 0)
      add(.otherPayees, background.payees[party] ?? 0)
    }
    if background.calledSupplier.contains(party) { values.append((.calledSupplier, whole)) }
    if background.calledBuyer.contains(party) { values.append((.calledBuyer, whole)) }
    return values
  }

  /// More relayed targets than this say no more.
  private static let highCount = 7

  private static func ruled(
    _ node: NodeID,
    _ rules: RuledStructure,
    _ isSeized: Bool
  ) -> [RoleFeature] {
    switch (rules.roles[node.index], rules.rules[node.index]) {
    case (.source, _): isSeized ? [.ruleSource, .ruleSourceSeized] : [.ruleSource]
    case (.firstLevelAgent, .broadWithoutSuppliers): [.ruleBroad]
    case (.firstLevelAgent, _): [.rulePrincipal]
    case (.secondLevelAgent, _): [.ruleSecond]
    case (.subAgent, _): [.ruleSub]
    case (.customer, _): isSeized ? [.ruleCustomer, .ruleCustomerSeized] : [.ruleCustomer]
    case (_, .thinSupplier): [.ruleThin]
    default: [.ruleUnplaced]
    }
  }

  /// The binary logarithm of one more, in thousandths.
  static func logarithm(_ count: Int64) -> Int64 {
    Int64((log2(Double(count.addingClamped(1))) * Double(whole)).rounded())
  }

  /// How far the price level of each state lies from the one that is seen, squared, in thousandths;
  /// more prices weigh more.
  private static func misfit(_ level: PriceLadder.Level?, steps below: Int64) -> [Int64] {
    guard let level else { return [Int64](repeating: 0, count: TraderState.allCases.count) }
    let weight = Int64(
      (Double(min(level.prices, manyPrices)).squareRoot() * Double(whole)).rounded()
    )
    return TraderState.allCases.map { state in
      guard let tier = state.tier else { return 0 }
      let apart = level.thousandths - (Int64(tier) - below) * whole
      // The last state stands for every tier below it.
      let off = min(mostSteps, state == .tier4 ? max(0, -apart) : apart.magnitude.clampedInt64)
      return off * off / whole * weight / whole
    }
  }
}

extension UInt64 {
  fileprivate var clampedInt64: Int64 { Int64(clamping: self) }
}
