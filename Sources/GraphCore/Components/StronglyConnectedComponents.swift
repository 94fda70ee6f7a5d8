extension Graph {
  /// Divides the nodes into groups within which every node has a route to every other.
  ///
  /// ```swift
  /// let components = graph.stronglyConnectedComponents()
  /// components.count == graph.nodeCount  // no cycle but self-loops
  /// ```
  ///
  /// Nodes without way in or way out are peeled off, again and again; then the component of the busiest
  /// node is what it reaches and is reached by; what is left, mostly small, is searched depth first.
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The component of each node; components are numbered by their first nodes.
  /// - Complexity: O(*n* + *m*) time and O(*n*) space, for *n* nodes and *m* edges.
  ///
  /// > Accepts: Directed or undirected, where they equal the connected components; weights and
  /// > self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: W. McLendon, B. Hendrickson, S. J. Plimpton, L. Rauchwerger, "Finding strongly connected
  /// > components in distributed graphs", *J. Parallel Distrib. Comput.* 65(8), 2005.
  /// > [doi](https://doi.org/10.1016/j.jpdc.2005.03.007) The rest: R. E. Tarjan, "Depth-first search and
  /// > linear graph algorithms", *SIAM J. Comput.* 1(2), 1972.
  /// > [doi](https://doi.org/10.1137/0201010)
  public func stronglyConnectedComponents(workers: WorkerCount = .active) -> Components {
    guard isDirected else { return connectedComponents(workers: workers) }
    // Of each node with a component a node of it, `.max` for the others.
    let marks = SharedArray<UInt32>(repeating: .max, count: nodeCount)
    peel(into: marks)
    markBusiest(into: marks, workers: workers)
    var search = StrongSearch(rows: outgoing, marks: marks)
    for node in 0..<nodeCount where marks[node] == .max { search.visit(from: node) }
    return Components(marks: (0..<nodeCount).map { marks[$0] })
  }

  /// Gives each node without open way in or open way out, other than itself, its own component.
  private func peel(into marks: SharedArray<UInt32>) {
    var peeled: [UInt32] = []
    for (rows, back) in [(incoming, outgoing), (outgoing, incoming)] {
      let open = SharedArray<UInt32>(unwritten: nodeCount)
      for node in 0..<nodeCount {
        open[node] = UInt32(rows.row(at: node).count)
        guard marks[node] == .max, open[node] <= 1 else { continue }
        let isOwn = open[node] == 1 && rows.neighbors[rows.row(at: node).lowerBound].index == node
        if isOwn { open[node] = 0 }
        if open[node] == 0 {
          marks[node] = UInt32(node)
          peeled.append(UInt32(node))
        }
      }
      // Those peeled before, from the other side, no longer count either.
      var next = 0
      while next < peeled.count {
        let node = peeled[next]
        next += 1
        for position in back.row(at: Int(node)) {
          let neighbor = back.neighbors[position].rawValue
          guard marks[neighbor] == .max else { continue }
          open[neighbor] -= 1
          if open[neighbor] == 0 {
            marks[neighbor] = neighbor
            peeled.append(neighbor)
          }
        }
      }
    }
  }

  /// Marks the component of the open node with most ways through it.
  private func markBusiest(into marks: SharedArray<UInt32>, workers: WorkerCount) {
    func ways(_ node: Int) -> Int {
      marks[node] == .max ? outgoing.row(at: node).count * incoming.row(at: node).count : 0
    }
    var (busiest, most) = (-1, 0)
    for node in 0..<nodeCount where ways(node) > most { (busiest, most) = (node, ways(node)) }
    // A small rest is searched at less cost than two searches of the whole graph.
    guard busiest >= 0, nodeCount > 1 << 12,
      let there = try? distances(from: [NodeID(busiest)], workers: workers).steps,
      let back = try? distances(from: [NodeID(busiest)], direction: .backward, workers: workers)
        .steps
    else { return }
    for node in 0..<nodeCount where there[node] >= 0 && back[node] >= 0 {
      marks[node] = UInt32(busiest)
    }
  }
}

/// Tarjan's search of the nodes without a mark, with its own stack in place of recursion.
///
/// `low[v]` is 0 while v is unseen, then the smallest discovery number known to be reachable among
/// open nodes, and `UInt32.max` once v has a component, so that a closed node never lowers
/// another. `marks[v]` is then the root of its component. `next[v]` is the first entry of v's row
/// not followed yet. `path` is the current route, `open` the nodes without a component.
private struct StrongSearch {
  let rows: Adjacency
  let marks: SharedArray<UInt32>
  private let low: SharedArray<UInt32>
  private let next: SharedArray<UInt32>
  private let number: SharedArray<UInt32>
  private var path: [Int] = []
  private var open: [Int] = []
  private var count: UInt32 = 0

  init(rows: Adjacency, marks: SharedArray<UInt32>) {
    self.rows = rows
    self.marks = marks
    low = SharedArray(unwritten: rows.nodeCount)
    next = SharedArray(unwritten: rows.nodeCount)
    number = SharedArray(unwritten: rows.nodeCount)
    for node in 0..<rows.nodeCount {
      low[node] = marks[node] == .max ? 0 : .max
      next[node] = rows.offsets[node]
    }
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
      marks[node] = UInt32(root)
      if node == root { return }
    }
  }
}
