internal import Foundation

/// How far from the source the prices of a case say that each trader stands (DESIGN §4).
///
/// Who resells asks more than he pays, so the price of one item of a category rises from tier to tier.
/// What a supplier asks for a category is the amount that comes back most often, within ``tolerance``; an
/// amount that comes once may have paid for anything and tells no price. Categories are made comparable
/// by their base price: base prices and the levels of the suppliers are fitted in turn by medians, and a
/// tenth of the suppliers lie at or below level 0. One step is the median of what resellers ask for a
/// category over what they pay for it; the mark-up is thus found, not given.
struct PriceLadder: Sendable {
  /// A level and on how many prices it rests.
  struct Level: Sendable, Hashable {
    /// Steps above the cheapest, in thousandths; a source stands at 0, its buyer asks 1000.
    let thousandths: Int64
    /// How many prices tell it; of one category at most three.
    let prices: Int
  }

  /// What each party asks of its buyers.
  private(set) var asks: [Int: Level] = [:]
  /// What each party pays its suppliers.
  private(set) var pays: [Int: Level] = [:]
  /// The rise of one step, as a binary logarithm.
  private(set) var step = PriceLadder.usualStep

  /// The step that holds where fewer than ``leastRises`` rises are seen: half as much again.
  private static let usualStep = 0.55
  private static let leastRises = 5
  /// Steps outside this range come from errors.
  private static let steps = 0.15...1.5
  /// Levels beyond this are clamped.
  private static let highest: Int64 = 9_000
  private static let rounds = 3
  /// Amounts are the same price within this, as binary logarithms: a seventh.
  private static let tolerance = 0.2
  /// A price comes back at least so often.
  private static let leastPrices = 2
  /// More of the same price say no more.
  private static let mostPrices = 3

  /// One side of what a party trades.
  struct Cell: Hashable, Comparable {
    let party: Int
    let category: Int

    static func < (left: Cell, right: Cell) -> Bool {
      left.party != right.party ? left.party < right.party : left.category < right.category
    }
  }

  /// A price as a binary logarithm, and how often it came.
  struct Usual {
    let cell: Cell
    let price: Double
    let count: Int
  }

  init() {}

  /// - Parameters:
  ///   - prices: What was asked and paid.
  ///   - links: The links that hold; prices between others are no trade.
  /// - Complexity: O(*p* log *p*) for *p* prices.
  init(_ prices: [SupplyClues.Price], links: Set<Direction>) {
    let seen = prices.filter { $0.fen > 0 && links.contains($0.direction) }
    let asked = Self.usual(seen) { $0.direction.supplier }
    let paid = Self.usual(seen) { $0.direction.buyer }
    guard !asked.isEmpty else { return }
    let paidFor = Dictionary(paid.map { ($0.cell, $0.price) }, uniquingKeysWith: { one, _ in one })
    let rises = asked.compactMap { usual in paidFor[usual.cell].map { usual.price - $0 } }
    // Where resellers are seen who ask no more than they pay, prices tell no tier.
    guard rises.isEmpty || Self.median(rises) >= Self.steps.lowerBound else { return }
    if rises.count >= Self.leastRises { step = min(Self.steps.upperBound, Self.median(rises)) }
    let base = Self.basePrices(asked)
    asks = Self.above(asked, base).mapValues(level)
    pays = Self.above(paid, base).mapValues(level)
  }

  private func level(_ above: [Double]) -> Level {
    let steps = (Self.median(above) / step * 1000).rounded()
    let clamped = min(Double(Self.highest), max(-Double(Self.highest), steps))
    return Level(thousandths: Int64(clamped), prices: above.count)
  }

  /// The price of each cell that came most often, of equals the lowest; all prices are above 0.
  static func usual(
    _ all: [SupplyClues.Price],
    of party: (SupplyClues.Price) -> Int
  ) -> [Usual] {
    var said: [Cell: [Double]] = [:]
    for price in all {
      said[Cell(party: party(price), category: price.category), default: []]
        .append(log2(Double(price.fen)))
    }
    return said.keys.sorted().compactMap { cell in
      let prices = (said[cell] ?? []).sorted()
      var best = Usual(cell: cell, price: 0, count: 0)
      var (low, high) = (0, 0)
      for price in prices {
        while prices[low] < price - tolerance { low += 1 }
        while high < prices.count, prices[high] <= price + tolerance { high += 1 }
        if high - low > best.count { best = Usual(cell: cell, price: price, count: high - low) }
      }
      return best.count >= leastPrices ? best : nil
    }
  }

  /// How far the prices of each party lie above those of their category; each as often as it counts.
  private static func above(_ usual: [Usual], _ base: [Int: Double]) -> [Int: [Double]] {
    var above: [Int: [Double]] = [:]
    for usual in usual {
      guard let zero = base[usual.cell.category] else { continue }
      above[usual.cell.party, default: []] += repeatElement(
        usual.price - zero,
        count: min(mostPrices, usual.count)
      )
    }
    return above
  }

  /// The base price of each category, as a binary logarithm.
  private static func basePrices(_ asked: [Usual]) -> [Int: Double] {
    var ofCategory: [Int: [Double]] = [:]
    for usual in asked { ofCategory[usual.cell.category, default: []].append(usual.price) }
    var base = ofCategory.mapValues(low)
    for _ in 0..<rounds {
      let level = above(asked, base).mapValues(median)
      var prices: [Int: [Double]] = [:]
      for usual in asked {
        prices[usual.cell.category, default: []]
          .append(usual.price - (level[usual.cell.party] ?? 0))
      }
      let zero = low(Array(level.values))
      base = prices.mapValues { median($0) + zero }
    }
    return base
  }

  /// The middle value, of two the lower: a payment for more than is seen makes a price too high, and
  /// hardly anything makes it too low.
  static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
  }

  /// The value below which a tenth lies.
  private static func low(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) / 10]
  }
}
