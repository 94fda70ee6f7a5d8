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
}
