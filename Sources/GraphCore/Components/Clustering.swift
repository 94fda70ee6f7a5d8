import Synchronization

/// How often two neighbours of a node are neighbours of each other.
public struct Clustering: Equatable, Sendable {
  /// The number of triangles that each node is a corner of, in node order.
  public let triangles: [Int]
  /// The number of neighbours of each node, in node order.
  public let neighborCounts: [Int]

  /// The number of triangles in the graph.
  public var triangleCount: Int { triangles.reduce(0, +) / 3 }

  /// The share of pairs of edges with a common end that a third edge closes, from 0 to 1; nil where
  /// there is no such pair.
  public var transitivity: Double? {
    let pairs = neighborCounts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    return pairs == 0 ? nil : Double(triangles.reduce(0, +)) / Double(pairs)
  }

  /// For each node the share of pairs of its neighbours that are neighbours, from 0 to 1; 0 where it
  /// has fewer than two.
  public var coefficients: [Double] {
    zip(triangles, neighborCounts).map { triangles, count in
      count < 2 ? 0 : 2 * Double(triangles) / (Double(count) * Double(count - 1))
    }
  }

  /// The mean of ``coefficients`` over all nodes; nil where there is no node.
  public var averageCoefficient: Double? {
    let coefficients = coefficients
    return coefficients.isEmpty ? nil : coefficients.reduce(0, +) / Double(coefficients.count)
  }
}

extension Graph {
  /// Counts the triangles at each node, and with them how closely knit its surroundings are.
  ///
  /// ```swift
  /// graph.clustering().transitivity
  /// ```
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The triangles at each node, with the shares that follow from them.
  /// - Complexity: O(*m*^1.5) time and O(*n* + *m*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same bits for any number of workers.
  ///
  /// > Source: T. Schank, D. Wagner, "Finding, counting and listing all triangles in large graphs",
  /// > WEA 2005. [doi](https://doi.org/10.1007/11427186_54)
  public func clustering(workers: WorkerCount = .active) -> Clustering {
    let pairs = undirected().withoutSelfLoops()
    let order = pairs.fallingOrder(workers: workers)
    let (rows, count) = (order?.graph.outgoing ?? pairs.outgoing, nodeCount)
    let parts = Mutex<[SharedArray<UInt64>]>([])
    Parallel(workers: workers).share(count: count, chunkSize: Self.triangleChunk) { queue in
      let counts = SharedArray<UInt64>(repeating: 0, count: count)
      _ = rows.triangles(from: queue, counts: counts)
      parts.withLock { $0.append(counts) }
    }
    let tables = parts.withLock { $0 }
    let triangles = (0..<count).map { node in
      let place = order?.place(of: NodeID(node)).index ?? node
      return tables.reduce(0) { $0 + Int($1[place]) }
    }
    return Clustering(
      triangles: triangles,
      neighborCounts: (0..<count).map { pairs.outgoing.row(at: $0).count }
    )
  }

  /// Counts the triangles of the graph.
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The number of triangles, each counted once.
  /// - Complexity: O(*m*^1.5) time and O(*n* + *m*) space, for *n* nodes and *m* edges; O(*n*) where the
  ///   graph is undirected and numbered by falling degree already.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: T. Schank, D. Wagner, "Finding, counting and listing all triangles in large graphs",
  /// > WEA 2005. [doi](https://doi.org/10.1007/11427186_54)
  public func triangleCount(workers: WorkerCount = .active) -> Int {
    let pairs = undirected().withoutSelfLoops()
    let rows = (pairs.fallingOrder(workers: workers)?.graph ?? pairs).outgoing
    let total = Atomic<Int>(0)
    Parallel(workers: workers).share(count: nodeCount, chunkSize: Self.triangleChunk) { queue in
      total.add(rows.triangles(from: queue, counts: nil), ordering: .relaxed)
    }
    return total.load(ordering: .relaxed)
  }

  private static var triangleChunk: Int { 256 }

  /// The numbering by falling degree, nil where the nodes are numbered so already.
  private func fallingOrder(workers: WorkerCount) -> DegreeOrder? {
    let rows = outgoing
    let isFalling = (1..<max(1, nodeCount)).allSatisfy {
      rows.row(at: $0).count <= rows.row(at: $0 - 1).count
    }
    return isFalling ? nil : orderedByDegree(workers: workers)
  }
}
