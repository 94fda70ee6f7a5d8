import ArgumentParser
internal import ClewEvidence
import Foundation
internal import GraphCore

/// The verb `clew graph`.
struct GraphCommand: ParsableCommand {
  enum Verb: String, ExpressibleByArgument, CaseIterable {
    case degrees, bfs, components, scc, pagerank, hits, betweenness, core, articulation, bridges
    case dominators, springrank, incoherence
  }

  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Runs one graph measure on a plain edge list.",
    discussion: """
      An edge list holds two columns, numbers or names, and a whole-number weight if there is a third;
      separated by spaces, tabs or commas. The answer is a table on standard output, tab separated.

      EXAMPLES
        clew graph pagerank edges.csv
        clew graph bfs edges.txt --from N1
      """
  )

  @Argument(
    help:
      "degrees, bfs, components, scc, pagerank, hits, betweenness, core, articulation, bridges, dominators, springrank or incoherence."
  )
  var verb: Verb
  @Argument(help: "The edge list; - reads standard input.") var edges: String
  @Flag(help: "Take edges both ways.") var undirected = false
  @Flag(help: "Read a third column as a label, not as a weight.") var unweighted = false
  @Option(
    help: ArgumentHelp("Where bfs and dominators start; repeat for several.", valueName: "node")
  )
  var from: [String] = []
  @Option(help: ArgumentHelp("Sample this many pivots for betweenness.", valueName: "n"))
  var pivots: Int?

  func run() throws {
    let reader = EdgeListReader(
      isDirected: !undirected,
      readsWeights: !unweighted
    )
    let labelled = try reader.graph(from: try bytes())
    let graph = labelled.graph
    let starts = try from.map { name in
      guard let node = labelled.node(for: name) else { throw EvidenceError.unknown(what: name) }
      return node
    }
    Terminal.write(
      try GraphReport(labelled: labelled, starts: starts, pivots: pivots).text(verb, graph)
    )
  }

  private func bytes() throws -> [UInt8] {
    if edges == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
    guard FileManager.default.fileExists(atPath: edges) else {
      throw EvidenceError.noSuchFile(path: edges)
    }
    guard let data = FileManager.default.contents(atPath: edges) else {
      throw EvidenceError.permissionDenied(path: edges)
    }
    return Array(data)
  }
}

/// The answer of one measure as a table.
private struct GraphReport {
  let labelled: LabelledGraph
  let starts: [NodeID]
  let pivots: Int?

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
      "node\n" + graph.articulationPoints().map { labelled.label(of: $0) + "\n" }.joined()
    case .bridges:
      "from\tto\n"
        + graph.bridges().map {
          labelled.label(of: $0.source) + "\t" + labelled.label(of: $0.target) + "\n"
        }.joined()
    case .dominators:
      try dominators(graph)
    case .springrank: marks(try SpringRank().scores(of: graph).scores.map(Self.score), "score")
    case .incoherence:
      try incoherence(graph)
    }
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
          tree.immediateDominator(of: node).map(labelled.label) ?? "",
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
    for node in labelled.graph.nodes {
      out += ([labelled.label(of: node)] + rows[node.index]).joined(separator: "\t") + "\n"
    }
    return out
  }

  /// Seventeen digits say exactly which number it is.
  private static func score(_ value: Double) -> String { "\(value)" }
}
