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

  /// Of each node the first node of its component; `busiest` holds the first neighbours of each node,
  /// where they are known.
  func componentRoots(
    _ parallel: Parallel,
    busiest: BusiestNeighbors? = nil
  ) -> SharedArray<UInt32> {
    let forest = Forest(nodeCount: nodeCount, parallel: parallel)
    let sides = rows(along: .either)
    // Two edges of each node, or those to its busiest neighbours, join most of what belongs together.
    let joined = busiest == nil ? Forest.sampledEdges / sides.count : 1
    if let busiest {
      forest.join(busiest.outgoing)
      if isDirected { forest.join(busiest.incoming) }
    } else {
      for side in sides { forest.joinRows(of: side, from: 0, to: joined, skipping: nil) }
    }
    forest.flatten()
    // Edges within the largest set found so far would change nothing. Of an edge between it and the
    // rest the other end is not skipped, and sees it from there, in one direction or the other.
    let largest = forest.commonRoot
    for side in sides { forest.joinRows(of: side, from: joined, to: .max, skipping: largest) }
    forest.flatten()
    return forest.parent
  }
}
