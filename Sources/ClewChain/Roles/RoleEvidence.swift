internal import Foundation
internal import GraphCore

/// The evidence on the role of every trader of a market, ready to be weighed.
struct RoleEvidence: Sendable {
  /// The features of each node that are not 0, in thousandths, in the order of the features.
  private(set) var features: [[(feature: RoleFeature, thousandths: Int64)]]
  /// From which side each node is seen.
  private(set) var views: [RoleView]
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
    /// Parties that are very likely one person.
    var twins: [CaseView.Pair] = []
    /// How many show signs of buying from a party that are too few for a link.
    var weakBuyers: [Int: Int] = [:]
    /// How many show signs of supplying it that are too few for a link.
    var weakSuppliers: [Int: Int] = [:]
    /// How many traders without a link to it pay a party.
    var traderPayers: [Int: Int] = [:]
    /// How many traders without a link to it a party pays.
    var traderPayees: [Int: Int] = [:]
    /// How often the buyer of each direction paid its supplier, of traders without a link.
    var paid: [Direction: Int] = [:]
    var pace = AnswerPace()
    /// From the first to the last purchase, in weeks.
    var weeksBuying: [Int: Int] = [:]
    /// When the first of each link happened, in milliseconds since 1970, where that is known.
    var beginnings: [Direction: Int64] = [:]

    init() {}

    init(_ supply: SupplyProjection, _ view: CaseView) {
      let clues = supply.clues
      let links = Set(supply.links.map { Direction($0.supplier, $0.buyer) })
      let traders = Set(supply.links.flatMap { [$0.supplier, $0.buyer] })
      noteWeak(supply.weak, links)
      noteSpans(supply.links)
      pace = AnswerPace(clues.answers, links: links)
      for link in supply.links {
        beginnings[Direction(link.supplier, link.buyer)] = link.span?.lowerBound
      }
      ladder = PriceLadder(clues.prices, links: links)
      gaps = OrderGaps(clues.passedOn)
      for (direction, flow) in clues.flows
      where !links.contains(direction)
        && !links.contains(Direction(direction.buyer, direction.supplier))
      {
        payers[direction.supplier, default: 0] += 1
        if flow.count >= Self.often { frequentPayers[direction.supplier, default: 0] += 1 }
        payees[direction.buyer, default: 0] += 1
        if traders.contains(direction.buyer) { traderPayers[direction.supplier, default: 0] += 1 }
        if traders.contains(direction.supplier) { traderPayees[direction.buyer, default: 0] += 1 }
        if traders.contains(direction.buyer), traders.contains(direction.supplier) {
          paid[direction] = flow.count
        }
      }
      for label in view.labels where label.isResale {
        calledSupplier.insert(label.supplier)
        calledBuyer.insert(label.buyer)
      }
      groups = view.groups.keys.sorted().map { (view.groups[$0] ?? []).sorted() }
      twins = Twins.pairs(view.possiblySame, gaps)
    }

    /// Orders and deliveries between people without a link; labels, offers and money alone do not count.
    private mutating func noteWeak(_ weak: [SupplyLink], _ links: Set<Direction>) {
      for link in weak
      where !link.kinds.isDisjoint(with: [.payload, .delivery, .order])
        && !links.contains(Direction(link.supplier, link.buyer))
        && !links.contains(Direction(link.buyer, link.supplier))
      {
        weakBuyers[link.supplier, default: 0] += 1
        weakSuppliers[link.buyer, default: 0] += 1
      }
    }

    private mutating func noteSpans(_ links: [SupplyLink]) {
      var spans: [Int: ClosedRange<Int64>] = [:]
      for link in links {
        guard let span = link.span else { continue }
        let old = spans[link.buyer] ?? span
        spans[link.buyer] =
          min(old.lowerBound, span.lowerBound)...max(old.upperBound, span.upperBound)
      }
      weeksBuying = spans.mapValues {
        Int(clamping: $0.upperBound.subtractingClamped($0.lowerBound) / Self.week)
      }
    }

    private static let week: Int64 = 7 * 86_400_000
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
    views = []
    asks = []
    pays = []
    let below = market.stepsBelow(limit: Self.deepest)
    let groups = Self.sellerGroups(market, background)
    for node in graph.nodes {
      let party = market.parties[node.index]
      var values = Self.features(of: node, party, market, rules, background)
      values += Self.prices(background.ladder.asks[party], .asksKnown, .asksLevel, .asksSquare)
      values += Self.prices(background.ladder.pays[party], .paysKnown, .paysLevel, .paysSquare)
      if below[node.index] > 0 {
        values.append((.stepsBelow, Int64(below[node.index]) * Self.whole))
      }
      if groups[node.index] > 0 {
        values.append((.sellerGroups, Self.logarithm(Int64(groups[node.index]))))
      }
      features.append(values)
      views.append(
        RoleView(
          sells: graph.outDegree(of: node) > 0,
          buys: graph.inDegree(of: node) > 0,
          isSeized: market.isSeized[node.index]
        )
      )
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
    var values: [(feature: RoleFeature, thousandths: Int64)] = [(.trader, whole)]
    values += ruled(node, rules, isSeized).map { ($0, whole) }
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
    add(.otherPayers, background.payers[party] ?? 0)
    add(.otherFrequentPayers, background.frequentPayers[party] ?? 0)
    add(.otherPayees, background.payees[party] ?? 0)
    add(.traderPayers, background.traderPayers[party] ?? 0)
    add(.traderPayees, background.traderPayees[party] ?? 0)
    add(.weakBuyers, background.weakBuyers[party] ?? 0)
    add(.weakSuppliers, background.weakSuppliers[party] ?? 0)
    add(.weeksBuying, background.weeksBuying[party] ?? 0)
    if let level = background.pace.answers[party] { values.append((.answersAfter, level)) }
    if let level = background.pace.waits[party] { values.append((.waitsFor, level)) }
    if background.calledSupplier.contains(party) { values.append((.calledSupplier, whole)) }
    if background.calledBuyer.contains(party) { values.append((.calledBuyer, whole)) }
    return values
  }

  /// In how many groups each node sits with at least two others who sell.
  private static func sellerGroups(_ market: Market, _ background: Background) -> [Int] {
    var counts = [Int](repeating: 0, count: market.graph.nodeCount)
    for group in background.groups {
      let members = group.compactMap(market.node(of:))
      let sellers = members.count { market.graph.outDegree(of: $0) > 0 }
      for member in members
      where sellers - (market.graph.outDegree(of: member) > 0 ? 1 : 0) >= fewSellers {
        counts[member.index] += 1
      }
    }
    return counts
  }

  private static let fewSellers = 2
  /// Steps of supply beyond this say no more.
  private static let deepest = 4

  /// A price level as features: how surely it is known, and its first two powers times that.
  private static func prices(
    _ level: PriceLadder.Level?,
    _ known: RoleFeature,
    _ first: RoleFeature,
    _ second: RoleFeature
  ) -> [(feature: RoleFeature, thousandths: Int64)] {
    guard let level else { return [] }
    let sure = sureness(level)
    let near = min(5 * whole, max(-whole, level.thousandths))
    return [
      (known, sure), (first, near * sure / whole), (second, near * near / whole * sure / whole),
    ]
  }

  private static func sureness(_ level: PriceLadder.Level) -> Int64 {
    Int64((Double(min(level.prices, manyPrices)).squareRoot() * Double(whole)).rounded())
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
    let weight = sureness(level)
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
