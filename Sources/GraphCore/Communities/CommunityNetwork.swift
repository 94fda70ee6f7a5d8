/// A weighted undirected graph whose nodes may stand for groups of nodes.
///
/// `loops[v]` is twice the weight within v, `strengths[v]` that and the weight of its other edges;
/// `neighbors[firsts[v] ..< firsts[v + 1]]` are its other neighbours. `weights` runs beside them, nil
/// where every weight is 1: so much less to read for each entry.
struct CommunityNetwork<Weight: LinkWeight> {
  let firsts: SharedArray<UInt32>
  let neighbors: SharedArray<UInt32>
  let weights: SharedArray<Weight>?
  let loops: SharedArray<Double>
  let strengths: SharedArray<Double>
  private(set) var totalStrength = 0.0

  var nodeCount: Int { loops.count }

  func row(of node: Int) -> Range<Int> { Int(firsts[node])..<Int(firsts[node + 1]) }

  @inline(__always) func weight(at entry: Int) -> Weight { weights.map { $0[entry] } ?? .one }

  /// Room for a network; memory that is not written is not taken.
  private init(nodeCount: Int, entryCount: Int, hasWeights: Bool) {
    firsts = SharedArray(unwritten: nodeCount + 1)
    neighbors = SharedArray(unwritten: entryCount)
    weights = hasWeights ? SharedArray(unwritten: entryCount) : nil
    loops = SharedArray(repeating: 0, count: nodeCount)
    strengths = SharedArray(repeating: 0, count: nodeCount)
    firsts[0] = 0
  }

  /// Reads an undirected graph.
  init(of graph: Graph) {
    let rows = graph.outgoing
    self.init(
      nodeCount: graph.nodeCount,
      entryCount: rows.neighbors.count,
      hasWeights: graph.isWeighted
    )
    var next = 0
    for node in 0..<graph.nodeCount {
      var strength = 0.0
      for position in rows.row(at: node) {
        let neighbor = rows.neighbors[position].rawValue
        let weight = rows.weight(at: position)
        if neighbor == UInt32(node) {
          loops[node] = 2 * Double(weight)
          strength += 2 * Double(weight)
        } else {
          neighbors[next] = neighbor
          weights?[next] = Weight(weight)
          next += 1
          strength += Double(weight)
        }
      }
      firsts[node + 1] = UInt32(next)
      strengths[node] = strength
      totalStrength += strength
    }
  }

  /// Makes a node of each group.
  func merged(_ groupOf: SharedArray<UInt32>, groupCount: Int) -> CommunityNetwork {
    // The members of each group, one group after another.
    let starts = SharedArray<UInt32>(repeating: 0, count: groupCount + 1)
    for node in 0..<nodeCount { starts[Int(groupOf[node]) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    let members = SharedArray<UInt32>(unwritten: nodeCount)
    for node in 0..<nodeCount {
      members[starts[groupOf[node]]] = UInt32(node)
      starts[groupOf[node]] += 1
    }
    var result = CommunityNetwork(
      nodeCount: groupCount,
      entryCount: neighbors.count,
      hasWeights: true
    )
    result.totalStrength = totalStrength
    var links = LinkSums<Weight>(count: groupCount)
    var (next, first) = (0, 0)
    for group in 0..<groupCount {
      // By now the start of each group has become its end.
      let end = Int(starts[group])
      for place in first..<end {
        let node = Int(members[place])
        prefetchRow(of: Int(members[min(place + 4, nodeCount - 1)]))
        result.loops[group] += loops[node]
        result.strengths[group] += strengths[node]
        links.addRow(row(of: node), of: self, by: groupOf)
      }
      first = end
      links.drain { other, sum in
        if other == UInt32(group) {
          result.loops[group] += sum.asDouble
        } else {
          result.neighbors[next] = other
          result.weights?[next] = sum
          next += 1
        }
      }
      result.firsts[group + 1] = UInt32(next)
    }
    return result
  }
}
