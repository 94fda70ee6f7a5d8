import ArgumentParser
internal import ClewEvidence
internal import ClewImport
internal import ClewReport
import Foundation
internal import GraphCore

/// The verb `clew graph`.
struct GraphCommand: AsyncParsableCommand {
  enum Verb: String, ExpressibleByArgument, CaseIterable {
    case degrees, bfs, components, scc, pagerank, hits, betweenness, core, articulation, bridges
    case dominators, springrank, incoherence, analyze
  }

  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Runs one graph measure on a plain edge list.",
    discussion: """
      An edge list holds two columns, numbers or names, and a whole-number weight if there is a third;
      separated by spaces, tabs or commas; it may be compressed by gzip, zstd, xz, bzip2 or LZ4. The answer is
      a table on standard output, tab separated; nodes come by name, or by number where all are numbers.

      "analyze" looks at edges from supplier to buyer as a whole: parts, tiers, lines from the nodes that
      hand on most (or from --from), and how many nodes would be cut off without a head or a hub.

      With --engine, components and pagerank are worked out on a cluster, from a table with a header on its \
      storage (CSV, JSON lines, Parquet); the answer is that of this machine, byte for byte.

      EXAMPLES
        clew graph pagerank edges.csv
        clew graph pagerank transfers.csv --fixed-point --rounds 20
        clew graph components /data/transfers.parquet --engine spark://127.0.0.1:15002
        clew graph bfs edges.txt --from N1
        clew graph analyze edges.txt.gz --lines 9 --json
      """
  )

  @Argument(
    help:
      "degrees, bfs, components, scc, pagerank, hits, betweenness, core, articulation, bridges, dominators, springrank, incoherence or analyze."
  )
  var verb: Verb
  @Argument(help: "The edge list; - reads standard input; with --engine a path on the cluster.")
  var edges: String
  @Flag(help: "Take edges both ways.") var undirected = false
  @Flag(help: "Read a third column as a label, not as a weight.") var unweighted = false
  @Option(
    help: ArgumentHelp(
      "Where bfs, dominators and the lines of analyze start; repeat for several.",
      valueName: "node"
    )
  )
  var from: [String] = []
  @Option(help: ArgumentHelp("Sample this many pivots for betweenness.", valueName: "n"))
  var pivots: Int?

  @Option(help: ArgumentHelp("How many lines analyze tells apart.", valueName: "n"))
  var lines = 9
  @Flag(help: "Write the document clew.graph-analysis/1 (analyze alone).") var json = false
  @Flag(
    help: "PageRank in whole numbers, of 2^40 parts in all: the same on every machine and cluster."
  )
  var fixedPoint = false
  @Option(help: ArgumentHelp("How many rounds of --fixed-point at most.", valueName: "n"))
  var rounds = 128
  @Option(
    help: ArgumentHelp(
      "How many nodes one worker of a cluster may hold to merge components; more are merged by rounds over all (20 million).",
      valueName: "n"
    )
  )
  var mergeNodes: Int?
  @OptionGroup(title: "Engine") var engine: EngineFlags

  func validate() throws {
    guard (1...GraphOutline.mostLines).contains(lines), from.count <= GraphOutline.mostLines else {
      throw ValidationError("--lines takes a number from 1 to \(GraphOutline.mostLines)")
    }
    if json, verb != .analyze { throw ValidationError("--json goes with analyze alone") }
    guard !fixedPoint || verb == .pagerank else {
      throw ValidationError("--fixed-point goes with pagerank alone")
    }
    guard (1...10_000).contains(rounds) else {
      throw ValidationError("--rounds takes a number from 1 to 10000")
    }
    if let mergeNodes, mergeNodes < 0 || engine.isLocal || verb != .components {
      throw ValidationError("--merge-nodes takes a number, and goes with components and --engine")
    }
    guard !engine.isLocal else { return }
    guard verb == .components || verb == .pagerank && fixedPoint && !undirected else {
      throw ValidationError(
        "a cluster works out components, and pagerank with --fixed-point along directed edges"
      )
    }
  }

  func run() async throws {
    guard engine.isLocal else { return try await runOnCluster() }
    let reader = EdgeListReader(
      isDirected: !undirected,
      readsWeights: !unweighted,
      repeats: .summed
    )
    let network = try EdgeListFile(path: edges).read(by: reader)
    var starts: [NodeID] = []
    for name in from {
      guard let node = network.node(for: name) else { throw EvidenceError.unknown(what: name) }
      if !starts.contains(node) { starts.append(node) }
    }
    let report = GraphReport(
      network: network,
      starts: starts,
      pivots: pivots,
      lineCount: lines,
      isJSON: json,
      rank: fixedPoint ? rank : nil
    )
    Terminal.write(try report.text(verb, network.graph))
  }

  /// PageRank as `--fixed-point` wants it.
  var rank: FixedPointPageRank { FixedPointPageRank(maximumRounds: rounds) }

  #if !Spark
  private func runOnCluster() async throws { throw EngineFlags.isMissing }
  #endif
}

