/// The semidominator method of Lengauer and Tarjan, with path compression and without recursion.
///
/// Nodes are known by their numbers in a depth-first search that starts at the virtual root, number
/// 0; `vertex[i]` is the node with number i, `number[v]` the inverse, 0 where v is not reached, and
/// `parent[i]` the number of i's parent in the search. `semi[i]` is the smallest number from which a
/// route leads to i over nodes numbered above i. `ancestor` and `best` are the forest of nodes dealt
/// with so far: `best[i]` is, among i and its forest ancestors but the root, one of least `semi`;
/// `ancestor[i]` is `none` for a root.
struct LengauerTarjan {
  private let graph: Graph
  private let isRoot: [Bool]
  /// How many numbers there are, that of the virtual root included.
  private(set) var count = 1
  let vertex: SharedArray<UInt32>
  private let number: SharedArray<UInt32>
  private let parent: SharedArray<UInt32>
  private let semi: SharedArray<UInt32>
  private let ancestor: SharedArray<UInt32>
  private let best: SharedArray<UInt32>
  private let path: SharedArray<UInt32>

  private static let none = UInt32.max

  /// Numbers the nodes that the roots reach; the caller promises roots of the graph.
  init(graph: Graph, roots: [NodeID]) {
    self.graph = graph
    let rows = graph.outgoing
    var isRoot = [Bool](repeating: false, count: graph.nodeCount)
    for root in roots { isRoot[root.index] = true }
    self.isRoot = isRoot
    vertex = SharedArray(unwritten: graph.nodeCount + 1)
    parent = SharedArray(unwritten: graph.nodeCount + 1)
    semi = SharedArray(unwritten: graph.nodeCount + 1)
    ancestor = SharedArray(unwritten: graph.nodeCount + 1)
    best = SharedArray(unwritten: graph.nodeCount + 1)
    path = SharedArray(unwritten: graph.nodeCount + 1)
    number = SharedArray(repeating: 0, count: graph.nodeCount)
    vertex[0] = Self.none
    parent[0] = 0
    // Until the search is over, `semi` holds the next entry of each open row, and `path` the way down.
    var depth = 0
    for root in roots where number[root.index] == 0 {
      enter(root.rawValue, from: 0)
      path[0] = root.rawValue
      depth = 1
      while depth > 0 {
        let node = path[depth - 1]
        let own = number[node]
        var entry = Int(semi[own])
        let end = rows.row(at: Int(node)).upperBound
        while entry < end, number[rows.neighbors[entry].index] != 0 { entry += 1 }
        semi[own] = UInt32(entry)
        if entry == end {
          depth -= 1
        } else {
          let next = rows.neighbors[entry].rawValue
          enter(next, from: own)
          path[depth] = next
          depth += 1
        }
      }
    }
  }

  private mutating func enter(_ node: UInt32, from above: UInt32) {
    number[node] = UInt32(count)
    vertex[count] = node
    parent[count] = above
    semi[count] = UInt32(graph.outgoing.row(at: Int(node)).lowerBound)
    count += 1
  }

  /// For each number the number of its nearest dominator; 0 for the virtual root.
  mutating func dominators() -> SharedArray<UInt32> {
    let rows = graph.incoming
    for i in 0..<count {
      semi[i] = UInt32(i)
      best[i] = UInt32(i)
      ancestor[i] = Self.none
    }
    let dominator = SharedArray<UInt32>(repeating: 0, count: count)
    // `bucket[s]` heads a chain through `following` of the nodes whose semidominator is s.
    let bucket = SharedArray<UInt32>(repeating: Self.none, count: count)
    let following = SharedArray<UInt32>(unwritten: count)
    for current in stride(from: count - 1, to: 0, by: -1) {
      let node = Int(vertex[current])
      var least = isRoot[node] ? 0 : semi[current]
      for position in rows.row(at: node) {
        let source = number[rows.neighbors[position].rawValue]
        if source != 0 { least = min(least, semi[evaluate(source)]) }
      }
      semi[current] = least
      following[current] = bucket[least]
      bucket[least] = UInt32(current)
      let above = parent[current]
      ancestor[current] = above
      var waiting = bucket[above]
      while waiting != Self.none {
        let nearest = evaluate(waiting)
        dominator[waiting] = semi[nearest] < semi[waiting] ? nearest : above
        waiting = following[waiting]
      }
      bucket[above] = Self.none
    }
    for current in 1..<max(1, count) where dominator[current] != semi[current] {
      dominator[current] = dominator[dominator[current]]
    }
    return dominator
  }

  /// The number of least `semi` on the forest path to `start`, its root left out; shortens the path.
  @inline(__always)
  private func evaluate(_ start: UInt32) -> UInt32 {
    let above = ancestor[start]
    guard above != Self.none else { return start }
    if ancestor[above] != Self.none { compress(start) }
    return best[start]
  }

  private func compress(_ start: UInt32) {
    var depth = 0
    var current = start
    while true {
      let above = ancestor[current]
      guard ancestor[above] != Self.none else { break }
      path[depth] = current
      depth += 1
      current = above
    }
    while depth > 0 {
      depth -= 1
      let below = path[depth]
      let above = ancestor[below]
      if semi[best[above]] < semi[best[below]] { best[below] = best[above] }
      ancestor[below] = ancestor[above]
    }
  }
}
