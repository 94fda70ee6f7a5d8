/// The semidominator method of Lengauer and Tarjan, with path compression and without recursion.
///
/// Nodes are known by their numbers in a depth-first search that starts at the virtual root, number
/// 0; `vertex[i]` is the node with number i, `number[v]` the inverse, -1 where v is not reached, and
/// `parent[i]` the number of i's parent in the search. `semi[i]` is the smallest number from which a
/// route leads to i over nodes numbered above i. `ancestor` and `best` are the forest of nodes dealt
/// with so far: `best[i]` is, among i and its forest ancestors but the root, one of least `semi`.
struct LengauerTarjan {
  private let graph: Graph
  private(set) var vertex: [Int]
  private var number: [Int]
  private var parent: [Int]
  private var semi: [Int] = []
  private var ancestor: [Int] = []
  private var best: [Int] = []
  private var path: [Int] = []
  private let isRoot: [Bool]

  /// Numbers the nodes that the roots reach; the caller promises roots of the graph.
  init(graph: Graph, roots: [NodeID]) {
    self.graph = graph
    var isRoot = [Bool](repeating: false, count: graph.nodeCount)
    for root in roots { isRoot[root.index] = true }
    self.isRoot = isRoot
    vertex = [-1]
    parent = [0]
    number = [Int](repeating: -1, count: graph.nodeCount)
    var next = Array(graph.outgoing.offsets.dropLast())
    for root in roots where number[root.index] < 0 {
      enter(root.index, from: 0)
      path.append(root.index)
      while let node = path.last {
        guard next[node] < graph.outgoing.offsets[node + 1] else {
          path.removeLast()
          continue
        }
        let neighbor = graph.outgoing.neighbors[Int(next[node])].index
        next[node] += 1
        guard number[neighbor] < 0 else { continue }
        enter(neighbor, from: number[node])
        path.append(neighbor)
      }
    }
  }

  private mutating func enter(_ node: Int, from above: Int) {
    number[node] = vertex.count
    vertex.append(node)
    parent.append(above)
  }

  /// For each number the number of its nearest dominator; 0 for the virtual root.
  mutating func dominators() -> [Int] {
    let count = vertex.count
    semi = Array(0..<count)
    best = semi
    ancestor = [Int](repeating: -1, count: count)
    var dominator = [Int](repeating: 0, count: count)
    // `bucket[s]` heads a chain through `following` of the nodes whose semidominator is s.
    var bucket = [Int](repeating: -1, count: count)
    var following = bucket
    for current in stride(from: count - 1, to: 0, by: -1) {
      let node = vertex[current]
      if isRoot[node] { semi[current] = 0 }
      for source in graph.inNeighbors(of: NodeID(node)) where number[source.index] >= 0 {
        semi[current] = min(semi[current], semi[evaluate(number[source.index])])
      }
      following[current] = bucket[semi[current]]
      bucket[semi[current]] = current
      let above = parent[current]
      ancestor[current] = above
      var waiting = bucket[above]
      while waiting >= 0 {
        let least = evaluate(waiting)
        dominator[waiting] = semi[least] < semi[waiting] ? least : above
        waiting = following[waiting]
      }
      bucket[above] = -1
    }
    for current in 1..<count where dominator[current] != semi[current] {
      dominator[current] = dominator[dominator[current]]
    }
    return dominator
  }

  /// The number of least `semi` on the forest path to `start`, its root left out; shortens the path.
  private mutating func evaluate(_ start: Int) -> Int {
    guard ancestor[start] >= 0 else { return start }
    path.removeAll(keepingCapacity: true)
    var current = start
    while ancestor[ancestor[current]] >= 0 {
      path.append(current)
      current = ancestor[current]
    }
    while let below = path.popLast() {
      let above = ancestor[below]
      if semi[best[above]] < semi[best[below]] { best[below] = best[above] }
      ancestor[below] = ancestor[above]
    }
    return best[start]
  }
}
