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
  ///   - delta: The width of a bucket in the unit of the weights, 1 or more; nil chooses it by the
  ///     weights and degrees. It changes the time alone.
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
    guard !starts.isEmpty else { throw .noStartNodes }
    for start in starts where !contains(start) {
      throw .noSuchNode(start, nodeCount: nodeCount)
    }
    guard delta ?? 1 >= 1 else { throw .optionOutOfRange(option: "delta", expected: "1 or more") }
    let rows = rows(along: direction)
    let largest = outgoing.weights.map { $0.max() ?? 1 } ?? 1
    let search = DeltaStepping(
      rows: rows,
      delta: UInt64(max(delta ?? defaultDelta, largest / DeltaStepping.mostBuckets)),
      largestWeight: UInt64(largest),
      parallel: Parallel(workers: workers)
    )
    search.run(from: starts)
    return WeightedDistances(values: search.distances.indices.map { search.distances[$0] })
  }

  /// Four times the mean weight, shared out among the edges of a node of mean degree: then a bucket
  /// holds enough nodes for all workers, and few of them come twice.
  private var defaultDelta: Int64 {
    let entries = max(1, outgoing.neighbors.count)
    let meanWeight = totalWeight / Int64(max(1, edgeCount))
    return max(1, meanWeight / Int64(max(1, entries / max(1, nodeCount))) * 4)
  }
}

/// Buckets of nodes by distance, emptied from the nearest on.
///
/// `distances` only ever sink. A node may wait in several buckets; it is passed over where its distance
/// has sunk below the bucket at hand. No edge leads further than the buckets there are, so that they are
/// used in a circle.
private struct DeltaStepping: Sendable {
  let rows: [Adjacency]
  let delta: UInt64
  let distances: SharedArray<UInt64>
  private let bucketCount: Int
  private let parallel: Parallel

  static let mostBuckets: Int64 = 4096

  init(rows: [Adjacency], delta: UInt64, largestWeight: UInt64, parallel: Parallel) {
    self.rows = rows
    self.delta = delta
    self.parallel = parallel
    bucketCount = Int(largestWeight / delta) + 2
    distances = SharedArray(repeating: .max, count: rows[0].nodeCount)
  }

  func run(from starts: [NodeID]) {
    var buckets = [[UInt32]](repeating: [], count: bucketCount)
    for start in starts where distances[start.index] != 0 {
      distances[start.index] = 0
      buckets[0].append(start.rawValue)
    }
    var current: UInt64 = 0
    var emptyInARow = 0
    while emptyInARow < bucketCount {
      let place = Int(current % UInt64(bucketCount))
      if buckets[place].isEmpty {
        current += 1
        emptyInARow += 1
        continue
      }
      emptyInARow = 0
      var waiting: [UInt32] = []
      swap(&waiting, &buckets[place])
      // The order of what is found does not reach the answer.
      for part in relax(waiting, of: current) {
        for (node, distance) in part {
          buckets[Int(distance / delta % UInt64(bucketCount))].append(node)
        }
      }
    }
  }

  /// Follows the edges of the nodes of a bucket; tells whose distance sank, and to what.
  private func relax(_ waiting: [UInt32], of bucket: UInt64) -> [[(UInt32, UInt64)]] {
    let (first, isAlone) = (bucket * delta, parallel.workers == .one)
    return parallel.parts(count: waiting.count, chunkSize: 256) { range in
      var sunk: [(UInt32, UInt64)] = []
      for node in waiting[range] {
        let distance = distances.load(Int(node))
        // Dealt with in a nearer bucket.
        guard distance >= first else { continue }
        for side in rows {
          for position in side.row(at: Int(node)) {
            let neighbor = side.neighbors[position]
            // The builder has bounded the sum of all weights, and so of a route's.
            let length = distance &+ UInt64(side.weight(at: position))
            if distances.sink(neighbor.index, to: length, isAlone: isAlone) {
              sunk.append((neighbor.rawValue, length))
            }
          }
        }
      }
      return sunk
    }
  }
}