/// The answer of one measure as a table.
private struct GraphReport {
  let network: NamedGraph
  let starts: [NodeID]
  let pivots: Int?
  let lineCount: Int
  let isJSON: Bool
  /// PageRank in whole numbers, where it was asked for.
  let rank: FixedPointPageRank?

  func text(_ verb: GraphCommand.Verb, _ graph: Graph) throws -> String {
    switch verb {
    case .degrees:
      table(
        ["node", "in", "out"],
        graph.nodes.map { ["\(graph.inDegree(of: $0))", "\(graph.outDegree(of: $0))"] }
      )
    case .bfs:
      try bfs(graph)
    case .components: marks(graph.connectedComponents().labels.map(String.init), "component")
    case .scc: marks(graph.stronglyConnectedComponents().labels.map(String.init), "component")
    case .pagerank where rank != nil:
      marks(try rank?.scores(of: graph).scores.map(String.init) ?? [], "score")
    case .pagerank: marks(try PageRank().scores(of: graph).scores.map(Self.score), "score")
    case .hits:
      try hits(graph)
    case .betweenness:
      marks(
        try graph.betweenness(pivots: pivots.map { .sampled($0, seed: 1) } ?? .all).map(Self.score),
        "score"
      )
    case .core: marks(graph.coreNumbers().map(String.init), "core")
    case .articulation:
      "node\n" + graph.articulationPoints().map { network.label(of: $0) + "\n" }.joined()
    case .bridges:
      "from\tto\n"
        + graph.bridges().map {
          network.label(of: $0.source) + "\t" + network.label(of: $0.target) + "\n"
        }.joined()
    case .dominators:
      try dominators(graph)
    case .springrank: marks(try SpringRank().scores(of: graph).scores.map(Self.score), "score")
    case .incoherence:
      try incoherence(graph)
    case .analyze:
      try outline(graph)
    }
  }

  private func outline(_ graph: Graph) throws -> String {
    let outline = try GraphOutline(of: graph, heads: starts, lineCount: lineCount)
    return isJSON
      ? GraphOutlineText.json(outline, of: network) : GraphOutlineText.text(outline, of: network)
  }

  private func bfs(_ graph: Graph) throws -> String {
    guard !starts.isEmpty else {
      throw Complaint(status: .usage, message: "bfs needs --from NODE")
    }
    let distances = try graph.distances(from: starts)
    return marks(graph.nodes.map { distances[$0].map(String.init) ?? "" }, "distance")
  }

  private func hits(_ graph: Graph) throws -> String {
    let result = try HITS().scores(of: graph)
    return table(
      ["node", "hub", "authority"],
      graph.nodes.map {
        [Self.score(result.hubs[$0.index]), Self.score(result.authorities[$0.index])]
      }
    )
  }

  private func dominators(_ graph: Graph) throws -> String {
    let roots = starts.isEmpty ? graph.nodes.filter { graph.inDegree(of: $0) == 0 } : starts
    let tree = try graph.dominatorTree(from: roots)
    return table(
      ["node", "dominator", "dominated"],
      graph.nodes.map { node in
        guard tree.reaches(node) else { return ["", ""] }
        return [
          tree.immediateDominator(of: node).map(network.label) ?? "",
          "\(tree.subtreeSize(of: node) - 1)",
        ]
      }
    )
  }

  private func incoherence(_ graph: Graph) throws -> String {
    let result = try TrophicLevels().levels(of: graph)
    return "F0\t\(result.incoherence.map(Self.score) ?? "")\n"
      + marks(result.levels.map(Self.score), "level")
  }

  private func marks(_ values: [String], _ name: String) -> String {
    table(["node", name], values.map { [$0] })
  }

  private func table(_ header: [String], _ rows: [[String]]) -> String {
    var out = header.joined(separator: "\t") + "\n"
    for node in network.graph.nodes {
      out += ([network.label(of: node)] + rows[node.index]).joined(separator: "\t") + "\n"
    }
    return out
  }

  /// Seventeen digits say exactly which number it is.
  private static func score(_ value: Double) -> String { "\(value)" }
}
