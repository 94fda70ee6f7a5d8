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
    Components(roots: componentRoots(Parallel(workers: workers)))
  }

  /// Of each node the first node of its component.
  private func componentRoots(_ parallel: Parallel) -> SharedArray<UInt32> {
    let forest = Forest(nodeCount: nodeCount, parallel: parallel)
    let sides = rows(along: .either)
    // Two edges of each node join most of what belongs together.
    let sampled = Forest.sampledEdges / sides.count
    forest.joinRows(of: sides, from: 0, to: sampled, skipping: nil)
    forest.joinRest(of: sides, from: sampled)
    return forest.parent
  }
}

extension DegreeOrder {
  /// Divides the nodes as ``Graph/connectedComponents(workers:)`` does.
  ///
  /// - Parameter workers: How many processors may help.
  /// - Returns: The component of each node of the old order, numbered by their first nodes there.
  /// - Complexity: O(*n* + *m*) time in practice and O(*n*) space.
  public func connectedComponents(workers: WorkerCount = .active) -> Components {
    let isSmall = linkedCount < Self.sharedNodes
    return connectedComponents(Parallel(workers: isSmall ? .one : workers))
  }

  /// The same, however few the nodes are.
  package func connectedComponents(_ parallel: Parallel) -> Components {
    // The edge to a node's busiest neighbour joins most of what belongs together.
    let forest = Forest(busiest, below: linkedCount, parallel: parallel)
    forest.joinRest(of: graph.rows(along: .either), from: 0)
    return Components(roots: forest.parent, in: self, parallel)
  }

  /// How many nodes have an edge; they stand first.
  private var linkedCount: Int {
    var (low, high) = (0, graph.nodeCount)
    while low < high {
      let middle = (low + high) / 2
      let hasEdge =
        !graph.outgoing.row(at: middle).isEmpty || !graph.incoming.row(at: middle).isEmpty
      if hasEdge { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where fewer nodes have an edge, which takes a millisecond, one worker is done before others wake.
  private static let sharedNodes = 1 << 18
}
