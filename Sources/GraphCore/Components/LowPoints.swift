/// A depth-first search that remembers how far back each subtree reaches.
///
/// `number[v]` counts from 1 in the order of discovery, 0 while unseen; `low[v]` is the smallest
/// number that v's subtree reaches by one edge outside the tree; `parent[v]` is v itself at a root.
/// `order` lists the nodes as they were discovered.
struct LowPoints {
  let number: SharedArray<UInt32>
  let low: SharedArray<UInt32>
  let parent: SharedArray<UInt32>
  let order: SharedArray<UInt32>

  /// The upper end of the tree edge into a node, where that edge is a bridge.
  func bridgeParent(of node: NodeID) -> NodeID? {
    let parent = parent[node.index]
    guard parent != node.rawValue, low[node.index] > number[parent] else { return nil }
    return NodeID(rawValue: parent)
  }

  /// Whether what hangs below a node by the tree edge into it is reached over its parent alone.
  func isCutOff(_ node: Int) -> Bool {
    parent[node] != UInt32(node) && low[node] >= number[parent[node]]
  }

  /// For each node whether its component falls apart without it.
  func cuts() -> [Bool] {
    var isCut = [Bool](repeating: false, count: parent.count)
    var hasChild = isCut
    for node in parent.indices where isCutOff(node) {
      let above = Int(parent[node])
      // A root is one only where a second subtree hangs from it; all are cut off there.
      let isRoot = parent[above] == UInt32(above)
      if !isRoot || hasChild[above] { isCut[above] = true }
      hasChild[above] = true
    }
    return isCut
  }

  /// Searches an undirected graph.
  init(of pairs: Graph) {
    let rows = pairs.outgoing
    let count = rows.nodeCount
    number = SharedArray(repeating: 0, count: count)
    low = SharedArray(unwritten: count)
    parent = SharedArray(unwritten: count)
    order = SharedArray(unwritten: count)
    let next = SharedArray<UInt32>(unwritten: count)
    var found: UInt32 = 0
    for start in 0..<count where number[start] == 0 {
      order[Int(found)] = UInt32(start)
      found += 1
      (number[start], parent[start]) = (found, UInt32(start))
      // What is known of the node at hand stays in registers until another is entered.
      var (node, lowest) = (start, found)
      var entry = rows.row(at: node).lowerBound
      var end = rows.row(at: node).upperBound
      while true {
        var child: Int?
        let above = Int(parent[node])
        while entry < end {
          let neighbor = rows.neighbors[entry].index
          entry += 1
          let seen = number[neighbor]
          if seen == 0 {
            child = neighbor
            break
          }
          if seen < lowest, neighbor != above { lowest = seen }
        }
        if let child {
          (low[node], next[node]) = (lowest, UInt32(entry))
          order[Int(found)] = UInt32(child)
          found += 1
          (number[child], parent[child]) = (found, UInt32(node))
          (node, lowest) = (child, found)
          (entry, end) = (rows.row(at: node).lowerBound, rows.row(at: node).upperBound)
        } else {
          low[node] = lowest
          if above == node { break }
          node = above
          lowest = min(lowest, low[node])
          (entry, end) = (Int(next[node]), rows.row(at: node).upperBound)
        }
      }
    }
  }
}
