extension Graph {
  /// Tells how much more weight lies within the groups of a division than chance would put there.
  ///
  /// ```swift
  /// graph.modularity(of: Leiden().communities(of: graph))
  /// ```
  ///
  /// - Parameters:
  ///   - communities: The division.
  ///   - resolution: How much chance counts; 1 by Newman.
  /// - Returns: A number below 1; nil where there is no edge.
  /// - Complexity: O(*n* + *m*).
  ///
  /// > Accepts: Directed graphs are read as undirected; weighted; self-loops count twice at their node.
  ///
  /// > Source: M. E. J. Newman, M. Girvan, "Finding and evaluating community structure in networks",
  /// > *Phys. Rev. E* 69, 026113, 2004. [doi](https://doi.org/10.1103/PhysRevE.69.026113)
  public func modularity(of communities: Components, resolution: Double = 1) -> Double? {
    let network = CommunityNetwork<Double>(of: undirected())
    guard network.totalStrength > 0 else { return nil }
    var within = 0.0
    var strengths = [Double](repeating: 0, count: communities.count)
    for node in 0..<nodeCount {
      let own = Int(communities.labels[node])
      strengths[own] += network.strengths[node]
      within += network.loops[node]
      for entry in network.row(of: node)
      where communities.labels[Int(network.neighbors[entry])] == communities.labels[node] {
        within += network.weight(at: entry)
      }
    }
    let total = network.totalStrength
    let chance = strengths.reduce(0) { $0 + $1 * $1 } / total
    return (within - resolution * chance) / total
  }
}
