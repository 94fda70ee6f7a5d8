internal import Foundation

/// How far from the source the prices of a case say that each trader stands (DESIGN §4).
///
/// Who resells asks more than he pays, so the price of one item of a category rises from tier to tier.
/// The price of each link and category is the median of what was asked and paid. Categories are made
/// comparable by their base price: base prices and the levels of the suppliers are fitted in turn by
/// medians, so that one mistyped price moves nothing, and a tenth of the suppliers lie at or below
/// level 0. One step is the median rise from what a reseller pays to what he asks; the mark-up is
/// thus found, not given.
struct PriceLadder: Sendable {
  /// A level and on how many prices it rests.
  struct Level: Sendable, Hashable {
    /// Steps above the cheapest, in thousandths; a source stands at 0, its buyer asks 1000.
    let thousandths: Int64
    /// How many links and categories tell it.
    let prices: Int
  }

  /// What each party asks of its buyers.
  private(set) var asks: [Int: Level] = [:]
  /// What each party pays its suppliers.
  private(set) var pays: [Int: Level] = [:]
  /// The rise of one step, as a binary logarithm.
  private(set) var step = PriceLadder.usualStep

  /// The step that holds where fewer than ``leastResellers`` resellers show one: half as much again.
  private static let usualStep = 0.55
  private static let leastResellers = 5
  /// Steps outside this range come from errors.
  private static let steps = 0.15...1.5
  /// Levels beyond this are clamped.
  private static let highest: Int64 = 9_000
  private static let rounds = 3

  private struct Cell: Hashable, Comparable {
    let direction: Direction
    let category: Int

    static func < (left: Cell, right: Cell) -> Bool {
      left.direction != right.direction
        ? left.direction < right.direction : left.category < right.category
    }
  }

  init() {}

  /// - Parameters:
  ///   - prices: What was asked and paid.
  ///   - links: The links that hold; prices between others are no trade.
  init(_ prices: [SupplyClues.Price], links: Set<Direction>) {
    var said: [Cell: [Double]] = [:]
    for price in prices where price.fen > 0 && links.contains(price.direction) {
      said[Cell(direction: price.direction, category: price.category), default: []]
        .append(log2(Double(price.fen)))
    }
    let cells = said.keys.sorted().map { ($0, Self.median(said[$0] ?? [])) }
    guard !cells.isEmpty else { return }
    let base = Self.basePrices(cells)
    var asked: [Int: [Double]] = [:]
    var paid: [Int: [Double]] = [:]
    for (cell, price) in cells {
      let above = price - (base[cell.category] ?? price)
      asked[cell.direction.supplier, default: []].append(above)
      paid[cell.direction.buyer, default: []].append(above)
    }
    let rises = asked.keys.sorted().compactMap { party in
      paid[party].map { Self.median(asked[party] ?? []) - Self.median($0) }
    }
    if rises.count >= Self.leastResellers {
      step = min(Self.steps.upperBound, max(Self.steps.lowerBound, Self.median(rises)))
    }
    asks = asked.mapValues(level)
    pays = paid.mapValues(level)
  }

  private func level(_ above: [Double]) -> Level {
    let steps = (Self.median(above) / step * 1000).rounded()
    let clamped = min(Double(Self.highest), max(-Double(Self.highest), steps))
    return Level(thousandths: Int64(clamped), prices: above.count)
  }

  /// The base price of each category, as a binary logarithm.
  private static func basePrices(_ cells: [(Cell, Double)]) -> [Int: Double] {
    var ofCategory: [Int: [Double]] = [:]
    for (cell, price) in cells { ofCategory[cell.category, default: []].append(price) }
    var base = ofCategory.mapValues(low)
    for _ in 0..<rounds {
      var levels: [Int: [Double]] = [:]
      for (cell, price) in cells {
        levels[cell.direction.supplier, default: []].append(price - (base[cell.category] ?? price))
      }
      let level = levels.mapValues(median)
      var prices: [Int: [Double]] = [:]
      for (cell, price) in cells {
        prices[cell.category, default: []].append(price - (level[cell.direction.supplier] ?? 0))
      }
      let zero = low(Array(level.values))
      base = prices.mapValues { median($0) + zero }
    }
    return base
  }

  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The value below which a tenth lies.
  private static func low(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) / 10]
  }
}
