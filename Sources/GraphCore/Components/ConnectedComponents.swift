extension Graph {
  /// Divides the nodes into groups that are linked with one another, whatever the direction.
  ///
  /// In a directed graph these are the weak components.
  ///
  /// ```swift
  /// let components = graph.connectedComponents()
  /// components.sizes.max()
  /// ```
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The component of each node; components are numbered by their first nodes.
  /// - Complexity: O(*n* + *m*) time in practice and O(*n*) space, for *n* nodes and *m* edges; most
  ///   edges of a graph with one large component are never read.
  ///
  /// > Accepts: Directed or undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: M. Sutton, T. Ben-Nun, A. Barak, "Optimizing parallel graph connectivity computation
  /// > via subgraph sampling", IPDPS 2018. [doi](https://doi.org/10.1109/IPDPS.2018.00012)
  public func connectedComponents(workers: WorkerCount = .active) -> Components {
    let forest = Forest(nodeCount: nodeCount, parallel: Parallel(workers: workers))
    // The first two edges of each node join most of what belongs together.
    for place in 0..<Forest.sampledEdges {
      forest.joinRows(of: outgoing, from: place, to: place + 1, skipping: nil)
    }
    forest.flatten()
    // Edges within the largest set found so far would change nothing. Of an edge between it and the
    // rest the other end is not skipped, and sees it from there, in one direction or the other.
    let largest = forest.commonRoot
    forest.joinRows(of: outgoing, from: Forest.sampledEdges, to: .max, skipping: largest)
    if isDirected { forest.joinRows(of: incoming, from: 0, to: .max, skipping: largest) }
    forest.flatten()
    return Components(roots: forest.parent)
  }
}

/// Sets of nodes as trees that several workers join.
///
/// `parent[v]` <= v always: a root is hooked to a smaller one, so that in the end each root is its
/// set's first node, whatever the order of the joins.
private struct Forest: Sendable {
  let parent: SharedArray<UInt32>
  let parallel: Parallel

  /// How many edges of each node are followed before the largest set is known; two by the paper.
  static let sampledEdges = 2
  private static let chunkSize = 1 << 12

  init(nodeCount: Int, parallel: Parallel) {
    let parent = SharedArray<UInt32>(unwritten: nodeCount)
    parallel.chunks(count: nodeCount, chunkSize: 1 << 16) { nodes in
      for node in nodes { parent[node] = UInt32(node) }
    }
    self.parent = parent
    self.parallel = parallel
  }

  /// Joins each node that is not skipped with some places of its row.
  func joinRows(of rows: Adjacency, from first: Int, to last: Int, skipping root: UInt32?) {
    parallel.chunks(count: parent.count, chunkSize: Self.chunkSize) { nodes in
      for node in nodes {
        if let root, parent.load(node) == root { continue }
        let row = rows.row(at: node)
        guard row.count > first else { continue }
        for place in row.lowerBound
          + first..<(last < row.count ? row.lowerBound + last : row.upperBound)
        {
          join(UInt32(node), rows.neighbors[place].rawValue)
        }
      }
    }
  }

  private func join(_ left: UInt32, _ right: UInt32) {
    var (a, b) = (parent.load(Int(left)), parent.load(Int(right)))
    while a != b {
      let (low, high) = (min(a, b), max(a, b))
      let above = parent.load(Int(high))
      if above == low { return }
      if above == high, parent.replace(high, with: low, at: Int(high)) { return }
      // Somebody hooked it first, or it is no root: climb on.
      a = parent.load(Int(parent.load(Int(high))))
      b = parent.load(Int(low))
    }
  }

  /// Makes every node a child of its root.
  func flatten() {
    parallel.chunks(count: parent.count, chunkSize: Self.chunkSize) { nodes in
      for node in nodes {
        var above = parent.load(node)
        while true {
          let next = parent.load(Int(above))
          if next == above { break }
          above = next
        }
        parent.store(above, at: node)
      }
    }
  }

  /// The root of most of a thousand nodes evenly spread, nil where there are none.
  var commonRoot: UInt32? {
    let step = max(1, parent.count / 1024)
    var counts: [UInt32: Int] = [:]
    for node in stride(from: 0, to: parent.count, by: step) {
      counts[parent[node], default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
