/// Divides a graph into groups with more weight within them than chance would put there, by moving nodes
/// and merging groups in turn.
///
/// The method that most published figures come from, kept to compare with them. A group may be in several
/// pieces, which ``Leiden`` rules out, and with a modularity that is mostly higher; prefer that.
///
/// ```swift
/// let communities = try Louvain().communities(of: graph)
/// ```
///
/// > Accepts: Directed graphs are read as undirected; weighted; self-loops count.
///
/// > Repeatable: One worker does it, in the order of the nodes and without chance.
///
/// > Source: V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in
/// > large networks", *J. Stat. Mech.* P10008, 2008.
/// > [doi](https://doi.org/10.1088/1742-5468/2008/10/P10008)
public struct Louvain: Hashable, Sendable {
  /// How much chance counts: above 1 for smaller groups, below for larger ones.
  public var resolution: Double

  /// Chooses the options.
  ///
  /// - Parameter resolution: How much chance counts, above 0.
  public init(resolution: Double = 1) {
    self.resolution = resolution
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
    let pairs = graph.undirected()
    return pairs.hasSmallWeights
      ? try communities(of: CommunityNetwork<UInt32>(of: pairs))
      : try communities(of: CommunityNetwork<Double>(of: pairs))
  }

  private func communities<Weight>(
    of original: CommunityNetwork<Weight>
  ) throws(GraphError) -> Components {
    let count = original.nodeCount
    var network = original
    // Which node of the merged graph each node of the original is part of.
    let nodeOf = SharedArray<UInt32>(unwritten: count)
    for node in nodeOf.indices { nodeOf[node] = UInt32(node) }
    while true {
      try Supervision.current?.report(count - network.nodeCount, of: count)
      let groups = SharedArray<UInt32>(unwritten: network.nodeCount)
      for node in groups.indices { groups[node] = UInt32(node) }
      let state = Partition(network, groups: groups, resolution: resolution)
      guard state.move(in: network, looks: .max) > 0 else { break }
      let (parts, partCount) = state.asParts()
      guard partCount < network.nodeCount else { break }
      for node in nodeOf.indices { nodeOf[node] = parts[nodeOf[node]] }
      network = network.merged(parts, groupCount: partCount)
    }
    return Components(count: count) { nodeOf[$0] }
  }
}
