internal import Foundation

/// What items cost from tier to tier, as far as orders, offers and payments show it.
///
/// A supplier's price of a category is the amount that comes back most often among what he asked and was
/// paid for one item; an amount that comes once tells no price. Mark-ups are read from the levels of the
/// ``PriceLadder``, which makes categories comparable, so that neither dear categories nor cheap lines are
/// taken for tiers.
struct PriceTable {
  private let asked: [PriceLadder.Usual]
  private let ladder: PriceLadder
  private let tiers: [Int?]
  private let onLinks: [Direction: [ChainMetrics.ItemPrice]]

  /// - Complexity: O(*p* log *p*) for *p* prices.
  init(_ analysis: ChainAnalysis) {
    let links = Set(analysis.links.map { Direction($0.supplier, $0.buyer) })
    let prices = analysis.basis.prices.filter { $0.fen > 0 && links.contains($0.direction) }
    asked = PriceLadder.usual(prices) { $0.direction.supplier }
    ladder = analysis.basis.background.ladder
    tiers = analysis.parties.map(\.tier)
    onLinks = Dictionary(grouping: prices, by: \.direction).mapValues { prices in
      PriceLadder.usual(prices) { $0.direction.supplier }.map {
        ChainMetrics.ItemPrice(category: $0.cell.category, fen: Self.fen($0.price))
      }
    }
  }

  /// The prices of one link by category.
  func prices(_ link: LinkFinding) -> [ChainMetrics.ItemPrice] {
    onLinks[Direction(link.supplier, link.buyer)] ?? []
  }

  /// The prices by category and the supplier's tier.
  var prices: [ChainMetrics.Price] {
    struct Key: Hashable {
      let category: Int
      let tier: Int
    }
    var cells: [Key: [PriceLadder.Usual]] = [:]
    for usual in asked {
      guard let tier = tiers[usual.cell.party] else { continue }
      cells[Key(category: usual.cell.category, tier: tier), default: []].append(usual)
    }
    let keys = cells.keys.sorted { ($0.category, $0.tier) < ($1.category, $1.tier) }
    return keys.map { key in
      let suppliers = cells[key] ?? []
      return ChainMetrics.Price(
        tier: key.tier,
        category: key.category,
        suppliers: suppliers.count,
        prices: suppliers.reduce(0) { $0 + $1.count },
        medianFen: Self.fen(PriceLadder.median(suppliers.map(\.price)))
      )
    }
  }

  /// What each tier asks over the next tier above that shows prices, for one tier.
  var markups: [ChainMetrics.Markup] {
    var levels: [Int: [Double]] = [:]
    for (party, level) in ladder.asks {
      if let tier = tiers[party] { levels[tier, default: []].append(Double(level.thousandths)) }
    }
    let middles = levels.sorted { $0.key < $1.key }.map { tier, levels in
      (tier: tier, suppliers: levels.count, level: PriceLadder.median(levels))
    }
    return zip(middles, middles.dropFirst()).map { above, below in
      ChainMetrics.Markup(
        tier: below.tier,
        suppliers: below.suppliers,
        markup: factor((below.level - above.level) / Double(below.tier - above.tier))
      )
    }
  }

  /// What a party asks over what it pays; `nil` where one of both is not seen.
  func markup(of party: Int) -> Double? {
    guard let asks = ladder.asks[party], let pays = ladder.pays[party] else { return nil }
    return factor(Double(asks.thousandths - pays.thousandths))
  }

  /// The middle of the mark-ups of some parties.
  func markup(of parties: [Int]) -> Double? {
    let markups = parties.compactMap { markup(of: $0) }
    return markups.isEmpty ? nil : PriceLadder.median(markups)
  }

  /// A difference of levels in thousandths of a step as a factor.
  private func factor(_ thousandths: Double) -> Double { exp2(ladder.step * thousandths / 1000) }

  private static func fen(_ logarithm: Double) -> Int64 { Int64(exp2(logarithm).rounded()) }
}
