import Foundation
import GraphCore

/// Times each kernel on one random graph, checks each answer, and writes graph and answers for a peer.
struct KernelBench {
  let scale: Int
  let edgeFactor: Int
  let seed: UInt64
  let trials: Int
  /// The folder that receives `edges.tsv` and the answers, or nil.
  let answers: String?

  /// Exact betweenness takes all pairs, so it runs on a smaller graph of the same kind.
  private var smallScale: Int { min(scale, 11) }

  func run() throws {
    let model = RMAT(scale: scale, edgeFactor: edgeFactor, seed: seed)
    let (graph, built) = try Stopwatch.measure(trials: min(trials, 2)) { try model.graph() }
    print(
      "R-MAT, scale \(scale), edge factor \(edgeFactor), seed \(seed): "
        + "\(graph.nodeCount) nodes, \(graph.edgeCount) edges after folding, "
        + "\(WorkerCount.active.value) workers"
    )
    Table.row(["kernel", "min ms", "median ms", "checked by"])
    row("draw and build", built, "two builds are equal")

    let root = Verifier.busiest(graph)
    let all = try Stopwatch.measure(trials: trials) { try graph.distances(from: [root]) }
    try Verifier.distances(all.answer, in: graph, from: root)
    row("breadth-first search", all.times, "no edge skips a step")
    try put("bfs", graph.nodes.map { all.answer[$0] ?? -1 })

    let weak = try Stopwatch.measure(trials: trials) { graph.connectedComponents() }
    try Verifier.components(weak.answer, in: graph)
    row("connected components", weak.times, "union-find")
    try put("components", weak.answer.labels.map(Int.init))

    let strong = try Stopwatch.measure(trials: trials) { graph.stronglyConnectedComponents() }
    try Verifier.largest(strong.answer, in: graph)
    row("strong components", strong.times, "reach there and back")
    try put("strong", strong.answer.labels.map(Int.init))

    let ranks = try Stopwatch.measure(trials: trials) { try PageRank().scores(of: graph) }
    try Verifier.pageRank(ranks.answer.scores, damping: 0.85, in: graph)
    row("PageRank", ranks.times, "one more round, \(ranks.answer.rounds) run")
    try put("pagerank", ranks.answer.scores)

    let fixed = try Stopwatch.measure(trials: trials) { try FixedPointPageRank().scores(of: graph) }
    row("PageRank, fixed point", fixed.times, "trials equal")

    let hits = try Stopwatch.measure(trials: trials) { try HITS().scores(of: graph) }
    try Verifier.hits(hits.answer, in: graph)
    row("HITS", hits.times, "one more round, \(hits.answer.rounds) run")
    try put("hits", hits.answer.hubs)

    let cores = try Stopwatch.measure(trials: trials) { graph.coreNumbers() }
    try Verifier.cores(cores.answer, in: graph)
    row("core numbers", cores.times, "neighbours in the core")
    try put("cores", cores.answer)

    let cuts = try Stopwatch.measure(trials: trials) { graph.articulationPoints() }
    try Verifier.cuts(cuts.answer, in: graph)
    row("articulation points", cuts.times, "removal, 20 and 20 nodes")
    try put("articulation", cuts.answer.map(\.index).sorted())

    let bridges = try Stopwatch.measure(trials: trials) { graph.bridges() }
    row("bridges", bridges.times, "trials equal")
    try put("bridges", [bridges.answer.count])

    let tree = try Stopwatch.measure(trials: trials) { try graph.dominatorTree(from: [root]) }
    try Verifier.dominators(tree.answer, in: graph, from: root)
    row("dominator tree", tree.times, "removal, 20 nodes")
    try put(
      "dominators",
      graph.nodes.map { tree.answer.immediateDominator(of: $0)?.index ?? -1 }
    )

    let springs = try Stopwatch.measure(trials: trials) { try SpringRank().scores(of: graph) }
    try Verifier.springs(springs.answer.scores, in: graph)
    row("SpringRank", springs.times, "forces left, \(springs.answer.rounds) rounds")

    let levels = try Stopwatch.measure(trials: trials) { try TrophicLevels().levels(of: graph) }
    try Verifier.incoherence(levels.answer, in: graph)
    row("trophic levels", levels.times, "incoherence from levels")

    let sampled = try Stopwatch.measure(trials: trials) {
      try graph.betweenness(pivots: .sampled(64, seed: 1))
    }
    try check(
      try graph.betweenness(pivots: .sampled(64, seed: 1), workers: .one) == sampled.answer,
      "betweenness depends on the number of workers"
    )
    row("betweenness, 64 pivots", sampled.times, "one worker, same bits")

    let small = try RMAT(scale: smallScale, edgeFactor: edgeFactor, seed: seed).graph()
    let exact = try Stopwatch.measure(trials: trials) { try small.betweenness() }
    row("betweenness, scale \(smallScale)", exact.times, "trials equal")
    try put("betweenness", exact.answer)

    try putEdges(graph, "edges")
    try putEdges(small, "edges-small")
    try put("root", [root.index])
  }

  private func row(_ kernel: String, _ times: Times, _ checkedBy: String) {
    Table.row([
      kernel, Table.number(times.minimum), Table.number(times.median), "", checkedBy,
    ])
  }

  private func put<Value>(_ name: String, _ values: [Value]) throws {
    guard let answers else { return }
    let text = values.map { "\($0)\n" }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: answers + "/\(name).txt"))
  }

  private func putEdges(_ graph: Graph, _ name: String) throws {
    guard let answers else { return }
    var text = ""
    for edge in graph.edges { text += "\(edge.source)\t\(edge.target)\t\(edge.weight)\n" }
    try Data(text.utf8).write(to: URL(fileURLWithPath: answers + "/\(name).txt"))
  }
}
