/// The nodes from which shortest routes are counted.
public enum Pivots: Hashable, Sendable {
  /// Every node, for the exact answer.
  case all
  /// So many nodes drawn without repeats, for an estimate; the draw depends on the seed alone.
  case sampled(Int, seed: UInt64)
  /// These nodes, each once, for an estimate or for what begins with them.
  case nodes([NodeID])
}

/// The unit of a betweenness.
public enum BetweennessUnit: Hashable, Sendable {
  /// The share of the pairs of other nodes, from 0 to 1.
  case shareOfPairs
  /// The number of pairs of other nodes; a pair of an undirected graph counts once.
  case pairs
}

extension Graph {
  /// Scores each node by the share of shortest routes between other nodes that pass through it.
  ///
  /// A high score marks a go-between. Where several shortest routes join a pair, each counts in part.
  ///
  /// ```swift
  /// try path.betweenness()  // of three nodes in a row: [0, 1, 0]
  /// ```
  ///
  /// - Parameters:
  ///   - pivots: The nodes from which routes are counted; an estimate from *k* of *n* nodes is
  ///     scaled by *n* / *k*.
  ///   - unit: Whether scores are shares or numbers of pairs.
  ///   - workers: How many processors may help.
  /// - Returns: One score for each node, in node order; 0 for all where there are fewer than three.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)`` where fewer than one pivot is asked
  ///   for, or ``GraphError/noSuchNode(_:nodeCount:)``.
  /// - Complexity: O(*k* (*n* + *m*)) time and O(*n* + *m*) space for each worker, for *n* nodes, *m*
  ///   edges and *k* pivots.
  ///
  /// > Accepts: Directed or undirected; weights are ignored; self-loops never lie on a route.
  ///
  /// > Repeatable: The same bits for any number of workers; an estimate depends only on the seed.
  ///
  /// > Source: U. Brandes, "A faster algorithm for betweenness centrality", *J. Math. Sociol.*
  /// > 25(2), 2001. [doi](https://doi.org/10.1080/0022250X.2001.9990249) Pivots: U. Brandes, C. Pich,
  /// > "Centrality estimation in large networks", *Int. J. Bifurc. Chaos* 17(7), 2007.
  /// > [doi](https://doi.org/10.1142/S0218127407018403)
  public func betweenness(
    pivots: Pivots = .all,
    unit: BetweennessUnit = .shareOfPairs,
    workers: WorkerCount = .active
  ) throws(GraphError) -> [Double] {
    let chosen = try nodes(of: pivots)
    guard nodeCount > 2 else { return [Double](repeating: 0, count: nodeCount) }
    // Few tables, as each keeps a score for all nodes: starts are added up within each, then tables,
    // whoever has filled them.
    let lanes = RouteLanes.laneCount
    let size = chosen.count < 8 * lanes ? lanes / 2 : (chosen.count / 32 + lanes) / lanes * lanes
    let tables = (0..<(chosen.count + size - 1) / size).map { _ in
      SharedArray<Double>(repeating: 0, count: nodeCount)
    }
    let parallel = Parallel(workers: workers)
    // A worker fills whole tables; where some would have none, all help with one search after another.
    let batch = max(size, lanes)
    let batchCount = (chosen.count + batch - 1) / batch
    let isShared = batchCount < workers.value
    let watch = SupervisedChunks(total: batchCount)
    let searchers = isShared ? Parallel(workers: .one) : parallel
    searchers.share(count: chosen.count, chunkSize: batch) { queue in
      let search = RouteLanes(self, isShared ? parallel : Parallel(workers: .one))
      while let chunk = queue.next() {
        var first = chunk.range.lowerBound
        while first < chunk.range.upperBound, !watch.isCancelled {
          let end = min(chunk.range.upperBound, first + lanes)
          search.add(from: chosen[first..<end], to: (first..<end).map { tables[$0 / size] })
          first = end
        }
        watch.finish()
      }
    }
    try watch.check()
    let others = Double(nodeCount - 1) * Double(nodeCount - 2)
    let full =
      switch unit {
      case .shareOfPairs: 1 / others
      case .pairs: isDirected ? 1 : 0.5
      }
    let scale = full * Double(nodeCount) / Double(chosen.count)
    return parallel.map(count: nodeCount) { node in
      scale * tables.reduce(0) { $0 + $1[node] }
    }
  }
}
