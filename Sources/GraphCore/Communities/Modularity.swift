extension Graph {
  /// Tells how much more weight lies within the groups of a division than chance would put there.
  ///
  /// ```swift
  /// graph.modularity(of: Leiden().communities(of: graph))
  /// ```
  ///
  /// - Parameters:
  ///   - communities: The division.
  ///   - resolution: How much chance counts; 1 by Newman.
  /// - Returns: A number below 1; nil where there is no edge.
  /// - Complexity: O(*n* + *m*).
  ///
  /// > Accepts: Directed graphs are read as undirected; weighted; self-loops count twice at their node.
  ///
  /// > Source: M. E. J. Newman, M. Girvan, "Finding and evaluating community structure in networks",
  /// > *Phys. Rev. E* 69, 026113, 2004. [doi](https://doi.org/10.1103/PhysRevE.69.026113)
  public func modularity(of communities: Components, resolution: Double = 1) -> Double? {
    let network = CommunityNetwork(of: undirected())
    guard network.totalStrength > 0 else { return nil }
    var within = 0.0
    var strengths = [Double](repeating: 0, count: communities.count)
    for node in 0..<nodeCount {
      let own = Int(communities.labels[node])
      strengths[own] += network.strengths[node]
      within += network.loops[node]
      for entry in network.row(of: node)
      where communities.labels[Int(network.neighbors[entry])] == communities.labels[node] {
        within += network.weights[entry]
      }
    }
    let total = network.totalStrength
    let chance = strengths.reduce(0) { $0 + $1 * $1 } / total
    return (within - resolution * chance) / total
  }
}

/// A weighted undirected graph whose nodes may stand for groups of nodes.
///
/// `loops[v]` is twice the weight within v, `strengths[v]` that and the weight of its other edges;
/// `neighbors[firsts[v] ..< firsts[v + 1]]` are its other neighbours.
struct CommunityNetwork {
  var firsts: [Int] = [0]
  var neighbors: [UInt32] = []
  var weights: [Double] = []
  var loops: [Double]
  var strengths: [Double]
  var totalStrength = 0.0

  var nodeCount: Int { loops.count }

  func row(of node: Int) -> Range<Int> { firsts[node]..<firsts[node + 1] }

  init(nodeCount: Int) {
    loops = [Double](repeating: 0, count: nodeCount)
    strengths = loops
  }

  /// Reads an undirected graph.
  init(of graph: Graph) {
    self.init(nodeCount: graph.nodeCount)
    let rows = graph.outgoing
    neighbors.reserveCapacity(rows.neighbors.count)
    weights.reserveCapacity(rows.neighbors.count)
    firsts.reserveCapacity(nodeCount + 1)
    for node in 0..<graph.nodeCount {
      for position in rows.row(at: node) {
        let (neighbor, weight) = (
          rows.neighbors[position].rawValue, Double(rows.weight(at: position))
        )
        if neighbor == UInt32(node) {
          loops[node] = 2 * weight
        } else {
          neighbors.append(neighbor)
          weights.append(weight)
        }
        strengths[node] += neighbor == UInt32(node) ? 2 * weight : weight
      }
      firsts.append(neighbors.count)
      totalStrength += strengths[node]
    }
  }

  /// Makes a node of each group.
  func merged(_ groupOf: [UInt32], groupCount: Int) -> CommunityNetwork {
    var result = CommunityNetwork(nodeCount: groupCount)
    result.totalStrength = totalStrength
    // The members of each group, one group after another.
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for group in groupOf { starts[Int(group) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    var members = [UInt32](repeating: 0, count: nodeCount)
    var free = starts
    for node in 0..<nodeCount {
      members[free[Int(groupOf[node])]] = UInt32(node)
      free[Int(groupOf[node])] += 1
    }
    var links = LinkSums(count: groupCount)
    for group in 0..<groupCount {
      for place in starts[group]..<starts[group + 1] {
        let node = Int(members[place])
        result.loops[group] += loops[node]
        result.strengths[group] += strengths[node]
        for entry in row(of: node) {
          let other = groupOf[Int(neighbors[entry])]
          if other == UInt32(group) {
            result.loops[group] += weights[entry]
          } else {
            links.add(weights[entry], to: other)
          }
        }
      }
      for other in links.groups {
        result.neighbors.append(other)
        result.weights.append(links.sums[Int(other)])
      }
      links.removeAll()
      result.firsts.append(result.neighbors.count)
    }
    return result
  }
}

/// The weight between a node and each group that it touches, in the order in which it met them.
struct LinkSums {
  private(set) var sums: [Double]
  private(set) var groups: [UInt32] = []

  init(count: Int) {
    sums = [Double](repeating: 0, count: count)
  }

  @inline(__always) mutating func add(_ weight: Double, to group: UInt32) {
    // Weights are above 0, so that 0 says that the group is new.
    if sums[Int(group)] == 0 { groups.append(group) }
    sums[Int(group)] += weight
  }

  @inline(__always) mutating func removeAll() {
    for group in groups { sums[Int(group)] = 0 }
    groups.removeAll(keepingCapacity: true)
  }
}
