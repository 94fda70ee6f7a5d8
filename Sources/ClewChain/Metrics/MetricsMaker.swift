public import GraphCore

/// Computes the figures of a case from its findings.
///
/// - Complexity: O(*n* + *m*) and the number of pairs of persons of whom one may have come by the
///   other's goods; the independence of *l* lines costs up to O(*l*² *k* *m*) for cuts of *k* links.
public struct MetricsMaker: Sendable {
  /// How many cores work; the figures do not depend on it.
  public var workers = WorkerCount.active

  /// Makes a maker.
  public init() {}

  /// The figures of a case.
  public func metrics(of analysis: ChainAnalysis) -> ChainMetrics {
    let network = SupplyNetwork(SupplyNetwork.links(of: analysis))
    let placed = analysis.links.filter { Self.isPlaced($0, analysis) }
    let crossing = placed.count(where: \.isCrossLine)
    let distances = Self.distances(network)
    var pathLengths: [Int] = []
    for (node, distance) in distances.enumerated() where network.isFinal[node] {
      guard let distance else { continue }
      while pathLengths.count <= distance { pathLengths.append(0) }
      pathLengths[distance] += 1
    }
    var width: [Int] = []
    for tier in analysis.parties.compactMap(\.tier) where tier >= 0 {
      while width.count <= tier { width.append(0) }
      width[tier] += 1
    }
    var sold: [Int: Int64] = [:]
    var bought: [Int: Int64] = [:]
    for link in analysis.links {
      sold[link.supplier, default: 0] += Int64(link.link.dealings)
      bought[link.buyer, default: 0] += Int64(link.link.dealings)
    }
    let exclusive = Self.exclusiveCustomers(network)
    let prices = PriceTable(analysis)
    return ChainMetrics(
      widthByTier: width,
      placedLinks: placed.count,
      crossLinkRate: Self.share(crossing, of: placed.count),
      eiIndex: Self.eiIndex(external: crossing, all: placed.count),
      reciprocity: network.graph.reciprocity(),
      incoherence: analysis.incoherence,
      suppliers: ChainMetrics.Concentration(Array(sold.values)),
      buyers: ChainMetrics.Concentration(Array(bought.values)),
      pathLengths: pathLengths,
      prices: prices.prices,
      markups: prices.markups,
      lines: LineFigures(analysis, network, distances, prices, sold: sold).lines,
      independence: independence(analysis, network),
      members: members(
        analysis,
        network,
        distances,
        exclusive,
        prices,
        sold: sold,
        bought: bought
      ),
      links: links(analysis, prices, sold: sold, bought: bought)
    )
  }

  static func share(_ part: Int, of all: Int) -> Double? {
    all > 0 ? Double(part) / Double(all) : nil
  }

  static func eiIndex(external: Int, all: Int) -> Double? {
    all > 0 ? Double(2 * external - all) / Double(all) : nil
  }

  static func isPlaced(_ link: LinkFinding, _ analysis: ChainAnalysis) -> Bool {
    analysis.parties[link.supplier].line != nil && analysis.parties[link.buyer].line != nil
  }

