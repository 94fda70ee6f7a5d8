internal import ClewEvidence

/// What the records of a case show of supply, before anybody is given a role.
public struct SupplyProjection: Sendable {
  /// The links that reach the threshold, sorted by supplier and buyer.
  public let links: [SupplyLink]
  /// Pairs with some evidence that is not enough: labels, offers, a single weak order.
  public let weak: [SupplyLink]
  /// Links between names only that repeat one of ``links``; they count for nothing.
  public let restated: [Restatement]
  /// What else tells of the roles of those who trade.
  let clues: SupplyClues
}

/// Projects records to supply (DESIGN §4): the only door from the case to the graph.
///
/// - Complexity: O(*r* log *r*) for *r* records.
public struct Projection: Sendable {
  /// The words it knows.
  public var lexicon: Lexicon
  /// What each kind of evidence gives.
  public var weights: LinkWeights

  /// Makes a projection with the standard words and weights.
  public init(lexicon: Lexicon = .standard, weights: LinkWeights = LinkWeights()) {
    self.lexicon = lexicon
    self.weights = weights
  }

  /// The supply that a case shows.
  public func supply(in view: CaseView) -> SupplyProjection {
    let (payments, void) = view.money.settle()
    var drafts = drafts(of: view, payments, void: void)
    var (links, weak) = sold(split(drafts), drafts)
    takeRounds(&drafts, links, weak)
    (links, weak) = sold(split(drafts), drafts)
    // Between equals who exchange, the goods of the other direction are no contradiction.
    let holding = Set(links.map { Direction($0.supplier, $0.buyer) })
    for index in links.indices
    where holding.contains(Direction(links[index].buyer, links[index].supplier)) {
      links[index].against.removeAll { $0.kind == .delivery }
    }
    let (own, restated) = Restatements.split(links, in: view)
    return SupplyProjection(
      links: own,
      weak: view.leftOut.contains(.weak) ? [] : weak,
      restated: restated,
      clues: SupplyClues(drafts, payments).leavingOut(view.leftOut)
    )
  }

  /// The links that hold, and those that do not.
  private func split(_ drafts: [Direction: LinkDraft]) -> (links: [SupplyLink], weak: [SupplyLink])
  {
    var links: [SupplyLink] = []
    var weak: [SupplyLink] = []
    for direction in drafts.keys.sorted() {
      guard let draft = drafts[direction] else { continue }
      let reverse = drafts[Direction(direction.buyer, direction.supplier)]
      guard
        let (link, holds) = draft.link(direction, reverse: reverse, weights: weights)
      else { continue }
      if holds, !draft.isPaidFor(by: reverse) { links.append(link) } else { weak.append(link) }
    }
    return (links, weak)
  }

  /// The links of those who are seen to sell, and all others among the weak ones.
  ///
  /// Offices tell people of their own papers, and colleagues look things up for each other, as traders do, but for
  /// nothing and of one person. Such a favour is supply only from somebody who is seen to sell to others.
  private func sold(
    _ found: (links: [SupplyLink], weak: [SupplyLink]),
    _ drafts: [Direction: LinkDraft]
  ) -> (links: [SupplyLink], weak: [SupplyLink]) {
    let sellers = Set(
      found.links.lazy.filter { link in
        drafts[Direction(link.supplier, link.buyer)]?.showsSeller == true
      }.map(\.supplier)
    )
    let (links, favours) = found.links.parted { link in
      sellers.contains(link.supplier)
        || drafts[Direction(link.supplier, link.buyer)]?.isFavour != true
    }
    guard !favours.isEmpty else { return found }
    let weak = (found.weak + favours).sorted {
      Direction($0.supplier, $0.buyer) < Direction($1.supplier, $1.buyer)
    }
    return (links, weak)
  }

  /// From so many buyers on somebody is known to sell.
  private static let knownBuyers = 2

