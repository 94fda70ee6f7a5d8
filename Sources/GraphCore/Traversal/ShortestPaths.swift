/// The weights on shortest routes from the starts of a search.
public struct WeightedDistances: Equatable, Sendable {
  /// The distance of each node, `.max` where it was not reached.
  let values: [UInt64]

  /// The sum of the weights on the lightest route to a node.
  ///
  /// - Parameter node: A node of the graph.
  /// - Returns: The sum in the caller's unit, 0 for a start node, or nil where no route leads there.
  public subscript(node: NodeID) -> Int64? {
    let value = values[node.index]
    return value == .max ? nil : Int64(value)
  }

  /// The number of nodes that were reached.
  ///
  /// - Complexity: O(*n*).
  public var reachedCount: Int { values.count { $0 != .max } }

  /// Takes over what a search has found, `.max` where a node was not reached; with `places`, what each
  /// node has at its place.
  fileprivate init<Length: PathLength>(
    _ found: SharedArray<Length>,
    at places: [UInt32]?,
    _ parallel: Parallel
  ) {
    @inline(__always) @Sendable func wide(_ length: Length) -> UInt64 {
      length == .max ? .max : UInt64(length)
    }
    values =
      if let places {
        parallel.map(count: found.count, chunkSize: 1 << 14) { wide(found[places[$0]]) }
      } else {
        parallel.map(count: found.count, chunkSize: 1 << 14) { wide(found[$0]) }
      }
  }
}

extension Graph {
  /// Adds up the weights on the lightest route from the nearest of several start nodes to each node.
  ///
  /// Weights are lengths here: a caller to whom a large weight means near turns them round first.
  ///
  /// ```swift
  /// try graph.weightedDistances(from: [NodeID(0)])[NodeID(3)]
  /// ```
  ///
  /// Nodes wait in buckets of a width `delta` by their distance; a bucket is emptied, by all workers,
  /// until nothing new falls into it.
  ///
  /// - Parameters:
  ///   - starts: One node or more; repeats change nothing.
  ///   - direction: Which way edges are followed; no matter where the graph is undirected.
  ///   - delta: The width of a bucket in the unit of the weights, 1 or more, taken down to a power of
  ///     two; nil chooses it by the weights and degrees. It changes the time alone.
  ///   - workers: How many processors may help.
  /// - Returns: The distance of each node.
  /// - Throws: ``GraphError/noStartNodes``, ``GraphError/noSuchNode(_:nodeCount:)`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m* + *d* / delta) time on graphs with random weights, for distances up to
  ///   *d*; O(*n* + *m*) space.
  ///
  /// > Accepts: Directed or undirected; weighted, without weights each edge has length 1; self-loops
  /// > never shorten a route.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: U. Meyer, P. Sanders, "Δ-stepping: a parallelizable shortest path algorithm",
  /// > *J. Algorithms* 49(1), 2003. [doi](https://doi.org/10.1016/S0196-6774(03)00076-2)
  public func weightedDistances(
    from starts: [NodeID],
    direction: EdgeDirection = .forward,
    delta: Int64? = nil,
    workers: WorkerCount = .active
  ) throws(GraphError) -> WeightedDistances {
    try check(starts)
    return try weightedDistances(from: starts, direction, delta, workers, at: nil, nil)
  }

  /// The distances of nodes that the caller has checked; with `places`, each node's is found at its place.
  func weightedDistances(
    from starts: [NodeID],
    _ direction: EdgeDirection,
    _ delta: Int64?,
    _ workers: WorkerCount,
    at places: [UInt32]?,
    _ light: LightWeights?
  ) throws(GraphError) -> WeightedDistances {
    guard delta ?? 1 >= 1 else { throw .optionOutOfRange(option: "delta", expected: "1 or more") }
    let rows = rows(along: direction)
    let buckets = BucketCircle(
      delta: UInt64(
        max(delta ?? defaultDelta, largestWeight / BucketCircle.mostBuckets + 1)
      ),
      largestWeight: UInt64(largestWeight)
    )
    let light = light?.along(direction, isDirected: isDirected)
    // No node is looked at from further than all edges together, and from there over one of them.
    return totalWeight < Int64(UInt32.max) - largestWeight
      ? weightedDistances(from: starts, rows, light, buckets, workers, at: places, in: UInt32.self)
      : weightedDistances(from: starts, rows, light, buckets, workers, at: places, in: UInt64.self)
  }

  private func weightedDistances<Length: PathLength>(
    from starts: [NodeID],
    _ rows: [Adjacency],
    _ light: [Column<UInt32>]?,
    _ buckets: BucketCircle,
    _ workers: WorkerCount,
    at places: [UInt32]?,
    in length: Length.Type
  ) -> WeightedDistances {
    let found = SharedArray<Length>(unwritten: nodeCount)
    let parallel = Parallel(workers: workers)
    let search = DeltaStepping<Length>(
      rows: rows,
      lightWeights: light,
      isMirrored: !isDirected,
      buckets: buckets,
      parallel: parallel
    )
    search.run(from: starts, distances: found)
    return WeightedDistances(found, at: places, parallel)
  }

  /// The mean weight, shared out among the edges of a node of mean degree: then few nodes come twice.
  private var defaultDelta: Int64 {
    let entries = max(1, outgoing.neighbors.count)
    let meanWeight = totalWeight / Int64(max(1, edgeCount))
    return max(1, meanWeight / Int64(max(1, entries / max(1, nodeCount))))
  }
}