  /// The fewest links from an origin to each node.
  static func distances(_ network: SupplyNetwork) -> [Int?] {
    var distances = [Int?](repeating: nil, count: network.parties.count)
    var queue = network.origins
    for node in queue { distances[node.index] = 0 }
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for buyer in network.graph.outNeighbors(of: node) where distances[buyer.index] == nil {
        distances[buyer.index] = (distances[node.index] ?? 0) + 1
        queue.append(buyer)
      }
    }
    return distances
  }

  /// The customers whom goods would not reach but for each node.
  private static func exclusiveCustomers(_ network: SupplyNetwork) -> [Int64] {
    let values = network.isFinal.map { $0 ? Int64(1) : 0 }
    guard let tree = try? network.graph.dominatorTree(from: network.origins),
      let sums = try? tree.subtreeSums(of: values)
    else { return [Int64](repeating: 0, count: values.count) }
    // A customer is not supplied through himself.
    return zip(sums, values).map { $0 - min($0, $1) }
  }

  private func independence(
    _ analysis: ChainAnalysis,
    _ network: SupplyNetwork
  ) -> [ChainMetrics.Independence] {
    var members = [[Int]](repeating: [], count: analysis.lines.count)
    for (node, party) in network.parties.enumerated() {
      if let line = analysis.parties[party].line { members[line].append(node) }
    }
    var linksOf: [Direction: Int] = [:]
    for (place, link) in analysis.links.enumerated() {
      linksOf[Direction(link.supplier, link.buyer)] = place
    }
    let lines = members.indices
    let pairs = lines.flatMap { first in lines.dropFirst(first + 1).map { (first, $0) } }
    let ties = LineCut(network.graph)
    let (sides, parties, known) = (members, network.parties, linksOf)
    return Parallel(workers: workers).map(count: pairs.count, chunkSize: 8) { number in
      let (first, second) = pairs[number]
      let cut = ties.cut(between: sides[first], and: sides[second]).flatMap { ends -> [Int] in
        let (one, other) = (parties[ends[0]], parties[ends[1]])
        return [known[Direction(one, other)], known[Direction(other, one)]].compactMap(\.self)
      }
      return ChainMetrics.Independence(first: first, second: second, cut: cut.sorted())
    }
  }

  private func members(
    _ analysis: ChainAnalysis,
    _ network: SupplyNetwork,
    _ distances: [Int?],
    _ exclusive: [Int64],
    _ prices: PriceTable,
    sold: [Int: Int64],
    bought: [Int: Int64]
  ) -> [ChainMetrics.Member] {
    let (graph, reversed) = (network.graph, network.graph.reversed())
    let reach = Parallel(workers: workers).map(count: graph.nodeCount, chunkSize: 64) { node in
      (Self.reach(reversed, NodeID(node)), Self.reach(graph, NodeID(node)))
    }
    let customers = distances.indices.count { network.isFinal[$0] && distances[$0] != nil }
    var linksOf: [Int: [Int]] = [:]
    for (place, link) in analysis.links.enumerated() {
      linksOf[link.supplier, default: []].append(place)
      linksOf[link.buyer, default: []].append(place)
    }
    return network.parties.enumerated().map { node, party in
      let links = (linksOf[party] ?? []).map { analysis.links[$0] }
      let placed = links.filter { Self.isPlaced($0, analysis) }
      let suppliers = Set(links.filter { $0.buyer == party }.map(\.supplier))
      let buyers = Set(links.filter { $0.supplier == party }.map(\.buyer))
      func fen(_ chosen: (LinkFinding) -> Bool) -> Int64 {
        links.filter(chosen).reduce(0) { $0.addingClamped($1.link.amountFen) }
      }
      return ChainMetrics.Member(
        party: party,
        above: reach[node].0,
        below: reach[node].1,
        distance: distances[node],
        exclusiveCustomers: Int(exclusive[node]),
        shareOfSupply: Self.share(Int(exclusive[node]), of: customers) ?? 0,
        bought: bought[party] ?? 0,
        sold: sold[party] ?? 0,
        paidFen: fen { $0.buyer == party },
        earnedFen: fen { $0.supplier == party },
        eiIndex: Self.eiIndex(external: placed.count(where: \.isCrossLine), all: placed.count),
        reciprocity: Self.share(
          suppliers.intersection(buyers).count,
          of: suppliers.union(buyers).count
        ) ?? 0,
        markup: prices.markup(of: party)
      )
    }
  }

  /// How many nodes can be reached from one, itself not counted.
  static func reach(_ graph: Graph, _ start: NodeID) -> Int {
    var seen: Set<NodeID> = [start]
    var stack = [start]
    while let node = stack.popLast() {
      for next in graph.outNeighbors(of: node) where seen.insert(next).inserted {
        stack.append(next)
      }
    }
    return seen.count - 1
  }

  private func links(
    _ analysis: ChainAnalysis,
    _ prices: PriceTable,
    sold: [Int: Int64],
    bought: [Int: Int64]
  ) -> [ChainMetrics.Link] {
    let known = Set(analysis.links.map { Direction($0.supplier, $0.buyer) })
    return analysis.links.map { finding in
      let dealings = Double(finding.link.dealings)
      var step: Int?
      if let high = analysis.parties[finding.supplier].tier,
        let low = analysis.parties[finding.buyer].tier
      {
        step = low - high
      }
      return ChainMetrics.Link(
        prices: prices.prices(finding),
        shareOfSupplier: dealings / Double(max(1, sold[finding.supplier] ?? 1)),
        shareOfBuyer: dealings / Double(max(1, bought[finding.buyer] ?? 1)),
        tierStep: step,
        isReciprocated: known.contains(Direction(finding.buyer, finding.supplier))
      )
    }
  }
}
