/// Which way a search follows edges.
public enum EdgeDirection: Hashable, Sendable, CaseIterable {
  /// From source to target.
  case forward
  /// From target to source.
  case backward
  /// Both ways, as if the graph were undirected.
  case either

  /// The way back.
  var opposite: Self {
    switch self {
    case .forward: .backward
    case .backward: .forward
    case .either: .either
    }
  }
}

extension Graph {
  /// Counts the edges on a shortest route from the nearest of several start nodes to each node.
  ///
  /// ```swift
  /// let distances = try graph.distances(from: [NodeID(0)])
  /// distances[NodeID(3)]  // 2, or nil where no route leads there
  /// ```
  ///
  /// - Parameters:
  ///   - starts: One node or more; repeats change nothing.
  ///   - direction: Which way edges are followed; no matter where the graph is undirected.
  ///   - limit: How many steps to go at most.
  ///   - workers: How many processors may help.
  /// - Returns: The distance of each node in edges.
  /// - Throws: ``GraphError/noStartNodes`` or ``GraphError/noSuchNode(_:nodeCount:)``.
  /// - Complexity: O(*n* + *m*) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers and any order of the starts.
  ///
  /// > Source: S. Beamer, K. Asanović, D. Patterson, "Direction-optimizing breadth-first search",
  /// > SC 2012. [doi](https://doi.org/10.1109/SC.2012.50)
  public func distances(
    from starts: [NodeID],
    direction: EdgeDirection = .forward,
    limit: Int = .max,
    workers: WorkerCount = .active
  ) throws(GraphError) -> Distances {
    try check(starts)
    let steps = [Int32](filling: nodeCount) { steps in
      _ = search(from: starts, direction, limit, Parallel(workers: workers), into: steps)
    }
    return Distances(steps: steps)
  }

  /// Refuses starts that are none.
  func check(_ starts: [NodeID]) throws(GraphError) {
    guard !starts.isEmpty else { throw .noStartNodes }
    for start in starts where !contains(start) {
      throw .noSuchNode(start, nodeCount: nodeCount)
    }
  }

  /// Fills in the distance of each node, all ones where it is not reached; tells whether the limit cut
  /// nothing off.
  ///
  /// The caller has checked the starts, and a step holds the limit. `busiest` holds the first neighbours of each node, where
  /// they are known.
  func search<Step: FixedWidthInteger & BitwiseCopyable & Sendable>(
    from starts: [NodeID],
    _ direction: EdgeDirection,
    _ limit: Int,
    _ parallel: Parallel,
    into steps: SharedArray<Step>,
    busiest: BusiestNeighbors? = nil
  ) -> Bool {
    let search = FrontierSearch(
      outward: rows(along: direction),
      inward: rows(along: direction.opposite),
      steps: steps,
      busiest: busiest?.along(direction.opposite),
      hasFallingRows: busiest != nil && !isDirected,
      parallel: parallel
    )
    return search.run(from: starts, limit: limit)
  }

  /// The sets of rows that a search in a direction reads.
  func rows(along direction: EdgeDirection) -> [Adjacency] {
    switch direction {
    case .forward: [outgoing]
    case .backward: [incoming]
    case .either: isDirected ? [outgoing, incoming] : [outgoing]
    }
  }
}
