extension Graph {
  /// Divides the nodes into groups within which every node has a route to every other.
  ///
  /// ```swift
  /// let components = graph.stronglyConnectedComponents()
  /// components.count == graph.nodeCount  // no cycle but self-loops
  /// ```
  ///
  /// Nodes without way in or without way out are components by themselves; the component of the busiest
  /// node is what it reaches and is reached by; what is left, mostly little, is searched depth first.
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
    let parallel = Parallel(workers: workers)
    let (open, busiest) = passedThrough(parallel)
    guard let busiest else { return Components(count: nodeCount) { UInt32($0) } }
    let around = component(of: busiest, within: open, parallel)
    let rest = open.subtracting(around)
    var search = StrongSearch(rows: outgoing, nodes: rest)
    rest.forEach { search.visit(from: $0) }
    // Of each component the mark is one of its nodes.
    let roots = search.roots
    let alone = nodeCount - open.count
    return Components(count: nodeCount, capacity: alone + 1 + search.rootCount) { node in
      if !open[node] { return UInt32(node) }
      return around[node] ? UInt32(busiest) : roots[node]
    }
  }

  /// The nodes with a way in and a way out, and the one of them with most ways through it.
  private func passedThrough(_ parallel: Parallel) -> (nodes: NodeBits, busiest: Int?) {
    let nodes = NodeBits(unwritten: nodeCount)
    let (outs, ins, count) = (outgoing, incoming, nodeCount)
    let best = parallel.parts(count: nodes.words.count, chunkSize: 256) { words in
      var (busiest, most) = (0, 0)
      for word in words {
        var bits: UInt64 = 0
        for node in word * 64..<min(count, word * 64 + 64) {
          let ways = outs.row(at: node).count * ins.row(at: node).count
          guard ways > 0 else { continue }
          bits |= 1 &<< UInt64(node & 63)
          if ways > most { (busiest, most) = (node, ways) }
        }
        nodes.words[word] = bits
      }
      return (busiest, most)
    }
    var (busiest, most) = (Int?.none, 0)
    for (node, ways) in best where ways > most { (busiest, most) = (node, ways) }
    return (nodes, busiest)
  }

  /// What a node reaches within a set, and of that what reaches the node.
  private func component(of node: Int, within set: NodeBits, _ parallel: Parallel) -> NodeBits {
    let there = ReachSearch(outward: outgoing, inward: incoming, parallel: parallel)
    let back = ReachSearch(outward: incoming, inward: outgoing, parallel: parallel)
    return back.reached(from: node, within: there.reached(from: node, within: set))
  }
}
