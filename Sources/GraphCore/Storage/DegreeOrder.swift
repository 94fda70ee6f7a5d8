/// A graph whose nodes are numbered anew by falling degree, with the way back.
///
/// Where few nodes have most of the edges, the tables that a kernel reads at those nodes then lie side
/// by side and stay in the cache, and the first neighbour of a row is the busiest: searches, components
/// and ranks take a half to a sixth of the time. Where degrees are even it gains nothing, and where the
/// order of the input has neighbours close together it would lose that: ``Graph/hasSkewedDegrees``
/// tells.
///
/// ```swift
/// let ordered = graph.orderedByDegree()
/// let ranks = try PageRank().scores(of: ordered.graph).scores
/// ordered.restored(ranks)  // in the order of the nodes of `graph`
/// ```
public struct DegreeOrder: Equatable, Sendable {
  /// The graph in the new order.
  public let graph: Graph
  /// For each node of the new order, which node of the old one it was.
  let originals: [UInt32]
  /// For each node of the old order its place in the new one.
  let places: [UInt32]
  /// For each node of the new order its busiest neighbours.
  let busiest: BusiestNeighbors
  /// The weights in the new order once more, smaller.
  let lightWeights: LightWeights?

  /// The place of a node in the new order.
  ///
  /// - Parameter node: A node of the old order.
  /// - Returns: The same node, as the new graph knows it.
  public func place(of node: NodeID) -> NodeID {
    NodeID(rawValue: places[node.index])
  }

  /// The node at a place of the new order.
  ///
  /// - Parameter place: A node of the new order.
  /// - Returns: The same node, as the old graph knows it.
  public func original(of place: NodeID) -> NodeID {
    NodeID(rawValue: originals[place.index])
  }

  /// Puts one value for each node back in the old order.
  ///
  /// - Parameters:
  ///   - values: One value for each node of the new order.
  ///   - workers: How many processors may help.
  /// - Returns: The same values in the old order.
  /// - Complexity: O(*n*).
  public func restored<Value: BitwiseCopyable & Sendable>(
    _ values: [Value],
    workers: WorkerCount = .active
  ) -> [Value] {
    precondition(values.count == places.count, "one value for each node is needed")
    return Parallel(workers: workers).map(count: values.count, chunkSize: 1 << 14) {
      values[Int(places[$0])]
    }
  }

  /// Puts components back in the old order, numbered by their first nodes there.
  ///
  /// - Parameter components: Components of the new graph.
  /// - Returns: The same components of the old graph.
  /// - Complexity: O(*n*).
  public func restored(_ components: Components) -> Components {
    precondition(components.labels.count == places.count, "components of another graph")
    let (places, labels) = (places, components.labels)
    return Components(count: places.count) { labels[Int(places[$0])] }
  }

  /// Puts distances back in the old order.
  ///
  /// - Parameter distances: Distances in the new graph.
  /// - Returns: The same distances in the old graph.
  /// - Complexity: O(*n*).
  public func restored(_ distances: Distances) -> Distances {
    Distances(steps: restored(distances.steps))
  }
}

// Answers in the old order, put back on the way.
extension DegreeOrder {
  /// Counts the edges on a shortest route, as ``Graph/distances(from:direction:limit:workers:)``.
  ///
  /// - Parameters:
  ///   - starts: Nodes of the old order, one or more.
  ///   - direction: Which way edges are followed.
  ///   - limit: How many steps to go at most.
  ///   - workers: How many processors may help.
  /// - Returns: The distance of each node of the old order.
  /// - Throws: What the search of the graph throws.
  /// - Complexity: O(*n* + *m*).
  public func distances(
    from starts: [NodeID],
    direction: EdgeDirection = .forward,
    limit: Int = .max,
    workers: WorkerCount = .active
  ) throws(GraphError) -> Distances {
    try graph.check(starts)
    let parallel = Parallel(workers: workers)
    let found = starts.map { place(of: $0) }
    // Most graphs with busy nodes are no deeper than a byte tells, and a table of bytes stays in the cache.
    let short = SharedArray<UInt8>(unwritten: graph.nodeCount)
    let deepest = Int(UInt8.max) - 1
    let hasEnded = graph.search(
      from: found,
      direction,
      min(limit, deepest),
      parallel,
      into: short,
      busiest: busiest
    )
    if hasEnded || limit <= deepest { return restored(short, parallel) }
    let steps = SharedArray<Int32>(unwritten: graph.nodeCount)
    _ = graph.search(from: found, direction, limit, parallel, into: steps, busiest: busiest)
    return restored(steps, parallel)
  }

