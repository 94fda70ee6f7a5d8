/// What items cost, as far as links show it.
enum PriceTable {
  /// The price of a link's items: paid, and all of one known category.
  static func price(of link: SupplyLink) -> (category: Int, itemFen: Int64)? {
    guard link.amountFen > 0, link.items.last == 0 else { return nil }
    let kinds = link.items.indices.filter { link.items[$0] > 0 }
    guard let category = kinds.first, kinds.count == 1 else { return nil }
    return (category, link.amountFen / link.items[category])
  }

  /// The prices by the supplier's tier and by category.
  static func prices(of analysis: ChainAnalysis) -> [ChainMetrics.Price] {
    struct Key: Hashable {
      let tier: Int
      let category: Int
    }
    var seen: [Key: [SupplyLink]] = [:]
    for finding in analysis.links {
      guard let tier = analysis.parties[finding.supplier].tier,
        let price = price(of: finding.link)
      else { continue }
      seen[Key(tier: tier, category: price.category), default: []].append(finding.link)
    }
    let medians = seen.mapValues { links in
      let prices = links.compactMap { price(of: $0)?.itemFen }.sorted()
      return prices[(prices.count - 1) / 2]
    }
    let keys = seen.keys.sorted {
      $0.category != $1.category ? $0.category < $1.category : $0.tier < $1.tier
    }
    return keys.map { key in
      let links = seen[key] ?? []
      let above = keys.last { $0.category == key.category && $0.tier < key.tier }
      let base = above.flatMap { medians[$0] } ?? 0
      let median = medians[key] ?? 0
      return ChainMetrics.Price(
        tier: key.tier,
        category: key.category,
        links: links.count,
        items: links.reduce(0) { $0.addingClamped($1.itemTotal) },
        amountFen: links.reduce(0) { $0.addingClamped($1.amountFen) },
        medianFen: median,
        markup: base > 0 ? Double(median) / Double(base) : nil
      )
    }
  }
}
