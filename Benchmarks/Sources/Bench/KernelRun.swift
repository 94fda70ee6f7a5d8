import GraphCore

/// One kernel on one graph, its answer in the order of the input.
struct KernelRun {
  let graph: Graph
  /// The numbering by degree that `graph` has, or nil.
  let order: DegreeOrder?
  let starts: [NodeID]
  let workers: WorkerCount

  private func restored<Value: BitwiseCopyable & Sendable>(_ values: [Value]) -> [Value] {
    order?.restored(values, workers: workers) ?? values
  }

  private func place(_ node: NodeID) -> NodeID { order?.place(of: node) ?? node }

  func run(_ kernel: String) throws -> () -> Double {
    switch kernel {
    case "bfs":
      var results: [Distances] = []
      for start in starts {
        results.append(
          try order?.distances(from: [start], workers: workers)
            ?? graph.distances(from: [start], workers: workers)
        )
      }
      return { [graph] in
        results.reduce(0.0) { sum, found in
          graph.nodes.reduce(sum) { $0 + Double(found[$1] ?? 0) }
        }
      }
    case "components":
      let result =
        order?.connectedComponents(workers: workers) ?? graph.connectedComponents(workers: workers)
      return { Double(result.count) }
    case "scc":
      let found = graph.stronglyConnectedComponents(workers: workers)
      let result = order?.restored(found) ?? found
      return { Double(result.count) }
    case "pagerank", "pagerank64":
      let rank = PageRank(
        tolerance: 0,
        maximumRounds: 20,
        precision: kernel == "pagerank" ? .single : .double,
        workers: workers
      )
      let result = restored(try rank.scores(of: graph).scores)
      // What dangling nodes hold is shared out or not, by the library: the scores are in proportion.
      return { (result.max() ?? 0) / (result.min() ?? 1) }
    case "hits":
      let result = restored(
        // To the accuracy of the others, which do not count rounds.
        try HITS(tolerance: 1e-9, maximumRounds: 100, workers: workers).scores(of: graph).hubs
      )
      return { result.max() ?? 0 }
    case "triangles":
      let count = graph.triangleCount(workers: workers)
      return { Double(count) }
    case "clustering":
      let result = graph.clustering(workers: workers)
      return { Double(result.triangleCount) }
    case "paths":
      var results: [WeightedDistances] = []
      for start in starts {
        results.append(
          try order?.weightedDistances(from: [start], workers: workers)
            ?? graph.weightedDistances(from: [start], workers: workers)
        )
      }
      return { [graph] in
        results.reduce(0.0) { sum, found in
          graph.nodes.reduce(sum) { $0 + Double(found[$1] ?? 0) }
        }
      }
    case "betweenness8":
      let pivots = Pivots.nodes(starts.map { place($0) })
      let scale = Double(starts.count) / Double(graph.nodeCount)
      let result = restored(
        try graph.betweenness(pivots: pivots, unit: .pairs, workers: workers)
      )
      return { (result.max() ?? 0) * scale }
    case "betweenness":
      let result = restored(try graph.betweenness(unit: .pairs, workers: workers))
      return { result.max() ?? 0 }
    case "closeness":
      let result = restored(try graph.harmonicCloseness(workers: workers).scores)
      return { result.max() ?? 0 }
    case "leiden", "louvain":
      let found =
        kernel == "leiden"
        ? try Leiden().communities(of: graph) : try Louvain().communities(of: graph)
      let communities = order?.restored(found) ?? found
      return { [graph] in communities.count > 0 ? graph.modularity(of: found) ?? 0 : 0 }
    case "cores":
      let result = restored(graph.coreNumbers())
      return { Double(result.max() ?? 0) }
    case "articulation":
      let found = graph.articulationPoints()
      let result = order.map { order in found.map { order.original(of: $0) }.sorted() } ?? found
      return { Double(result.count) }
    case "bridges":
      let found = graph.bridges()
      let result =
        order.map { order in
          found.map { (order.original(of: $0.source), order.original(of: $0.target)) }
        } ?? found.map { ($0.source, $0.target) }
      return { Double(result.count) }
    case "dominators":
      let tree = try graph.dominatorTree(from: [place(starts[0])])
      return { Double(tree.reached.count) }
    default: throw WrongAnswer(description: "no such kernel: \(kernel)")
    }
  }
}
