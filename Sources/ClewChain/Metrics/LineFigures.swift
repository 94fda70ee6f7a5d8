internal import GraphCore

/// Puts each line of a case in figures.
struct LineFigures {
  let analysis: ChainAnalysis
  let network: SupplyNetwork
  /// The fewest links from where goods enter to each node.
  let distances: [Int?]
  let prices: PriceTable
  /// The dealings in which each party supplied.
  let sold: [Int: Int64]

  init(
    _ analysis: ChainAnalysis,
    _ network: SupplyNetwork,
    _ distances: [Int?],
    _ prices: PriceTable,
    sold: [Int: Int64]
  ) {
    self.analysis = analysis
    self.network = network
    self.distances = distances
    self.prices = prices
    self.sold = sold
  }

  /// The lines, in their order.
  var lines: [ChainMetrics.Line] { analysis.lines.indices.map(line) }

  private func line(_ place: Int) -> ChainMetrics.Line {
    let parties = analysis.parties
    var (inside, out, into) = (0, 0, 0)
    for link in analysis.links where MetricsMaker.isPlaced(link, analysis) {
      let (from, to) = (parties[link.supplier].line == place, parties[link.buyer].line == place)
      if from && to { inside += 1 } else if from { out += 1 } else if to { into += 1 }
    }
    let members = network.graph.nodes.filter { parties[network.parties[$0.index]].line == place }
    let customers = members.filter { network.isFinal[$0.index] }
    var lengths: [Int] = []
    for distance in customers.compactMap({ distances[$0.index] }) {
      while lengths.count <= distance { lengths.append(0) }
      lengths[distance] += 1
    }
    let own = graph(of: place)
    return ChainMetrics.Line(
      depth: parties.lazy.filter { $0.line == place }.compactMap(\.tier).max() ?? 0,
      inside: inside,
      out: out,
      into: into,
      crossLinkRate: MetricsMaker.share(out + into, of: inside + out + into),
      eiIndex: MetricsMaker.eiIndex(external: out + into, all: inside + out + into),
      reciprocity: own.reciprocity(),
      incoherence: (try? TrophicLevels(workers: WorkerCount(1)).levels(of: own))?.incoherence,
      pathLengths: lengths,
      customers: customers.count,
      throughPrincipals: through(place, customers),
      markup: prices.markup(of: members.map { network.parties[$0.index] }),
      suppliers: ChainMetrics.Concentration(
        members.compactMap { sold[network.parties[$0.index]] }
      )
    )
  }

  /// Of some customers those whom supply reaches, but not without the line's leaders.
  private func through(_ place: Int, _ customers: [NodeID]) -> Int {
    let leaders = Set(analysis.lines[place].principals)
    let nobody = network.parties.map { _ in false }
    let with = network.reached(without: nobody)
    let without = network.reached(without: network.parties.map(leaders.contains))
    return customers.count { with[$0.index] && !without[$0.index] }
  }

  /// The links inside one line, its members numbered anew.
  private func graph(of place: Int) -> Graph {
    var numbers: [Int: NodeID] = [:]
    var builder = GraphBuilder(nodeCount: 0, isDirected: true)
    for link in analysis.links {
      let ends = [link.supplier, link.buyer]
      guard ends.allSatisfy({ analysis.parties[$0].line == place }) else { continue }
      for end in ends where numbers[end] == nil { numbers[end] = NodeID(numbers.count) }
      if let supplier = numbers[link.supplier], let buyer = numbers[link.buyer] {
        builder.addEdge(from: supplier, to: buyer, weight: Int64(link.link.dealings))
      }
    }
    return (try? builder.build()) ?? Graph(nodeCount: 0)
  }
}
