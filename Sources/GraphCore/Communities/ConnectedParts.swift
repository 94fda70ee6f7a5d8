extension CommunityNetwork {
  /// Divides groups that are not in one piece, which raises modularity, if anything.
  ///
  /// The refinement sees to it on the way; a group of the last round may still have lost the node that held
  /// it together.
  ///
  /// Sets are trees of nodes, `parent[v]` <= v, as in ``Forest``: each node is joined with the first
  /// neighbour of its group, which makes most groups one set; then those outside the largest set of their
  /// group are joined with all. Of an edge between that set and another node the latter sees it.
  func connectedParts(of groups: SharedArray<UInt32>) -> Components {
    let parent = SharedArray<UInt32>(unwritten: nodeCount)
    for node in parent.indices { parent[node] = UInt32(node) }
    for node in parent.indices {
      joinNeighbors(of: node, in: groups, parent, isFirstEnough: true)
    }
    Self.flatten(parent)
    let size = SharedArray<UInt32>(repeating: 0, count: nodeCount)
    for node in parent.indices { size[parent[node]] += 1 }
    // The root of the largest set of each group.
    let largest = SharedArray<UInt32>(repeating: .max, count: nodeCount)
    for node in parent.indices where parent[node] == UInt32(node) {
      let best = largest[groups[node]]
      if best == .max || size[node] > size[best] { largest[groups[node]] = UInt32(node) }
    }
    for node in parent.indices where parent[node] != largest[groups[node]] {
      joinNeighbors(of: node, in: groups, parent, isFirstEnough: false)
    }
    Self.flatten(parent)
    return Components(roots: parent)
  }

  private func joinNeighbors(
    of node: Int,
    in groups: SharedArray<UInt32>,
    _ parent: SharedArray<UInt32>,
    isFirstEnough: Bool
  ) {
    let own = groups[node]
    for entry in row(of: node) where groups[neighbors[entry]] == own {
      Self.join(UInt32(node), neighbors[entry], parent)
      if isFirstEnough { return }
    }
  }

  private static func join(_ left: UInt32, _ right: UInt32, _ parent: SharedArray<UInt32>) {
    var (a, b) = (left, right)
    while parent[a] != a { (parent[a], a) = (parent[parent[a]], parent[a]) }
    while parent[b] != b { (parent[b], b) = (parent[parent[b]], parent[b]) }
    if a != b { parent[max(a, b)] = min(a, b) }
  }

  /// Makes every node a child of its root; parents come first.
  private static func flatten(_ parent: SharedArray<UInt32>) {
    for node in parent.indices { parent[node] = parent[parent[node]] }
  }
}