  private func restored<Step: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ steps: SharedArray<Step>,
    _ parallel: Parallel
  ) -> Distances {
    let restored = [Int32](filling: places.count) { table in
      parallel.chunks(count: places.count, chunkSize: 1 << 14) {
        table.restore($0, from: steps, at: places)
      }
    }
    return Distances(steps: restored)
  }

  /// Adds up weights on lightest routes, as
  /// ``Graph/weightedDistances(from:direction:delta:workers:)``.
  ///
  /// - Parameters:
  ///   - starts: Nodes of the old order, one or more.
  ///   - direction: Which way edges are followed.
  ///   - delta: The width of a bucket, which changes the time alone; nil chooses it.
  ///   - workers: How many processors may help.
  /// - Returns: The distance of each node of the old order.
  /// - Throws: What the search of the graph throws.
  /// - Complexity: That of the search.
  public func weightedDistances(
    from starts: [NodeID],
    direction: EdgeDirection = .forward,
    delta: Int64? = nil,
    workers: WorkerCount = .active
  ) throws(GraphError) -> WeightedDistances {
    try graph.check(starts)
    let found = starts.map { place(of: $0) }
    return try graph.weightedDistances(
      from: found,
      direction,
      delta,
      workers,
      at: places,
      lightWeights
    )
  }
}

extension Graph {
  /// Whether so few nodes have so many of the edges that numbering by degree gains time.
  ///
  /// Looks at up to 1,024 nodes evenly spread and at no clock: graphs of more than 16,384 nodes whose
  /// mean degree is at least six times the median of the sample's, or whose largest degree in the
  /// sample is fifty times the mean.
  public var hasSkewedDegrees: Bool {
    guard nodeCount > 1 << 14, !outgoing.neighbors.isEmpty else { return false }
    let size = 1024
    let sample = (0..<size).map { outgoing.row(at: $0 * (nodeCount / size)).count }.sorted()
    let mean = Double(outgoing.neighbors.count) / Double(nodeCount)
    let busy = Double(sample[size - 1 - size / 100])
    return mean >= 6 * Double(sample[size / 2]) || busy >= 8 * mean
  }

  /// The same graph with its nodes numbered by falling degree, equals in their old order.
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The graph in the new order, and the way back.
  /// - Complexity: O(*n* + *m*).
  public func orderedByDegree(workers: WorkerCount = .active) -> DegreeOrder {
    let count = nodeCount
    let degrees = Parallel(workers: workers).map(count: count, chunkSize: 1 << 14) { node in
      UInt32(
        clamping: outgoing.row(at: node).count + (isDirected ? incoming.row(at: node).count : 0)
      )
    }
    let originals = degrees.placesByFallingValue
    let places = SharedArray<UInt32>(unwritten: count)
    for place in originals.indices { places[originals[place]] = UInt32(place) }
    let graph = relabelled(places, Parallel(workers: workers))
    return DegreeOrder(
      graph: graph,
      originals: originals,
      places: [UInt32](filling: count) { table in
        for node in places.indices { table[node] = places[node] }
      },
      busiest: BusiestNeighbors(in: graph, Parallel(workers: workers)),
      lightWeights: LightWeights(of: graph, Parallel(workers: workers))
    )
  }
}

extension [UInt32] {
  /// The places of the values by falling value, equals in their order: a counting sort by the low and
  /// then the high half.
  var placesByFallingValue: [UInt32] {
    var from = [UInt32](filling: count) { for place in $0.indices { $0[place] = UInt32(place) } }
    for shift in [UInt32(0), 16] {
      var starts = [Int](repeating: 0, count: 1 << 16 + 1)
      for value in self { starts[Int(~value &>> shift & 0xFFFF) + 1] += 1 }
      // All high halves are alike where no value is large.
      if starts.contains(count) { continue }
      for digit in 0..<1 << 16 { starts[digit + 1] += starts[digit] }
      let (values, old) = (self, from)
      from = [UInt32](filling: count) { to in
        for place in old {
          let digit = Int(~values[Int(place)] &>> shift & 0xFFFF)
          to[starts[digit]] = place
          starts[digit] += 1
        }
      }
    }
    return from
  }
}
