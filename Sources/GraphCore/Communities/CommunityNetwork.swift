/// A weighted undirected graph whose nodes may stand for groups of nodes.
///
/// `loops[v]` is twice the weight within v, `strengths[v]` that and the weight of its other edges;
/// `neighbors[firsts[v] ..< firsts[v + 1]]` are its other neighbours.
struct CommunityNetwork {
  let firsts: SharedArray<UInt32>
  let neighbors: SharedArray<UInt32>
  let weights: SharedArray<Double>
  let loops: SharedArray<Double>
  let strengths: SharedArray<Double>
  private(set) var totalStrength = 0.0

  var nodeCount: Int { loops.count }

  func row(of node: Int) -> Range<Int> { Int(firsts[node])..<Int(firsts[node + 1]) }

  /// Room for a network; memory that is not written is not taken.
  private init(nodeCount: Int, entryCount: Int) {
    firsts = SharedArray(unwritten: nodeCount + 1)
    neighbors = SharedArray(unwritten: entryCount)
    weights = SharedArray(unwritten: entryCount)
    loops = SharedArray(repeating: 0, count: nodeCount)
    strengths = SharedArray(repeating: 0, count: nodeCount)
    firsts[0] = 0
  }

  /// Reads an undirected graph.
  init(of graph: Graph) {
    let rows = graph.outgoing
    self.init(nodeCount: graph.nodeCount, entryCount: rows.neighbors.count)
    var next = 0
    for node in 0..<graph.nodeCount {
      var strength = 0.0
      for position in rows.row(at: node) {
        let neighbor = rows.neighbors[position].rawValue
        let weight = Double(rows.weight(at: position))
        if neighbor == UInt32(node) {
          loops[node] = 2 * weight
          strength += 2 * weight
        } else {
          (neighbors[next], weights[next]) = (neighbor, weight)
          next += 1
          strength += weight
        }
      }
      firsts[node + 1] = UInt32(next)
      strengths[node] = strength
      totalStrength += strength
    }
  }

  /// Makes a node of each group.
  func merged(_ groupOf: [UInt32], groupCount: Int) -> CommunityNetwork {
    // The members of each group, one group after another.
    let starts = SharedArray<UInt32>(repeating: 0, count: groupCount + 1)
    for group in groupOf { starts[Int(group) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    let members = SharedArray<UInt32>(unwritten: nodeCount)
    for node in 0..<nodeCount {
      members[starts[groupOf[node]]] = UInt32(node)
      starts[groupOf[node]] += 1
    }
    var result = CommunityNetwork(nodeCount: groupCount, entryCount: neighbors.count)
    result.totalStrength = totalStrength
    var links = LinkSums(count: groupCount)
    var (next, first) = (0, 0)
    for group in 0..<groupCount {
      // By now the start of each group has become its end.
      let end = Int(starts[group])
      for place in first..<end {
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
      first = end
      for place in 0..<links.count {
        let other = links.groups[place]
        (result.neighbors[next], result.weights[next]) = (other, links.sums[other])
        next += 1
      }
      links.removeAll()
      result.firsts[group + 1] = UInt32(next)
    }
    return result
  }
}

/// The weight between a node and each group that it touches, in the order in which it met them.
struct LinkSums {
  let sums: SharedArray<Double>
  let groups: SharedArray<UInt32>
  private(set) var count = 0

  init(count: Int) {
    sums = SharedArray(repeating: 0, count: count)
    groups = SharedArray(unwritten: count)
  }

  @inline(__always) mutating func add(_ weight: Double, to group: UInt32) {
    let sum = sums[group]
    // Weights are above 0, so that 0 says that the group is new.
    if sum == 0 {
      groups[count] = group
      count &+= 1
    }
    sums[group] = sum + weight
  }

  @inline(__always) mutating func removeAll() {
    for place in 0..<count { sums[groups[place]] = 0 }
    count = 0
  }
}
