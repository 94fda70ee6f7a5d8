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

  /// Of each node the first node of its component; `busiest` holds the first neighbour of each node,
  /// where it is known.
  func componentRoots(
    _ parallel: Parallel,
    busiest: Column<UInt32>? = nil
  ) -> SharedArray<UInt32> {
    let forest = Forest(nodeCount: nodeCount, parallel: parallel)
    // The first two edges of each node, or the one to its busiest neighbour, join most of what belongs
    // together.
    if let busiest {
      forest.join(busiest)
    } else {
      forest.joinRows(of: outgoing, from: 0, to: Forest.sampledEdges, skipping: nil)
    }
    let joined = busiest == nil ? Forest.sampledEdges : 1
    forest.flatten()
    // Edges within the largest set found so far would change nothing. Of an edge between it and the
    // rest the other end is not skipped, and sees it from there, in one direction or the other.
    let largest = forest.commonRoot
    forest.joinRows(of: outgoing, from: joined, to: .max, skipping: largest)
    if isDirected { forest.joinRows(of: incoming, from: 0, to: .max, skipping: largest) }
    forest.flatten()
    return forest.parent
  }
}
