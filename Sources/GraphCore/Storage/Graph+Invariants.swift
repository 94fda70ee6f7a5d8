extension Graph {
  /// Stops the program where the stored rows break a promise; for tests and debug builds.
  ///
  /// - Complexity: O(*n* + *m*), and O(*m* log *m*) for the symmetry of undirected graphs.
  package func checkInvariants() {
    precondition(hasInvariants, "the rows of a graph break a promise")
  }

  /// Whether all promises of the storage hold.
  ///
  /// Offsets rise from 0 to the number of entries; rows rise strictly and stay within the graph;
  /// columns are as long as the rows and hold no weight or count below 1; the incoming rows are
  /// the outgoing ones turned round, and the same rows where the graph is undirected.
  package var hasInvariants: Bool {
    outgoing.hasInvariants && incoming.nodeCount == outgoing.nodeCount
      && (isDirected
        ? incoming == Adjacency(transposing: outgoing)
        : incoming == outgoing && outgoing == Adjacency(transposing: outgoing))
  }
}

extension Adjacency {
  var hasInvariants: Bool {
    guard offsets.first == 0, offsets.last == UInt32(neighbors.count),
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      weights?.count ?? neighbors.count == neighbors.count,
      multiplicities?.count ?? neighbors.count == neighbors.count,
      weights?.allSatisfy({ $0 >= 1 }) ?? true,
      multiplicities?.allSatisfy({ $0 >= 1 }) ?? true,
      neighbors.allSatisfy({ $0.index < nodeCount })
    else { return false }
    return (0..<nodeCount).allSatisfy { node in
      let row = neighbors[row(at: node)]
      return zip(row, row.dropFirst()).allSatisfy { $0 < $1 }
    }
  }
}
