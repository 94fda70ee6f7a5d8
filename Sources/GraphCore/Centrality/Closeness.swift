/// The nodes from which distances are counted, and how sure an estimate is.
public struct Closeness: Equatable, Sendable {
  /// One score for each node, in node order, from 0 to 1.
  public let scores: [Double]
  /// How many nodes distances were counted from.
  public let pivotCount: Int
  /// By how much any score of an estimate may be off, at the confidence asked for; 0 where it is exact.
  public let errorBound: Double
}

extension Graph {
  /// Scores each node by how near it is to all others: the mean of one over the distance.
  ///
  /// Nodes that are not reached count as infinitely far, so that the score suits graphs in several
  /// parts, unlike the classical closeness.
  ///
  /// ```swift
  /// try star.harmonicCloseness().scores  // 1 for the middle
  /// ```
  ///
  /// Searches from 512 nodes run at once, a bit for each: from a node not yet reached the bits of its
  /// neighbours are joined, so that one look at an edge serves all.
  ///
  /// - Parameters:
  ///   - direction: Whether distances run from a node along edges, against them, or either way.
  ///   - pivots: The nodes to which distances are counted; an estimate is scaled up.
  ///   - confidence: With what probability no score is off by more than the error bound.
  ///   - workers: How many processors may help.
  /// - Returns: One score for each node; 0 for all where there are fewer than two.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)`` where fewer than one pivot is asked
  ///   for, or a confidence that is none.
  /// - Complexity: O(*k* / 512 · *d* · *m*) time for *k* pivots, *m* edges and distances up to *d*; O(*n*)
  ///   space.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same bits for any number of workers; an estimate depends only on the seed.
  ///
  /// > Source: M. Marchiori, V. Latora, "Harmony in the small-world", *Physica A* 285, 2000.
  /// > [doi](https://doi.org/10.1016/S0378-4371(00)00311-3) Bits: M. Then et al., "The more the
  /// > merrier: efficient multi-source graph traversal", *PVLDB* 8(4), 2014.
  /// > [doi](https://doi.org/10.14778/2735496.2735507) Bound: D. Eppstein, J. Wang, "Fast approximation of
  /// > centrality", *J. Graph Algorithms Appl.* 8(1), 2004.
  /// > [doi](https://doi.org/10.7155/jgaa.00081)
  public func harmonicCloseness(
    direction: EdgeDirection = .forward,
    pivots: Pivots = .all,
    confidence: Double = 0.95,
    workers: WorkerCount = .active
  ) throws(GraphError) -> Closeness {
    guard confidence > 0, confidence < 1 else {
      throw .optionOutOfRange(option: "confidence", expected: "above 0 and below 1")
    }
    let chosen = try nodes(of: pivots)
    guard nodeCount > 1 else {
      let none = [Double](repeating: 0, count: nodeCount)
      return Closeness(scores: none, pivotCount: chosen.count, errorBound: 0)
    }
    // Busy nodes side by side stay in the cache, and searches from nodes alike end together.
    let order = nodeCount > BitLanes.laneCount ? orderedByDegree(workers: workers) : nil
    let lanes =
      order.map { order in chosen.map { order.place(of: NodeID($0)).index }.sorted() } ?? chosen
    // Distances from a node to the pivots are those from the pivots to the node, against the edges.
    let sums = BitLanes(
      rows: (order?.graph ?? self).rows(along: direction),
      parallel: Parallel(workers: workers)
    )
    var first = 0
    while first < chosen.count {
      try Supervision.current?.report(first, of: chosen.count)
      sums.add(from: lanes[first..<min(chosen.count, first + BitLanes.laneCount)])
      first += BitLanes.laneCount
    }
    let scale = Double(nodeCount) / Double(chosen.count) / Double(nodeCount - 1)
    return Closeness(
      scores: (0..<nodeCount).map { node in
        scale * sums.scores[order?.place(of: NodeID(node)).index ?? node]
      },
      pivotCount: chosen.count,
      errorBound: chosen.count == nodeCount
        ? 0 : hoeffdingBound(samples: chosen.count, values: nodeCount, confidence: confidence)
    )
  }

  /// The nodes that were asked for, rising.
  func nodes(of pivots: Pivots) throws(GraphError) -> [Int] {
    switch pivots {
    case .all: return Array(0..<nodeCount)
    case .sampled(let size, let seed):
      guard size >= 1 else { throw .optionOutOfRange(option: "pivots", expected: "1 or more") }
      return SeededGenerator.sample(size, of: nodeCount, seed: seed)
    case .nodes(let nodes):
      guard !nodes.isEmpty else { throw .optionOutOfRange(option: "pivots", expected: "1 or more") }
      for node in nodes where !contains(node) { throw .noSuchNode(node, nodeCount: nodeCount) }
      return Set(nodes.map(\.index)).sorted()
    }
  }
}

/// By how much none of several means of samples between 0 and 1 is off, with a given probability.
///
/// W. Hoeffding, "Probability inequalities for sums of bounded random variables", J. Am. Stat. Assoc.
/// 58, 1963, doi:10.1080/01621459.1963.10500830; it holds as well for samples without repeats.
func hoeffdingBound(samples: Int, values: Int, confidence: Double) -> Double {
  (naturalLogarithm(2 * Double(values) / (1 - confidence)) / (2 * Double(samples))).squareRoot()
}
