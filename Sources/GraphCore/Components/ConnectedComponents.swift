extension Graph {
  /// Divides the nodes into groups that are linked with one another, whatever the direction.
  ///
  /// In a directed graph these are the weak components.
  ///
  /// ```swift
  /// let components = graph.connectedComponents()
  /// components.sizes.max()
  /// ```
  ///
  /// - Returns: The component of each node; components are numbered by their first nodes.
  /// - Complexity: O(*n* + *m* α(*n*)) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: R. E. Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", *J. ACM*
  /// > 31(2), 1984. [doi](https://doi.org/10.1145/62.2160)
  public func connectedComponents() -> Components {
    // parent[v] <= v always: the smaller root wins, so that a root is its set's first node.
    var parent = (0..<nodeCount).map { UInt32($0) }
    for node in 0..<nodeCount {
      for position in outgoing.row(at: node) {
        let a = root(of: UInt32(node), in: &parent)
        let b = root(of: outgoing.neighbors[position].rawValue, in: &parent)
        if a < b {
          parent[Int(b)] = a
        } else if b < a {
          parent[Int(a)] = b
        }
      }
    }
    for node in 0..<nodeCount { parent[node] = parent[Int(parent[node])] }
    return Components(marks: parent)
  }
}

/// Climbs to the first node of a set, halving the way for later climbs.
private func root(of node: UInt32, in parent: inout [UInt32]) -> UInt32 {
  var node = Int(node)
  while Int(parent[node]) != node {
    parent[node] = parent[Int(parent[node])]
    node = Int(parent[node])
  }
  return UInt32(node)
}
