internal import GraphCore

/// Compares the order of those on whom supply depends with the true order.
///
/// True but-for supply is counted on the true links: whom supply would not reach but for a person, by
/// the dominator tree from all who are supplied by nobody.
struct HubScore {
  private let trueButFor: [Double]
  private let trueBuyers: [Double]
  private let butFor: [Double]
  private let buyers: [Double]

  init(_ found: FoundCase, _ truth: TrueCase, _ mapping: CaseMapping, _ base: ScoreBase) {
    let exclusive = Self.exclusiveDownstream(truth)
    var direct = [Int](repeating: 0, count: truth.people.count)
    for link in truth.links { direct[link.supplier] += 1 }
    let sellers = truth.people.indices.filter { direct[$0] > 0 && base.holds(truth.people[$0]) }
    trueButFor = sellers.map { Double(exclusive[$0]) }
    trueBuyers = sellers.map { Double(direct[$0]) }
    butFor = sellers.map { seller in
      Double(mapping.leading[seller].map { found.parties[$0].exclusiveDownstream } ?? 0)
    }
    buyers = sellers.map { seller in
      Double(mapping.leading[seller].map { found.parties[$0].downstream } ?? 0)
    }
  }

  static func exclusiveDownstream(_ truth: TrueCase) -> [Int] {
    var builder = GraphBuilder(
      nodeCount: truth.people.count,
      isDirected: true,
      selfLoops: .dropped
    )
    for link in truth.links { builder.addEdge(from: NodeID(link.supplier), to: NodeID(link.buyer)) }
    guard let graph = try? builder.build() else { return truth.people.map { _ in 0 } }
    let roots = graph.nodes.filter { graph.inDegree(of: $0) == 0 && graph.outDegree(of: $0) > 0 }
    guard !roots.isEmpty, let tree = try? graph.dominatorTree(from: roots) else {
      return truth.people.map { _ in 0 }
    }
    return graph.nodes.map { tree.reaches($0) ? max(0, tree.subtreeSize(of: $0) - 1) : 0 }
  }

  func measures(_ base: ScoreBase) -> [Measure] {
    let places = trueButFor.indices.map(\.self)
    let top = min(10, places.count)
    let shared = Set(Self.top(trueButFor, top)).intersection(Self.top(butFor, top)).count
    return [
      .figure(
        "hubs.butFor.spearman",
        base,
        Self.correlation(trueButFor, butFor, places),
        Bootstrap.interval(places.count) { Self.correlation(trueButFor, butFor, $0) }
      ),
      .figure(
        "hubs.downstream.spearman",
        base,
        Self.correlation(trueBuyers, buyers, places),
        Bootstrap.interval(places.count) { Self.correlation(trueBuyers, buyers, $0) }
      ),
      .share("hubs.top10", base, shared, of: top),
    ]
  }

  private static func correlation(
    _ left: [Double],
    _ right: [Double],
    _ places: borrowing [Int]
  ) -> Double? {
    var (a, b): ([Double], [Double]) = ([], [])
    for index in 0..<places.count {
      a.append(left[places[index]])
      b.append(right[places[index]])
    }
    return RankCorrelation.of(a, b)
  }

  private static func top(_ values: [Double], _ count: Int) -> [Int] {
    Array(
      values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
        .prefix(count)
    )
  }
}
