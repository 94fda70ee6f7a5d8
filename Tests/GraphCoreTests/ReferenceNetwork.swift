import ClewTestSupport
import GraphCore
import Testing

/// A reference network with what is known of its nodes, ready to be compared with.
struct ReferenceNetwork {
  typealias Row = [String: String]

  let network: LabelledGraph
  /// What is known of each node, in node order.
  let rows: [Row]

  var graph: Graph { network.graph }

  /// Reads one layer of a network with all its nodes, or one phase with those who took part in it.
  init(
    _ name: String,
    layer: String? = nil,
    phase: String? = nil,
    isDirected: Bool = true,
    loops: Bool = false
  ) throws {
    var builder = LabelledGraphBuilder(
      isDirected: isDirected,
      selfLoops: loops ? .kept : .dropped
    )
    // A phase knows those alone who took part in it.
    if phase == nil {
      for row in try ReferenceNetworks.table("nodes", of: name) { builder.addNode(row["id"] ?? "") }
    }
    for row in try ReferenceNetworks.table("edges", of: name)
    where (layer == nil || row["layer"] == layer) && (phase == nil || row["time"] == phase) {
      let weight = try #require(Int64(row["weight"] ?? ""))
      builder.addEdge(from: row["source"] ?? "", to: row["target"] ?? "", weight: weight)
    }
    try self.init(builder.build(), of: name)
  }

  /// Takes a graph that was made from a network's edges.
  init(_ network: LabelledGraph, of name: String) throws {
    self.network = network
    var known: [String: Row] = [:]
    for row in try ReferenceNetworks.table("nodes", of: name) { known[row["id"] ?? ""] = row }
    rows = network.graph.nodes.map { known[network.label(of: $0)] ?? [:] }
  }

  /// The same network without directions and weights.
  func simple() throws -> ReferenceNetwork {
    ReferenceNetwork(
      network: try LabelledGraph(graph: graph.undirected().unweighted(), table: network.table),
      rows: rows
    )
  }

  private init(network: LabelledGraph, rows: [Row]) {
    self.network = network
    self.rows = rows
  }

  /// What some of the nodes have.
  func values<Value>(_ values: [Value], of labels: [String]) throws -> [Value] {
    try labels.map { values[try #require(network.node(for: $0)).index] }
  }

  /// Compares scores with a yes or no for each node; nodes without an answer are left out.
  func separation(_ scores: [Double], _ isTrue: (Row) -> Bool?) -> Separation {
    var judged: [(score: Double, isTrue: Bool)] = []
    for (score, row) in zip(scores, rows) {
      if let answer = isTrue(row) { judged.append((score, answer)) }
    }
    return Separation(judged.map(\.score), judged.map(\.isTrue))
  }

  /// Compares scores with a number in a column, 1 for the first; nodes without one are left out.
  func rankCorrelation(
    _ scores: [Double],
    with column: String,
    below limit: Double = .infinity
  )
    -> Double
  {
    var (ours, theirs): ([Double], [Double]) = ([], [])
    for (score, row) in zip(scores, rows) {
      guard let place = Double(row[column] ?? ""), place < limit else { continue }
      ours.append(score)
      theirs.append(-place)
    }
    return ClewTestSupport.rankCorrelation(ours, theirs)
  }

  /// Compares groups with those that a row states; nodes without one are left out.
  func agreement(_ groups: [UInt32], _ group: (Row) -> String?) -> GroupAgreement {
    var (ours, theirs): ([UInt32], [String]) = ([], [])
    for (found, row) in zip(groups, rows) {
      guard let stated = group(row), !stated.isEmpty else { continue }
      ours.append(found)
      theirs.append(stated)
    }
    return GroupAgreement(theirs, ours)
  }

  /// Leiden's groups of the nodes in several orders, compared with those that rows state.
  ///
  /// Ours takes no seed, but the order of the nodes decides between equals.
  func leiden(orders: Range<UInt64> = 0..<10, _ group: (Row) -> String?) throws -> Groupings {
    var runs = Groupings()
    for seed in orders {
      let places = RandomGraph.places(for: graph, seed: seed)
      let other = try graph.relabelled(places)
      let found = try Leiden().communities(of: other)
      let agreement = agreement(places.map { found.labels[$0.index] }, group)
      runs.adjustedRand.append(agreement.adjustedRand)
      runs.information.append(agreement.information)
      runs.modularity.append(try #require(other.modularity(of: found)))
    }
    return runs
  }

  /// How well each of several groupings agrees with the truth.
  struct Groupings {
    var adjustedRand: [Double] = []
    var information: [Double] = []
    var modularity: [Double] = []

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// From the least to the largest.
    static func span(_ values: [Double]) -> ClosedRange<Double> {
      (values.min() ?? 0)...(values.max() ?? 0)
    }
  }

  /// PageRank against the edges.
  func reversePageRank() throws -> [Double] { try PageRank().scores(of: graph.reversed()).scores }

  /// Who met whom, each meeting once: the people of a network of attendances.
  static func meetings(among isGuest: (String) -> Bool) throws -> LabelledGraph {
    var guests: [String: [String]] = [:]
    for row in try ReferenceNetworks.table("edges", of: "infinito")
    where isGuest(row["source"] ?? "") {
      guests[row["target"] ?? "", default: []].append(row["source"] ?? "")
    }
    var builder = LabelledGraphBuilder(isDirected: false)
    for present in guests.values {
      for (place, one) in present.enumerated() {
        for other in present[..<place] { builder.addEdge(from: one, to: other) }
      }
    }
    return try builder.build()
  }
}
