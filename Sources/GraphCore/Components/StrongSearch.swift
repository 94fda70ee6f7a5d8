/// Tarjan's search of a set of nodes, with its own stack in place of recursion.
///
/// `low[v]` is 0 while v is unseen, then the smallest discovery number known to be reachable among
/// open nodes, and `UInt32.max` once v has a component, so that a closed node never lowers
/// another. `roots[v]` is then the root of its component. `next[v]` is the first entry of v's row
/// not followed yet. `path` is the current route, `open` the nodes without a component. Places of
/// nodes outside the set hold nothing.
struct StrongSearch {
  private let rows: Adjacency
  private let nodes: NodeBits
  let roots: SharedArray<UInt32>
  private(set) var rootCount = 0
  private let low: SharedArray<UInt32>
  private let next: SharedArray<UInt32>
  private let number: SharedArray<UInt32>
  private var path: [UInt32] = []
  private var open: [UInt32] = []
  private var count: UInt32 = 0

  init(rows: Adjacency, nodes: NodeBits) {
    self.rows = rows
    self.nodes = nodes
    roots = SharedArray(unwritten: rows.nodeCount)
    low = SharedArray(unwritten: rows.nodeCount)
    next = SharedArray(unwritten: rows.nodeCount)
    number = SharedArray(unwritten: rows.nodeCount)
    let (low, next) = (low, next)
    nodes.forEach { node in
      low[node] = 0
      next[node] = rows.offsets[node]
    }
  }

  /// Finds the components of a node and of what it leads to; one that has a component already is left.
  mutating func visit(from start: Int) {
    guard low[start] == 0 else { return }
    enter(start)
    while let last = path.last {
      let node = Int(last)
      if next[node] < rows.offsets[node + 1] {
        let neighbor = rows.neighbors[Int(next[node])].index
        if !nodes[neighbor] {
          next[node] += 1
        } else if low[neighbor] == 0 {
          // Stays on this entry: on return the neighbour's low is read below.
          enter(neighbor)
        } else {
          low[node] = min(low[node], low[neighbor])
          next[node] += 1
        }
      } else {
        path.removeLast()
        if low[node] == number[node] { close(node) }
      }
    }
  }

  private mutating func enter(_ node: Int) {
    count += 1
    number[node] = count
    low[node] = count
    path.append(UInt32(node))
    open.append(UInt32(node))
  }

  private mutating func close(_ root: Int) {
    rootCount += 1
    while let node = open.popLast() {
      low[Int(node)] = .max
      roots[node] = UInt32(root)
      if node == root { return }
    }
  }
}
