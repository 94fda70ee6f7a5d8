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
      let numbered = Components(marks: state.groups).labels
      var groups = [UInt32](repeating: 0, count: count)
      for node in refined.indices { groups[Int(refined[node])] = numbered[node] }
      state = Partition(network, groups: groups, resolution: resolution)
      for node in nodeOf.indices { nodeOf[node] = refined[Int(nodeOf[node])] }
    }
    return Components(marks: nodeOf.map { state.groups[Int($0)] }).labels
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

/// A division of a network and what it takes to better it.
///
/// The gain of a node in a group is the weight between them less what chance puts there: `resolution`
/// times the strengths of both over that of all.
private struct Partition {
  private(set) var groups: [UInt32]
  /// The strength of each group; there are as many as nodes, some empty.
  private var strengths: [Double]
  private let chance: Double

  init(_ network: CommunityNetwork, groups: [UInt32], resolution: Double) {
    self.groups = Components(marks: groups).labels
    strengths = [Double](repeating: 0, count: network.nodeCount)
    chance = network.totalStrength > 0 ? resolution / network.totalStrength : 0
    for node in 0..<network.nodeCount {
      strengths[Int(self.groups[node])] += network.strengths[node]
    }
  }

  /// Moves nodes to the neighbouring group of most gain until none would move.
  ///
  /// All nodes wait in a queue at first; one that moves calls its neighbours outside its new group back.
  mutating func move(in network: CommunityNetwork) {
    let count = network.nodeCount
    var queue = (0..<count).map { UInt32($0) }
    var isWaiting = [Bool](repeating: true, count: count)
    var links = LinkSums(count: count)
    var (first, waiting) = (0, count)
    while waiting > 0 {
      let node = Int(queue[first])
      first = first + 1 == count ? 0 : first + 1
      waiting -= 1
      isWaiting[node] = false
      for entry in network.row(of: node) {
        links.add(network.weights[entry], to: groups[Int(network.neighbors[entry])])
      }
      let own = groups[node]
      let strength = network.strengths[node]
      strengths[Int(own)] -= strength
      var best = own
      var most = links.sums[Int(own)] - chance * strength * strengths[Int(own)]
      for group in links.groups where group != own {
        let gain = links.sums[Int(group)] - chance * strength * strengths[Int(group)]
        // The margin keeps rounding from sending a node to and fro.
        if gain > most + 1e-12 * strength { (best, most) = (group, gain) }
      }
      links.removeAll()
      strengths[Int(best)] += strength
      guard best != own else { continue }
      groups[node] = best
      for entry in network.row(of: node) {
        let neighbor = Int(network.neighbors[entry])
        guard !isWaiting[neighbor], groups[neighbor] != best else { continue }
        isWaiting[neighbor] = true
        queue[(first + waiting) % count] = UInt32(neighbor)
        waiting += 1
      }
    }
  }

  /// Divides each group into parts that are connected, and joined to it well: each node that is still
  /// alone joins the part of its group where it gains most.
  func refined(in network: CommunityNetwork) -> (parts: [UInt32], count: Int) {
    let count = network.nodeCount
    var parts = (0..<count).map { UInt32($0) }
    var partStrengths = network.strengths
    // The weight between each part and the rest of its group.
    var outward = [Double](repeating: 0, count: count)
    for node in 0..<count {
      for entry in network.row(of: node)
      where groups[Int(network.neighbors[entry])] == groups[node] {
        outward[node] += network.weights[entry]
      }
    }
    func isWellJoined(_ part: Int, in group: UInt32) -> Bool {
      let rest = strengths[Int(group)] - partStrengths[part]
      return outward[part] >= chance * partStrengths[part] * rest
    }
    var size = [Int](repeating: 1, count: count)
    var links = LinkSums(count: count)
    for node in 0..<count where size[Int(parts[node])] == 1 && parts[node] == UInt32(node) {
      guard isWellJoined(node, in: groups[node]) else { continue }
      for entry in network.row(of: node) {
        let neighbor = Int(network.neighbors[entry])
        if groups[neighbor] == groups[node] {
          links.add(network.weights[entry], to: parts[neighbor])
        }
      }
      var (best, most) = (UInt32(node), 0.0)
      for part in links.groups where isWellJoined(Int(part), in: groups[node]) {
        let gain =
          links.sums[Int(part)] - chance * network.strengths[node] * partStrengths[Int(part)]
        if gain > most { (best, most) = (part, gain) }
      }
      if best != UInt32(node) {
        let link = links.sums[Int(best)]
        parts[node] = best
        partStrengths[Int(best)] += network.strengths[node]
        outward[Int(best)] += outward[node] - 2 * link
        size[Int(best)] += 1
        size[node] = 0
      }
      links.removeAll()
    }
    let numbered = Components(marks: parts)
    return (numbered.labels, numbered.count)
  }
}
