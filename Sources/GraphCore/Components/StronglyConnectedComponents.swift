extension Graph {
  /// Divides the nodes into groups within which every node has a route to every other.
  ///
  /// ```swift
  /// let components = graph.stronglyConnectedComponents()
  /// components.count == graph.nodeCount  // no cycle but self-loops
  /// ```
  ///
  /// - Returns: The component of each node; components are numbered by their first nodes.
  /// - Complexity: O(*n* + *m*) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected, where they equal the connected components; weights and
  /// > self-loops are ignored.
  ///
  /// > Repeatable: One worker does it; the answer depends on the graph alone.
  ///
  /// > Source: R. E. Tarjan, "Depth-first search and linear graph algorithms", *SIAM J. Comput.*
  /// > 1(2), 1972. [doi](https://doi.org/10.1137/0201010)
  public func stronglyConnectedComponents() -> Components {
    guard isDirected else { return connectedComponents() }
    var search = StrongSearch(rows: outgoing)
    for node in 0..<nodeCount where search.low[node] == 0 { search.visit(from: node) }
    return Components(marks: search.mark)
  }
}

/// Tarjan's search with its own stack in place of recursion.
///
/// `low[v]` is 0 while v is unseen, then the smallest discovery number known to be reachable among
/// open nodes, and `UInt32.max` once v's component is closed, so that a closed node never lowers
/// another. `mark[v]` is then the root of its component. `next[v]` is the first entry of v's row
/// not followed yet. `path` is the current route, `open` the nodes without a component.
private struct StrongSearch {
  let rows: Adjacency
  var low: [UInt32]
  var mark: [UInt32]
  var next: [UInt32]
  var number: [UInt32]
  var path: [Int] = []
  var open: [Int] = []
  var count: UInt32 = 0

  init(rows: Adjacency) {
    self.rows = rows
    low = [UInt32](repeating: 0, count: rows.nodeCount)
    mark = low
    number = low
    next = Array(rows.offsets.dropLast())
  }

  mutating func visit(from start: Int) {
    enter(start)
    while let node = path.last {
      if next[node] < rows.offsets[node + 1] {
        let neighbor = rows.neighbors[Int(next[node])].index
        if low[neighbor] == 0 {
          // Stays on this entry: on return the neighbour's low is read below.
          enter(neighbor)
        } else {
          low[node] = min(low[node], low[neighbor])
          next[node] += 1
        }
      } else {
        path.removeLast()
        if low[node] == number[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    count += 1
    number[node] = count
    low[node] = count
    path.append(node)
    open.append(node)
  }

  private mutating func close(_ root: Int) {
    while let node = open.popLast() {
      low[node] = .max
      mark[node] = UInt32(root)
      if node == root { return }
    }
  }
}
