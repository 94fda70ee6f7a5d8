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
    let isCut = LowPoints(of: self).cuts()
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
    let search = LowPoints(of: self)
    return search.order.indices
      .filter { search.isBridge($0) }
      .map { place in
        let (node, above) = (search.node(at: place), search.parent(at: place))
        return (min(node, above), max(node, above))
      }
      .sorted { $0 < $1 }
      .compactMap { joined($0.0, $0.1) }
  }

  /// What two nodes share as one edge, whatever the direction; nil where it is nothing.
  private func joined(_ first: NodeID, _ second: NodeID) -> Edge? {
    let there = edge(from: first, to: second)
    guard isDirected, let back = edge(from: second, to: first) else { return there }
    return Edge(
      source: first,
      target: second,
      weight: back.weight + (there?.weight ?? 0),
      multiplicity: back.multiplicity + (there?.multiplicity ?? 0)
    )
  }
}