  /// Looks once more at pairs whose evidence is too weak by itself, now that it is known who sells.
  private func takeRounds(
    _ drafts: inout [Direction: LinkDraft],
    _ links: [SupplyLink],
    _ weak: [SupplyLink]
  ) {
    var buyers: [Int: Int] = [:]
    for link in links { buyers[link.supplier, default: 0] += 1 }
    for link in weak {
      let direction = Direction(link.supplier, link.buyer)
      let isKnown = buyers[link.supplier, default: 0] >= Self.knownBuyers
      guard var draft = drafts[direction], draft.takeRounds(isKnownSeller: isKnown),
        draft.link(direction, reverse: nil, weights: weights)?.holds == true
      else { continue }
      drafts[direction] = draft
    }
  }

  /// What speaks for supply in each direction between two parties.
  func drafts(
    of view: CaseView,
    _ payments: [Payment],
    void: [Payment]
  ) -> [Direction: LinkDraft] {
    var drafts = readTimelines(view)
    add(payments, void: void, to: &drafts)
    addLabels(view, to: &drafts)
    addTrades(view, to: &drafts)
    if !view.leftOut.contains(.payload) { addResales(&drafts, view, payments) }
    let sizes = Dictionary(
      drafts.values.flatMap(\.statedSizes),
      uniquingKeysWith: { min($0, $1) }
    )
    for direction in drafts.keys {
      drafts[direction]?.restate(sizes)
      drafts[direction]?.countOnce(in: view.attachments)
    }
    if !view.leftOut.contains(.payload) { addPassedOn(&drafts, view) }
    return drafts
  }

  private func readTimelines(_ view: CaseView) -> [Direction: LinkDraft] {
    var drafts: [Direction: LinkDraft] = [:]
    var byKind: [Target.Kind: UInt32] = [:]
    for (kind, id) in [(Target.Kind.plate, "vehicle"), (.card, "bank")] {
      byKind[kind] = lexicon.categoryIndex(id).map { 1 << UInt32($0) }
    }
    for pair in view.utterances.keys.sorted() {
      guard let said = view.utterances[pair] else { continue }
      let ordered = said.sorted { $0.at != $1.at ? $0.at < $1.at : $0.record < $1.record }
      var timeline = PairTimeline(
        own: ownTargets(view, pair.low).union(ownTargets(view, pair.high)),
        weights: weights,
        byKind: byKind,
        leftOut: view.leftOut
      )
      timeline.read(ServiceTalk.removed(from: ordered))
      for (side, evidence) in timeline.supplied.enumerated() {
        let direction =
          side == 0 ? Direction(pair.low, pair.high) : Direction(pair.high, pair.low)
        let draft = LinkDraft(evidence, categories: lexicon.categories.count, weights: weights)
        if !draft.isEmpty { drafts[direction] = draft }
      }
    }
    return drafts
  }

  /// A party's own numbers: naming them orders nothing.
  private func ownTargets(_ view: CaseView, _ party: Int) -> Set<Target> {
    var targets: Set<Target> = []
    for account in view.parties.parties[party].accounts {
      switch account.scheme {
      case .phone, .card, .identity, .qq, .alipay:
        let digits =
          account.value.hasPrefix("+86") ? account.value.dropFirst(3) : account.value[...]
        targets.formUnion(TargetScanner.scan(String(digits)).targets)
      default: break
      }
    }
    return targets
  }

  /// Finds goods that come in at one link and go out at the next.
  ///
  /// The same target ordered onwards, the same file or the same rows passed on: they are payload
  /// evidence for both links.
  private func addPassedOn(_ drafts: inout [Direction: LinkDraft], _ view: CaseView) {
    let attachments = view.attachments.attachments
    var relays = RelayIndex(
      readFiles: Set(
        attachments.indices.filter { view.shared.isTelling($0) }.map { attachments[$0].key }
      ),
      sharing: view.sharedFiles
    )
    for direction in drafts.keys.sorted() {
      guard let draft = drafts[direction] else { continue }
      for order in draft.evidence.orders where order.strength >= 2 {
        relays.add(order, direction)
      }
      for delivery in draft.evidence.deliveries + draft.evidence.plainFiles
      where delivery.file != 0 {
        relays.add(delivery, direction)
      }
    }
    for (direction, exhibit, goods) in relays.chained(points: weights.payload) {
      drafts[direction]?.addRelay(exhibit, goods)
    }
  }

