extension Graph {
  /// The share of edges that are answered by an edge back.
  ///
  /// ```swift
  /// graph.reciprocity()  // 1 where every edge is answered, 0 where none is
  /// ```
  ///
  /// - Returns: A share from 0 to 1; nil where there is no edge between two nodes.
  /// - Complexity: O(*n* + *m*) time, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs; an undirected one has 1. Weights are ignored, and so are
  /// > self-loops, as in igraph (networkx counts them as edges without answer).
  ///
  /// > Repeatable: The answer depends on the graph alone.
  ///
  /// > Source: M. E. J. Newman, S. Forrest, J. Balthrop, "Email networks and the spread of computer
  /// > viruses", *Phys. Rev. E* 66, 035101, 2002. [doi](https://doi.org/10.1103/PhysRevE.66.035101)
  public func reciprocity() -> Double? {
    let arcs = outgoing.neighbors.count - selfLoopCount
    guard arcs > 0 else { return nil }
    var answered = 0
    for node in nodes {
      // Both rows rise, so that one pass over the two finds what they share.
      let out = outNeighbors(of: node)
      let into = inNeighbors(of: node)
      var (a, b) = (out.startIndex, into.startIndex)
      while a < out.endIndex, b < into.endIndex {
        if out[a] == into[b], out[a] != node { answered += 1 }
        let (left, right) = (out[a], into[b])
        if left <= right { a += 1 }
        if right <= left { b += 1 }
      }
    }
    return Double(answered) / Double(arcs)
  }
}
