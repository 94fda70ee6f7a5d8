extension Graph {
  /// Finds the nodes without which their component would fall apart.
  ///
  /// ```swift
  /// path.articulationPoints()  // all nodes of a path but its two ends
  /// ```
  ///
  /// - Returns: The nodes, rising.
  /// - Complexity: O(*n* + *m*) time and space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph
  /// > manipulation", *Comm. ACM* 16(6), 1973. [doi](https://doi.org/10.1145/362248.362272)
  public func articulationPoints() -> [NodeID] {
    let isCut = LowPoints(of: undirected()).cuts()
    return isCut.indices.filter { isCut[$0] }.map { NodeID($0) }
  }

  /// Finds the edges without which their component would fall apart.
  ///
  /// An edge that stands for several folded ones counts as one, and so do edges there and back
  /// between the same two nodes.
  ///
  /// - Returns: The undirected edges, each with the smaller node as source, by source and target;
  ///   the weight of edges there and back is their sum.
  /// - Complexity: O(*n* + *m*) time and space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: R. E. Tarjan, "A note on finding the bridges of a graph", *Inf. Process. Lett.* 2(6),
  /// > 1974. [doi](https://doi.org/10.1016/0020-0190(74)90003-9)
  public func bridges() -> [Edge] {
    let pairs = undirected()
    let search = LowPoints(of: pairs)
    return pairs.nodes
      .compactMap { node in search.bridgeParent(of: node).map { (min(node, $0), max(node, $0)) } }
      .sorted { $0 < $1 }
      .compactMap { pairs.edge(from: $0.0, to: $0.1) }
  }
}