  /// Finds files that are bought and sold on.
  private func addResales(
    _ drafts: inout [Direction: LinkDraft],
    _ view: CaseView,
    _ payments: [Payment]
  ) {
    var finder = ResaleFinder(
      PriceBook(payments),
      sharing: view.sharedFiles,
      possiblyOne: Set(view.possiblySame.map { CaseView.Pair($0.first, $0.second) })
    )
    for direction in drafts.keys.sorted() {
      if let draft = drafts[direction] { finder.add(draft, direction) }
    }
    for (direction, sales) in finder.sales() { drafts[direction]?.sell(sales) }
  }

  private func add(
    _ payments: [Payment],
    void: [Payment],
    to drafts: inout [Direction: LinkDraft]
  ) {
    for payment in payments {
      let direction = Direction(payment.payee, payment.payer)
      if payment.namesGoods, drafts[direction] == nil {
        drafts[direction] = LinkDraft(
          DirectedEvidence(),
          categories: lexicon.categories.count,
          weights: weights
        )
      }
      drafts[direction]?.add(payment)
    }
    for payment in void { drafts[Direction(payment.payee, payment.payer)]?.addVoid(payment) }
  }

  private func addLabels(_ view: CaseView, to drafts: inout [Direction: LinkDraft]) {
    for label in view.labels {
      let direction = Direction(label.supplier, label.buyer)
      drafts[direction, default: empty].labels.append(
        Exhibit(record: label.record, kind: .label, at: .min, points: weights.label)
      )
      if label.isResale { drafts[direction]?.isCalledResale = true }
    }
  }

  private func addTrades(_ view: CaseView, to drafts: inout [Direction: LinkDraft]) {
    for (trade, supplier, buyer, record) in view.trades {
      let category =
        lexicon.categoryIndex(trade.category)
        ?? lexicon.categoryMask(of: trade.category).lowestBit
      drafts[Direction(supplier, buyer), default: empty].trades.append(
        TradeEvent(
          exhibit: Exhibit(
            record: record,
            kind: .trade,
            at: trade.at?.milliseconds ?? .min,
            points: weights.trade
          ),
          category: category,
          items: trade.items ?? 1,
          fen: trade.amount?.fen ?? 0
        )
      )
    }
  }

  private var empty: LinkDraft {
    LinkDraft(DirectedEvidence(), categories: lexicon.categories.count, weights: weights)
  }
}

/// Who supplies whom: the two ends of a possible link.
struct Direction: Hashable, Sendable, Comparable {
  let supplier: Int
  let buyer: Int

  init(_ supplier: Int, _ buyer: Int) {
    self.supplier = supplier
    self.buyer = buyer
  }

  static func < (left: Direction, right: Direction) -> Bool {
    left.supplier != right.supplier
      ? left.supplier < right.supplier : left.buyer < right.buyer
  }
}

/// A sale that the evidence states.
struct TradeEvent: Sendable {
  let exhibit: Exhibit
  let category: Int?
  let items: Int64
  let fen: Int64
}

extension Array {
  /// The elements that belong, and those that do not, each in their order.
  func parted(by belongs: (Element) -> Bool) -> (belonging: [Element], others: [Element]) {
    (filter(belongs), filter { !belongs($0) })
  }
}

extension UInt32 {
  /// The place of the lowest bit that is set.
  var lowestBit: Int? { self == 0 ? nil : trailingZeroBitCount }
}
