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
        let found = try graph.distances(from: [place(start)], workers: workers)
        results.append(order?.restored(found) ?? found)
      }
      return { [graph] in
        results.reduce(0.0) { sum, found in
          graph.nodes.reduce(sum) { $0 + Double(found[$1] ?? 0) }
        }
      }
    case "components":
      let found = graph.connectedComponents(workers: workers)
      let result = order?.restored(found) ?? found
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
      return { result.max() ?? 0 }
    case "hits":
      let result = restored(
        try HITS(tolerance: 0, maximumRounds: 20, workers: workers).scores(of: graph).hubs
      )
      return { result.max() ?? 0 }
    case "triangles":
      let count = graph.triangleCount(workers: workers)
      return { Double(count) }
    case "clustering":
      let result = graph.clustering(workers: workers)
      return { Double(result.triangleCount) }
    case "paths":
      var sum = 0.0
      for start in starts {
        let found = try graph.weightedDistances(from: [place(start)], workers: workers)
        sum += Double(found.reachedCount)
      }
      return { sum }
    case "betweenness8":
      let result = restored(
        try graph.betweenness(pivots: .sampled(8, seed: 1), unit: .pairs, workers: workers)
      )
      return { result.max() ?? 0 }
    case "betweenness":
      let result = restored(try graph.betweenness(unit: .pairs, workers: workers))
      return { result.max() ?? 0 }
    case "closeness":
      let result = restored(try graph.harmonicCloseness(workers: workers).scores)
      return { result.max() ?? 0 }
    case "leiden":
      let communities = try Leiden().communities(of: graph)
      return { [graph] in graph.modularity(of: communities) ?? 0 }
    case "cores":
      let result = restored(graph.coreNumbers())
      return { Double(result.max() ?? 0) }
    case "articulation":
      let result = graph.articulationPoints()
      return { Double(result.count) }
    case "bridges":
      let result = graph.bridges()
      return { Double(result.count) }
    case "dominators":
      let tree = try graph.dominatorTree(from: [place(starts[0])])
      return { Double(tree.reached.count) }
    default: throw WrongAnswer(description: "no such kernel: \(kernel)")
    }
  }
}
