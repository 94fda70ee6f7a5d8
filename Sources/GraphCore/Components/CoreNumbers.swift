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
  /// - Complexity: O(*m* + *k* *n*) time at most, for *n* nodes, *m* edges and *k* cores, and O(*n* +
  ///   *m*) on all but contrived graphs, as few nodes outlive the first cores; O(*n*) space.
  ///
  /// > Accepts: Directed graphs are read as undirected, so that edges there and back make one
  /// > neighbour (networkx counts two); weights and self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks",
  /// > 2003. [doi](https://doi.org/10.48550/arXiv.cs/0310049) Peeled level by level instead of kept
  /// > sorted, as in N. Dasari, D. Ranjan, M. Zubair, "ParK", IEEE Big Data 2014.
  /// > [doi](https://doi.org/10.1109/BigData.2014.7004366)
  public func coreNumbers() -> [Int] {
    let rows = undirected().withoutSelfLoops().outgoing
    let degree = SharedArray<UInt32>(unwritten: nodeCount)
    // `alive` holds the nodes not yet taken away, in order; `taken` those taken at this level.
    let alive = SharedArray<UInt32>(unwritten: nodeCount)
    let taken = SharedArray<UInt32>(unwritten: nodeCount)
    for node in 0..<nodeCount {
      degree[node] = UInt32(rows.row(at: node).count)
      alive[node] = UInt32(node)
    }
    var aliveCount = nodeCount
    var level: UInt32 = 0
    while aliveCount > 0 {
      var (left, takenCount, least) = (0, 0, UInt32.max)
      for place in 0..<aliveCount {
        let node = alive[place]
        let d = degree[node]
        if d == level {
          taken[takenCount] = node
          takenCount += 1
        } else if d > level {
          alive[left] = node
          left += 1
          least = min(least, d)
        }
      }
      // Degrees never sink below the level: whoever reaches it is taken at it.
      rows.take(taken, &takenCount, at: level, from: degree)
      aliveCount = left
      // Where nobody was taken, nothing sank either.
      level = takenCount == 0 ? least : level + 1
    }
    return (0..<nodeCount).map { Int(degree[$0]) }
  }
}
