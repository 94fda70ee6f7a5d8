/// A depth-first search that remembers how far back each subtree reaches; directions do not count.
///
/// Nodes are numbered from 1 in the order of discovery, and `number[v]` is 0 while v is unseen. What
/// belongs to a node lies at the place of its number less 1, so that the search, which goes forth and back
/// among those discovered last, finds it in the cache: `order` the node itself, `parent` the number of the
/// node that it hangs from, its own at a root, and `low` the smallest number that its subtree reaches by
/// one edge outside the tree.
struct LowPoints {
  let number: SharedArray<UInt32>
  let order: SharedArray<UInt32>
  let parent: SharedArray<UInt32>
  let low: SharedArray<UInt32>

  /// The node at a place of the order.
  func node(at place: Int) -> NodeID { NodeID(rawValue: order[place]) }

  /// Whether a tree begins at a place of the order.
  func isRoot(_ place: Int) -> Bool { parent[place] == UInt32(place + 1) }

  /// The node that the one at a place hangs from.
  func parent(at place: Int) -> NodeID { NodeID(rawValue: order[Int(parent[place]) - 1]) }

  /// Whether the tree edge into the node at a place is a bridge.
  func isBridge(_ place: Int) -> Bool { !isRoot(place) && low[place] > parent[place] }

  /// Whether what hangs at a place by the tree edge into it is reached over its parent alone.
  func isCutOff(_ place: Int) -> Bool { !isRoot(place) && low[place] >= parent[place] }

  /// For each node whether its component falls apart without it.
  func cuts() -> [Bool] {
    var isCut = [Bool](repeating: false, count: order.count)
    var hasChild = isCut
    for place in order.indices where isCutOff(place) {
      let above = Int(parent[place]) - 1
      // A root is one only where a second subtree hangs from it; all are cut off there.
      if !isRoot(above) || hasChild[above] { isCut[Int(order[above])] = true }
      hasChild[above] = true
    }
    return isCut
  }
}
