internal import GraphCore

/// The orders in which persons of one network are taken, by several rules under the same constraints.
struct ArrestChoice: Sendable {
  /// One person taken, and what the dominators say that his loss cuts off.
  struct Step: Sendable {
    let node: NodeID
    let foretold: SupplyLeft
  }

  private let network: SupplyNetwork
  private let planner: ArrestPlanner
  private let isSource: [Bool]
  private let custody: [Bool]
  /// Those who supply somebody and may be chosen.
  let candidates: [NodeID]

  init(_ network: SupplyNetwork, _ planner: ArrestPlanner, sources: Set<Int>) {
    self.network = network
    self.planner = planner
    let parties = network.parties
    isSource = parties.map(sources.contains)
    custody = parties.map(planner.inCustody.contains)
    candidates = network.graph.nodes.filter { node in
      let party = parties[node.index]
      return network.graph.outDegree(of: node) > 0 && !planner.inCustody.contains(party)
        && planner.permitted.map { $0.contains(party) } != false
    }
  }

  private var count: Int { min(max(0, planner.limit), candidates.count) }

  /// Those who are left of the candidates; sources only, as long as there is one, where they go first.
  private func open(_ removed: [Bool]) -> [NodeID] {
    let left = candidates.filter { !removed[$0.index] }
    guard planner.sourcesFirst else { return left }
    let sources = left.filter { isSource[$0.index] }
    return sources.isEmpty ? left : sources
  }

  /// By what could be reached only through them, until no customer is left.
  func greedy() -> [Step] {
    var removed = custody
    var steps: [Step] = []
    while steps.count < count {
      guard let next = best(removed) else { break }
      removed[next.node.index] = true
      steps.append(next)
    }
    return steps
  }

  private func best(_ removed: [Bool]) -> Step? {
    let roots = network.origins.filter { !removed[$0.index] }
    let graph = network.graph(without: removed)
    guard !roots.isEmpty, let tree = try? graph.dominatorTree(from: roots),
      graph.nodes.contains(where: { network.isFinal[$0.index] && tree.reaches($0) })
    else { return nil }
    var customers = [Int64](repeating: 0, count: graph.nodeCount)
    var records = customers
    for node in graph.nodes where network.isFinal[node.index] { customers[node.index] = 1 }
    for link in network.finalLinks where !removed[link.buyer.index] {
      records[link.supplier.index] += link.items
    }
    guard let customers = try? tree.subtreeSums(of: customers),
      let records = try? tree.subtreeSums(of: records)
    else { return nil }
    var best: Step?
    for node in open(removed) where tree.reaches(node) {
      let step = Step(
        node: node,
        foretold: SupplyLeft(
          persons: tree.subtreeSize(of: node),
          customers: Int(customers[node.index]),
          records: records[node.index]
        )
      )
      if best.map({ isBetter(step, $0, graph) }) != false { best = step }
    }
    return best
  }

  private func isBetter(_ step: Step, _ other: Step, _ graph: Graph) -> Bool {
    let (a, b) = (step.foretold, other.foretold)
    let aims: [(Int64, Int64)] = [
      (Int64(a.customers), Int64(b.customers)), (a.records, b.records),
    ]
    for (mine, theirs) in planner.aim == .customers ? aims : aims.reversed() where mine != theirs {
      return mine > theirs
    }
    if a.persons != b.persons { return a.persons > b.persons }
    let (mine, theirs) = (graph.outWeight(of: step.node), graph.outWeight(of: other.node))
    return mine != theirs ? mine > theirs : step.node < other.node
  }

  /// By the number of links that are left, counted anew after each step.
  func byDegree() -> [NodeID] {
    adaptive { graph in graph.nodes.map { Double(graph.degree(of: $0)) } }
  }

  /// By betweenness in what is left, computed anew after each step.
  func byBetweenness(_ workers: WorkerCount) -> [NodeID] {
    let pivots: Pivots = network.parties.count <= 2_000 ? .all : .sampled(512, seed: 1)
    return adaptive { graph in
      (try? graph.betweenness(pivots: pivots, workers: workers))
        ?? [Double](repeating: 0, count: graph.nodeCount)
    }
  }

  /// In an order drawn by chance.
  func byChance(seed: UInt64) -> [NodeID] {
    var generator = SplitMix(state: seed)
    var removed = custody
    var order: [NodeID] = []
    for _ in 0..<count {
      let left = open(removed)
      guard !left.isEmpty else { break }
      let place = generator.next().multipliedFullWidth(by: UInt64(left.count)).high
      let node = left[Int(place)]
      removed[node.index] = true
      order.append(node)
    }
    return order
  }

  private func adaptive(_ scores: (Graph) -> [Double]) -> [NodeID] {
    var removed = custody
    var order: [NodeID] = []
    for _ in 0..<count {
      let values = scores(network.graph(without: removed))
      var best: NodeID?
      for node in open(removed) where best.map({ values[node.index] > values[$0.index] }) != false {
        best = node
      }
      guard let best else { break }
      removed[best.index] = true
      order.append(best)
    }
    return order
  }

  /// What is left after each step of an order.
  func curve(_ order: [NodeID]) -> [SupplyLeft] {
    var removed = custody
    return order.map { node in
      removed[node.index] = true
      return network.left(without: removed)
    }
  }
}
