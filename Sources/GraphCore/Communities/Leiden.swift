/// Divides a graph into groups with more weight within them than chance would put there.
///
/// Every group is connected, which Louvain's method does not promise. On chains of supply such groups
/// tend to be smaller than what people would call a line: use them to look, not to decide.
///
/// ```swift
/// let communities = try Leiden(resolution: 1).communities(of: graph)
/// graph.modularity(of: communities)
/// ```
///
/// > Accepts: Directed graphs are read as undirected; weighted; self-loops count.
///
/// > Repeatable: One worker does it, in the order of the nodes and without chance: where the paper draws
/// > a group in the refinement, this takes the best, the first of equals.
///
/// > Source: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
/// > well-connected communities", *Sci. Rep.* 9, 5233, 2019.
/// > [doi](https://doi.org/10.1038/s41598-019-41695-z)
public struct Leiden: Hashable, Sendable {
  /// How much chance counts: above 1 for smaller groups, below for larger ones.
  public var resolution: Double
  /// How often the whole is done again from what was found, 1 or more; it ends early where nothing
  /// changes.
  public var passes: Int

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - resolution: How much chance counts, above 0.
  ///   - passes: How often the whole is done at most.
  public init(resolution: Double = 1, passes: Int = 2) {
    self.resolution = resolution
    self.passes = passes
  }

  /// Divides the nodes of a graph.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The group of each node; groups are numbered by their first nodes.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round in practice and O(*n* + *m*) space, for *n* nodes and
  ///   *m* edges; there are few rounds.
  public func communities(of graph: Graph) throws(GraphError) -> Components {
    guard resolution > 0, resolution.isFinite else {
      throw .optionOutOfRange(option: "resolution", expected: "above 0")
    }
    guard passes >= 1 else { throw .optionOutOfRange(option: "passes", expected: "1 or more") }
    let network = CommunityNetwork(of: graph.undirected())
    var groups = (0..<graph.nodeCount).map { UInt32($0) }
    for _ in 0..<passes {
      let next = try pass(over: network, from: groups)
      let isSettled = next == groups
      groups = next
      if isSettled { break }
    }
    return network.connectedParts(of: groups)
  }

  /// Moves, refines and merges until every group is one node.
  private func pass(
    over original: CommunityNetwork,
    from start: [UInt32]
  ) throws(GraphError) -> [UInt32] {
    var network = original
    var state = Partition(network, groups: start, resolution: resolution)
    // Which node of the merged graph each node of the original is part of.
    var nodeOf = start.indices.map { UInt32($0) }
    while true {
      try Supervision.current?.report(
        original.nodeCount - network.nodeCount,
        of: original.nodeCount
      )
      state.move(in: network)
      let (refined, count) = state.refined(in: network)
      if count == network.nodeCount { break }
      network = network.merged(refined, groupCount: count)
      // A merged node starts in the group that its members were moved to.
      let numbered = state.labels
      var groups = [UInt32](repeating: 0, count: count)
      for node in refined.indices { groups[Int(refined[node])] = numbered[node] }
      state = Partition(network, groups: groups, resolution: resolution)
      for node in nodeOf.indices { nodeOf[node] = refined[Int(nodeOf[node])] }
    }
    return Components(count: nodeOf.count) { state.groupOf[nodeOf[$0]] }.labels
  }
}

extension CommunityNetwork {
  /// Divides groups that are not in one piece, which raises modularity, if anything.
  ///
  /// The refinement sees to it on the way; a group of the last round may still have lost the node that held it together.
  fileprivate func connectedParts(of groups: [UInt32]) -> Components {
    var parts = [UInt32](repeating: .max, count: nodeCount)
    var stack: [Int] = []
    for start in 0..<nodeCount where parts[start] == .max {
      parts[start] = UInt32(start)
      stack.append(start)
      while let node = stack.popLast() {
        for entry in row(of: node) {
          let neighbor = Int(neighbors[entry])
          guard parts[neighbor] == .max, groups[neighbor] == groups[node] else { continue }
          parts[neighbor] = UInt32(start)
          stack.append(neighbor)
        }
      }
    }
    return Components(marks: parts)
  }
}
