extension Graph {
  /// Tells how deep in the dense middle of the graph each node lies.
  ///
  /// The *k*-core is what remains when nodes with fewer than *k* neighbours are taken away again and
  /// again; a node's core number is the largest *k* whose core it belongs to.
  ///
  /// ```swift
  /// triangle.coreNumbers()  // [2, 2, 2]
  /// ```
  ///
  /// - Returns: One number for each node, in node order.
  /// - Complexity: O(*n* + *m*) time and space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected, so that edges there and back make one
  /// > neighbour (networkx counts two); weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks",
  /// > 2003. [doi](https://doi.org/10.48550/arXiv.cs/0310049)
  public func coreNumbers() -> [Int] {
    let rows = undirected().withoutSelfLoops().outgoing
    var degree = (0..<nodeCount).map { rows.row(at: $0).count }
    // `order` holds the nodes by rising degree, with `place` its inverse and
    // `start[d]` the first place of degree d. Taking a node moves each later neighbour to the front
    // of its degree's stretch and lowers it by one, so that `order` stays sorted.
    var start = [Int](repeating: 0, count: (degree.max() ?? 0) + 2)
    for d in degree { start[d + 1] += 1 }
    for d in 1..<start.count { start[d] += start[d - 1] }
    var order = [Int](repeating: 0, count: nodeCount)
    var place = order
    var next = start
    for node in 0..<nodeCount {
      place[node] = next[degree[node]]
      order[place[node]] = node
      next[degree[node]] += 1
    }
    for current in 0..<nodeCount {
      let node = order[current]
      for position in rows.row(at: node) {
        let neighbor = rows.neighbors[position].index
        let d = degree[neighbor]
        guard d > degree[node] else { continue }
        let first = order[start[d]]
        order.swapAt(place[neighbor], start[d])
        place[first] = place[neighbor]
        place[neighbor] = start[d]
        start[d] += 1
        degree[neighbor] = d - 1
      }
    }
    return degree
  }
}
