/// A graph whose nodes have names.
public struct LabelledGraph: Equatable, Sendable {
  /// The nodes and edges.
  public let graph: Graph
  /// The name of each node.
  public let table: NodeTable

  /// Puts names to the nodes of a graph.
  ///
  /// - Parameters:
  ///   - graph: The nodes and edges.
  ///   - table: One label for each node.
  /// - Throws: ``GraphError/wrongValueCount(expected:found:)`` where the table is of another size.
  public init(graph: Graph, table: NodeTable) throws(GraphError) {
    guard table.count == graph.nodeCount else {
      throw .wrongValueCount(expected: graph.nodeCount, found: table.count)
    }
    self.graph = graph
    self.table = table
  }

  /// Builds the graph of edges whose nodes were numbered in the order of distinct labels.
  init(edges: GraphBuilder, labels: [String], order: NodeOrder) throws(GraphError) {
    guard order == .sorted else {
      table = NodeTable(distinct: labels)
      graph = try edges.build()
      return
    }
    let sorted = labels.placesInByteOrder
    var places = [NodeID](repeating: NodeID(rawValue: 0), count: labels.count)
    for place in sorted.indices { places[sorted[place]] = NodeID(place) }
    var renumbered = edges
    renumbered.renumber(places)
    table = NodeTable(distinct: sorted.map { labels[$0] })
    graph = try renumbered.build()
  }

  /// The name of a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: Its label.
  public func label(of node: NodeID) -> String {
    table[node]
  }

  /// Finds a node by name.
  ///
  /// - Parameter label: Any text.
  /// - Returns: The node, or nil where no node has the name.
  public func node(for label: String) -> NodeID? {
    table.node(for: label)
  }
}

/// Collects edges between names and turns them into a graph.
///
/// ```swift
/// var builder = LabelledGraphBuilder(order: .sorted)
/// builder.addEdge(from: "b", to: "a")
/// try builder.build().label(of: NodeID(0))  // "a"
/// ```
public struct LabelledGraphBuilder: Sendable {
  /// How the ids will run.
  public let order: NodeOrder
  private var table = NodeTable()
  private var edges: GraphBuilder

  /// Starts without edges.
  ///
  /// - Parameters:
  ///   - isDirected: Whether direction counts.
  ///   - selfLoops: What becomes of self-loops.
  ///   - order: How the ids will run.
  public init(
    isDirected: Bool = true,
    selfLoops: GraphBuilder.SelfLoops = .kept,
    order: NodeOrder = .sorted
  ) {
    edges = GraphBuilder(isDirected: isDirected, selfLoops: selfLoops)
    self.order = order
  }

  /// Adds a node by name, unless it is there.
  ///
  /// - Parameter label: Its name.
  public mutating func addNode(_ label: String) {
    if table.insert(label).index == edges.nodeCount { edges.addNode() }
  }

  /// Adds an edge, and its nodes where they are new.
  ///
  /// - Parameters:
  ///   - source: The name of the node the edge leaves.
  ///   - target: The name of the node the edge enters.
  ///   - weight: Its weight in the caller's unit; ``build()`` refuses one below 1.
  public mutating func addEdge(from source: String, to target: String, weight: Int64 = 1) {
    let from = table.insert(source)
    edges.addEdge(from: from, to: table.insert(target), weight: weight)
  }

  /// Sorts the edges into rows and folds those between the same names.
  ///
  /// - Returns: The graph with its names.
  /// - Throws: What ``GraphBuilder/build(workers:)`` throws.
  /// - Complexity: O(*n* + *m*), and O(*n* log *n* + *m*) where sorted.
  public func build() throws(GraphError) -> LabelledGraph {
    try LabelledGraph(edges: edges, labels: table.labels, order: order)
  }
}
