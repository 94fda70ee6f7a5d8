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
    let count = nodeCount
    let degrees = (0..<count).map { rows.row(at: $0).count }
    let order = (0..<count).sorted { (degrees[$1], $0) < (degrees[$0], $1) }
    let downward = rows.pointingToLargerDegree(order: order)
    // Few chunks, as each counts for all nodes.
    let chunkSize = max(1, (count + 31) / 32)
    let parts = Parallel(workers: workers).parts(count: count, chunkSize: chunkSize) { range in
      downward.trianglesFound(from: range)
    }
    var triangles = [Int](repeating: 0, count: count)
    for part in parts {
      for rank in 0..<count { triangles[order[rank]] += part[rank] }
    }
    return Clustering(triangles: triangles, neighborCounts: degrees)
  }
}

extension Adjacency {
  /// Renames nodes by falling degree and keeps each pair once, from the later name to the earlier.
  ///
  /// Then no row is longer than √(2m), and the names in the rows are small, so that marks on them
  /// stay close together.
  fileprivate func pointingToLargerDegree(order: [Int]) -> Adjacency {
    var rank = [UInt32](repeating: 0, count: nodeCount)
    for place in order.indices { rank[order[place]] = UInt32(place) }
    var result = Adjacency(offsets: [0], neighbors: [])
    result.neighbors.reserveCapacity(neighbors.count / 2)
    for place in order.indices {
      for position in row(at: order[place]) {
        let other = rank[neighbors[position].index]
        if other < UInt32(place) { result.neighbors.append(NodeID(rawValue: other)) }
      }
      result.offsets.append(UInt32(result.neighbors.count))
    }
    return result
  }

  /// Counts, for all nodes, the triangles whose corner of least degree lies in a range; each
  /// triangle is found once, from there.
  fileprivate func trianglesFound(from range: Range<Int>) -> [Int] {
    let (offsets, neighbors) = (offsets, neighbors)
    var counts = [Int](repeating: 0, count: nodeCount)
    var isMarked = [Bool](repeating: false, count: nodeCount)
    for first in range {
      let row = Int(offsets[first])..<Int(offsets[first + 1])
      var atFirst = 0
      for position in row { isMarked[neighbors[position].index] = true }
      for position in row {
        let second = neighbors[position].index
        var atSecond = 0
        for place in Int(offsets[second])..<Int(offsets[second + 1]) {
          let third = neighbors[place].index
          guard isMarked[third] else { continue }
          atSecond += 1
          counts[third] += 1
        }
        counts[second] += atSecond
        atFirst += atSecond
      }
      counts[first] += atFirst
      for position in row { isMarked[neighbors[position].index] = false }
    }
    return counts
  }
}
