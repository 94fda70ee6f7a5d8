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
/// Of several passes, the first merges whole groups, as Louvain's method does, and the others refine what
/// it found. In networks of more than 16,384 nodes a node is looked at a few times on each level, not
/// until nothing moves, and a pass ends where a level moves next to nothing: hubs would be looked at
/// hundreds of times for gains that the next pass makes in one.
///
/// > Source: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
/// > well-connected communities", *Sci. Rep.* 9, 5233, 2019.
/// > [doi](https://doi.org/10.1038/s41598-019-41695-z)
public struct Leiden: Hashable, Sendable {
  /// How much chance counts: above 1 for smaller groups, below for larger ones.
  public var resolution: Double
  /// How often the whole is done again from what was found, 1 or more; it ends early where next to
  /// nothing changes.
  public var passes: Int

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - resolution: How much chance counts, above 0.
  ///   - passes: How often the whole is done at most.
  public init(resolution: Double = 1, passes: Int = 4) {
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
    let pairs = graph.undirected()
    return pairs.hasSmallWeights
      ? try communities(of: CommunityNetwork<UInt32>(of: pairs))
      : try communities(of: CommunityNetwork<Double>(of: pairs))
  }

  private func communities<Weight>(
    of network: CommunityNetwork<Weight>
  ) throws(GraphError) -> Components {
    let groups = SharedArray<UInt32>(unwritten: network.nodeCount)
    for node in groups.indices { groups[node] = UInt32(node) }
    for number in 0..<passes {
      let hasChanged = try pass(number, over: network, changing: groups)
      // What the first pass leaves is always refined.
      if number > 0, !hasChanged { break }
    }
    return network.connectedParts(of: groups)
  }

  /// Networks of no more nodes are gone through until nothing moves.
  private static var small: Int { 1 << 14 }

  /// Moves, refines and merges until every group is one node, and tells whether anything changed.
  private func pass<Weight>(
    _ number: Int,
    over original: CommunityNetwork<Weight>,
    changing groups: SharedArray<UInt32>
  ) throws(GraphError) -> Bool {
    let count = original.nodeCount
    var network = original
    let start = SharedArray<UInt32>(unwritten: count)
    for node in start.indices { start[node] = groups[node] }
    var state = Partition(network, groups: start, resolution: resolution)
    // Which node of the merged graph each node of the original is part of.
    let nodeOf = SharedArray<UInt32>(unwritten: count)
    for node in nodeOf.indices { nodeOf[node] = UInt32(node) }
    var hasMoved = false
    while true {
      try Supervision.current?.report(count - network.nodeCount, of: count)
      let (isOriginal, isSmall) = (network.nodeCount == count, network.nodeCount <= Self.small)
      let moves = state.move(in: network, looks: isSmall ? .max : isOriginal ? 2 : 4)
      // Next to nothing: one in fifty of all nodes, one in twenty of those merged.
      if isOriginal || count <= Self.small {
        hasMoved = hasMoved || moves > (isSmall ? 0 : count / 50)
      }
      if !isSmall, isOriginal ? number > 1 && !hasMoved : moves < network.nodeCount / 20 { break }
      let (parts, partCount) =
        number == 0 && passes > 1 ? state.asParts() : state.refined(in: network)
      if partCount == network.nodeCount { break }
      let merged = network.merged(parts, groupCount: partCount)
      // A merged node starts in the group that its members were moved to; groups are numbered by
      // their first nodes, so that there are no more numbers than merged nodes.
      _ = state.groupOf.numberByFirst()
      let next = SharedArray<UInt32>(unwritten: partCount)
      for node in parts.indices { next[parts[node]] = state.groupOf[node] }
      network = merged
      state = Partition(network, groups: next, resolution: resolution)
      for node in nodeOf.indices { nodeOf[node] = parts[nodeOf[node]] }
    }
    for node in nodeOf.indices { groups[node] = state.groupOf[nodeOf[node]] }
    return hasMoved
  }
}
