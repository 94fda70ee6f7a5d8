extension Graph {
  /// Counts the edges on a shortest route from each of several start nodes by itself.
  ///
  /// Up to 64 searches go side by side, a bit for each: one look at an edge serves them all.
  ///
  /// ```swift
  /// let tables = try graph.distances(fromEach: heads)
  /// tables[2][NodeID(7)]  // the steps from the third head
  /// ```
  ///
  /// - Parameters:
  ///   - starts: Any nodes; none for no answer.
  ///   - direction: Which way edges are followed; no matter where the graph is undirected.
  ///   - limit: How many steps to go at most.
  ///   - workers: How many processors may help.
  /// - Returns: For each start what ``distances(from:direction:limit:workers:)`` would return.
  /// - Throws: ``GraphError/noSuchNode(_:nodeCount:)``, or ``GraphError/cancelled``.
  /// - Complexity: O(*k* / 64 · *d* · *m* + *k* *n*) time for *k* starts and distances up to *d*, and O(*k* *n*)
  ///   space.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: M. Then et al., "The more the merrier: efficient multi-source graph traversal", *PVLDB*
  /// > 8(4), 2014. [doi](https://doi.org/10.14778/2735496.2735507)
  public func distances(
    fromEach starts: [NodeID],
    direction: EdgeDirection = .forward,
    limit: Int = .max,
    workers: WorkerCount = .active
  ) throws(GraphError) -> [Distances] {
    for start in starts where !contains(start) {
      throw .noSuchNode(start, nodeCount: nodeCount)
    }
    let search = SearchLanes(
      rows: rows(along: direction.opposite),
      parallel: Parallel(workers: workers)
    )
    var answers: [Distances] = []
    for first in stride(from: 0, to: starts.count, by: SearchLanes.laneCount) {
      try Supervision.current?.report(first, of: starts.count)
      let end = min(starts.count, first + SearchLanes.laneCount)
      answers += search.distances(from: starts[first..<end], limit: limit)
    }
    return answers
  }
}

/// Searches from up to 64 nodes at once, a bit for each.
///
/// `seen[v]` has the bits of the searches that have reached v, `now[v]` of those that did so at the last
/// step. A worker owns the nodes of its chunk: it joins the bits of the nodes before each, and what is
/// new is reached.
private struct SearchLanes: Sendable {
  static let laneCount = 64

  /// The sets of rows that lead from a node back to where a search comes from.
  let rows: [Adjacency]
  let parallel: Parallel

  func distances(from starts: ArraySlice<NodeID>, limit: Int) -> [Distances] {
    let count = rows[0].nodeCount
    let seen = SharedArray<UInt64>(repeating: 0, count: count)
    var now = SharedArray<UInt64>(repeating: 0, count: count)
    var next = SharedArray<UInt64>(unwritten: count)
    let tables = starts.map { _ in SharedArray<Int32>(repeating: -1, count: count) }
    for (lane, start) in starts.enumerated() {
      seen[start.index] |= 1 &<< UInt64(lane)
      now[start.index] |= 1 &<< UInt64(lane)
      tables[lane][start.index] = 0
    }
    let everybody = starts.count == 64 ? UInt64.max : (UInt64(1) &<< UInt64(starts.count)) - 1
    var step: Int32 = 0
    while Int(step) < limit {
      let (from, to, own) = (now, next, step + 1)
      let found = parallel.sumOfChunks(count: count) { nodes in
        var found = 0
        for node in nodes {
          let before = seen[node]
          to[node] = 0
          guard before != everybody else { continue }
          var bits: UInt64 = 0
          for side in rows {
            for position in side.row(at: node) { bits |= from[side.neighbors[position].index] }
          }
          bits &= ~before
          guard bits != 0 else { continue }
          to[node] = bits
          seen[node] = before | bits
          found += 1
          while bits != 0 {
            tables[bits.trailingZeroBitCount][node] = own
            bits &= bits &- 1
          }
        }
        return found
      }
      guard found > 0 else { break }
      swap(&now, &next)
      step += 1
    }
    return tables.map { table in Distances(steps: parallel.map(count: count) { table[$0] }) }
  }
}
