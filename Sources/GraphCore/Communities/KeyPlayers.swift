/// A few nodes that together matter most, which are rarely the few that matter most one by one.
public struct KeyPlayers: Equatable, Sendable {
  /// The nodes in the order of choice, each the best beside those before it, the first of equals.
  public let nodes: [NodeID]
  /// What is reached after each choice, from 0 to 1; see the function that found them.
  public let measures: [Double]
}

extension Graph {
  /// Chooses nodes whose removal leaves the others in parts that cannot reach one another.
  ///
  /// The measure is the share of pairs of nodes, those taken away included, that are no longer joined:
  /// 0 in a graph in one piece, 1 where nobody reaches anybody.
  ///
  /// Each choice tries the nodes of most neighbours left, as every one would take too long in a large
  /// graph; with as many candidates as nodes it is the best single choice.
  ///
  /// - Parameters:
  ///   - count: How many nodes to choose, 1 or more.
  ///   - candidates: How many nodes to try for each choice.
  ///   - workers: How many processors may help.
  /// - Returns: The nodes, and the share of parted pairs after each.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*k* *c* (*n* + *m*)) time for *k* choices among *c* candidates.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: S. P. Borgatti, "Identifying sets of key players in a social network", *Comput. Math. Organ.
  /// > Theory* 12, 2006. [doi](https://doi.org/10.1007/s10588-006-7084-x)
  public func fragmentingNodes(
    _ count: Int,
    candidates: Int = 64,
    workers: WorkerCount = .active
  ) throws(GraphError) -> KeyPlayers {
    try choose(count, candidates: candidates) { rows, isTaken, tried in
      let taken = isTaken
      return Parallel(workers: workers).parts(count: tried.count, chunkSize: 1) { range in
        var removed = taken
        removed[tried[range.lowerBound]] = true
        return rows.partedShare(without: removed)
      }
    }
  }

  /// Chooses nodes that together reach as many others as they can within a few steps.
  ///
  /// - Parameters:
  ///   - count: How many nodes to choose, 1 or more.
  ///   - steps: How far a node reaches, 1 or more.
  ///   - candidates: How many nodes to try for each choice; see ``fragmentingNodes(_:candidates:workers:)``.
  ///   - workers: How many processors may help.
  /// - Returns: The nodes, and the share of all nodes that they reach or are after each choice.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*k* *c* (*n* + *m*)) time for *k* choices among *c* candidates.
  ///
  /// > Accepts: Directed graphs are read as undirected; weights and self-loops are ignored.
  ///
  /// > Repeatable: The same for any number of workers.
  ///
  /// > Source: S. P. Borgatti, "Identifying sets of key players in a social network", *Comput. Math. Organ.
  /// > Theory* 12, 2006. [doi](https://doi.org/10.1007/s10588-006-7084-x)
  public func reachingNodes(
    _ count: Int,
    within steps: Int = 1,
    candidates: Int = 64,
    workers: WorkerCount = .active
  ) throws(GraphError) -> KeyPlayers {
    guard steps >= 1 else { throw .optionOutOfRange(option: "steps", expected: "1 or more") }
    return try choose(count, candidates: candidates) { rows, isTaken, tried in
      let taken = isTaken.indices.filter { isTaken[$0] }
      return Parallel(workers: workers).parts(count: tried.count, chunkSize: 1) { range in
        rows.reachedShare(from: taken + [tried[range.lowerBound]], within: steps)
      }
    }
  }

  /// Chooses one node after another by what a measure says of each candidate beside those chosen.
  private func choose(
    _ count: Int,
    candidates: Int,
    measure: (Adjacency, [Bool], [Int]) -> [Double]
  ) throws(GraphError) -> KeyPlayers {
    guard count >= 1 else { throw .optionOutOfRange(option: "count", expected: "1 or more") }
    guard candidates >= 1 else {
      throw .optionOutOfRange(option: "candidates", expected: "1 or more")
    }
    let rows = undirected().withoutSelfLoops().outgoing
    var isTaken = [Bool](repeating: false, count: nodeCount)
    var (nodes, measures): ([NodeID], [Double]) = ([], [])
    for choice in 0..<min(count, nodeCount) {
      try Supervision.current?.report(choice, of: min(count, nodeCount))
      let left = (0..<nodeCount).map { node in
        isTaken[node]
          ? -1 : rows.row(at: node).count { !isTaken[rows.neighbors[$0].index] }
      }
      let tried = (0..<nodeCount).filter { !isTaken[$0] }
        .sorted { (left[$1], $0) < (left[$0], $1) }.prefix(candidates).sorted()
      let values = measure(rows, isTaken, tried)
      guard let best = values.indices.max(by: { (values[$0], $1) < (values[$1], $0) }) else {
        break
      }
      isTaken[tried[best]] = true
      nodes.append(NodeID(tried[best]))
      measures.append(values[best])
    }
    return KeyPlayers(nodes: nodes, measures: measures)
  }
}

extension Adjacency {
  /// The share of ordered pairs of nodes that are not joined once some are taken away.
  fileprivate func partedShare(without removed: [Bool]) -> Double {
    guard nodeCount > 1 else { return 0 }
    var isSeen = removed
    var joined = 0
    var stack: [Int] = []
    for start in 0..<nodeCount where !isSeen[start] {
      isSeen[start] = true
      stack.append(start)
      var size = 0
      while let node = stack.popLast() {
        size += 1
        for position in row(at: node) {
          let neighbor = neighbors[position].index
          guard !isSeen[neighbor] else { continue }
          isSeen[neighbor] = true
          stack.append(neighbor)
        }
      }
      joined += size * (size - 1)
    }
    return 1 - Double(joined) / (Double(nodeCount) * Double(nodeCount - 1))
  }

  /// The share of nodes within some steps of a few.
  fileprivate func reachedShare(from starts: [Int], within limit: Int) -> Double {
    var isSeen = [Bool](repeating: false, count: nodeCount)
    for start in starts { isSeen[start] = true }
    var frontier = starts
    var count = starts.count
    var step = 0
    while step < limit, !frontier.isEmpty {
      var next: [Int] = []
      for node in frontier {
        for position in row(at: node) where !isSeen[neighbors[position].index] {
          isSeen[neighbors[position].index] = true
          next.append(neighbors[position].index)
        }
      }
      count += next.count
      frontier = next
      step += 1
    }
    return Double(count) / Double(nodeCount)
  }
}
