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
    let rows = undirected().withoutSelfLoops().outgoing
    let degrees = (0..<nodeCount).map { rows.row(at: $0).count }
    let upward = rows.pointingUp(by: degrees)
    let count = nodeCount
    // Each triangle is found once, at its lowest corner; few chunks, as each counts for all nodes.
    let chunkSize = max(1, (count + 31) / 32)
    let parts = Parallel(workers: workers).parts(count: count, chunkSize: chunkSize) { range in
      upward.trianglesBelow(range)
    }
    var triangles = [Int](repeating: 0, count: count)
    for part in parts {
      for node in 0..<count { triangles[node] += part[node] }
    }
    return Clustering(triangles: triangles, neighborCounts: degrees)
  }
}

extension Adjacency {
  /// Keeps each pair once, from the node of smaller degree, so that no row is longer than √(2m).
  fileprivate func pointingUp(by degrees: [Int]) -> Adjacency {
    var result = Adjacency(offsets: [0], neighbors: [])
    for node in 0..<nodeCount {
      for position in row(at: node) {
        let neighbor = neighbors[position].index
        if (degrees[node], node) < (degrees[neighbor], neighbor) {
          result.neighbors.append(neighbors[position])
        }
      }
      result.offsets.append(UInt32(result.neighbors.count))
    }
    return result
  }

  /// Counts, for all nodes, the triangles whose lowest corner lies in a range.
  fileprivate func trianglesBelow(_ range: Range<Int>) -> [Int] {
    var counts = [Int](repeating: 0, count: nodeCount)
    var isMarked = [Bool](repeating: false, count: nodeCount)
    for low in range {
      for position in row(at: low) { isMarked[neighbors[position].index] = true }
      for position in row(at: low) {
        let middle = neighbors[position].index
        for third in row(at: middle) where isMarked[neighbors[third].index] {
          counts[low] += 1
          counts[middle] += 1
          counts[neighbors[third].index] += 1
        }
      }
      for position in row(at: low) { isMarked[neighbors[position].index] = false }
    }
    return counts
  }
}
