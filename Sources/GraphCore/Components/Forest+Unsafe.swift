import Synchronization

/// Sets of nodes as trees that several workers join.
///
/// `parent[v]` <= v always: a root is hooked to a smaller one, so that in the end each root is its
/// set's first node, whatever the order of the joins.
///
/// Parents are nodes, and rows hold nodes, so that no step leaves the table; the table lives as long as
/// the forest. Where several workers are at it, parents are read and written as atomics.
struct Forest: Sendable {
  let parent: SharedArray<UInt32>
  let parallel: Parallel

  /// How many edges of each node are followed before the largest set is known; two by the paper.
  static let sampledEdges = 2
  private static let chunkSize = 1 << 12

  /// Every node is a set by itself.
  init(nodeCount: Int, parallel: Parallel) {
    self.init(nodeCount: nodeCount, parallel: parallel) { $0 }
  }

  /// The nodes below a bound, each hooked to its busiest neighbour where that is smaller.
  ///
  /// A node's parent is written by whoever has the node, so that nothing need be locked. A neighbour that is
  /// larger has a smaller one itself.
  init(_ busiest: BusiestNeighbors, below bound: Int, parallel: Parallel) {
    let (outgoing, incoming) = (busiest.outgoing, busiest.incoming)
    self.init(nodeCount: bound, parallel: parallel) {
      min($0, outgoing[Int($0)], incoming[Int($0)])
    }
  }

  @inline(__always)
  private init(nodeCount: Int, parallel: Parallel, above: @Sendable (UInt32) -> UInt32) {
    let parent = SharedArray<UInt32>(unwritten: nodeCount)
    parallel.chunks(count: nodeCount, chunkSize: 1 << 14) { nodes in
      let table = unsafe parent.pointer
      for node in nodes { unsafe table[node] = above(UInt32(truncatingIfNeeded: node)) }
    }
    self.parent = parent
    self.parallel = parallel
  }

  /// Joins each node that is not skipped with some places of its rows.
  ///
  /// Nodes beyond the forest have no edge either way, so that none of them is anybody's neighbour.
  func joinRows(of sides: [Adjacency], from first: Int, to last: Int, skipping root: UInt32?) {
    precondition(
      sides.allSatisfy {
        $0.nodeCount >= parent.count && Int($0.offsets[parent.count]) == $0.neighbors.count
      },
      "rows of another graph"
    )
    let isAlone = parallel.workers == .one
    // A node's number is below 2³² - 1, so that nobody has this root.
    let skipped = root ?? .max
    for side in sides {
      parallel.chunks(count: parent.count, chunkSize: Self.chunkSize) { nodes in
        let rows = unsafe RowPointers(side)
        let tree = unsafe Tree(table: parent.pointer, isAlone: isAlone)
        for node in nodes {
          if unsafe tree.above(UInt32(truncatingIfNeeded: node)) == skipped { continue }
          let begin = unsafe Int(rows.starts[node])
          let count = unsafe rows.count(node)
          var place = first
          while place < min(last, count) {
            unsafe tree.join(UInt32(truncatingIfNeeded: node), rows.ends[begin &+ place])
            place &+= 1
          }
        }
      }
    }
  }

  /// Joins along all edges from a place of each row on, where most sets are joined already.
  func joinRest(of sides: [Adjacency], from first: Int) {
    flatten()
    // Edges within the largest set found so far would change nothing. Of an edge between it and the
    // rest the other end is not skipped, and sees it from there, in one direction or the other.
    let largest = commonRoot
    joinRows(of: sides, from: first, to: .max, skipping: largest)
    flatten()
  }

  /// Makes every node a child of its root.
  private func flatten() {
    let isAlone = parallel.workers == .one
    parallel.chunks(count: parent.count, chunkSize: Self.chunkSize) { nodes in
      let tree = unsafe Tree(table: parent.pointer, isAlone: isAlone)
      for node in nodes { unsafe tree.shorten(UInt32(truncatingIfNeeded: node)) }
    }
  }

  /// The root of most of a thousand nodes evenly spread, nil where there are none.
  private var commonRoot: UInt32? {
    let step = max(1, parent.count / 1024)
    var counts: [UInt32: Int] = [:]
    for node in stride(from: 0, to: parent.count, by: step) {
      counts[parent[node], default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

/// The table of parents, whose places are 32 bits and read as atomics of the same layout.
@unsafe private struct Tree {
  let table: UnsafeMutablePointer<UInt32>
  /// Nobody else is at it, so that nothing need be locked.
  let isAlone: Bool

  @inline(__always)
  private func cell(_ node: UInt32) -> UnsafeMutablePointer<Atomic<UInt32>> {
    unsafe UnsafeMutableRawPointer(table + Int(node)).assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  @inline(__always) func above(_ node: UInt32) -> UInt32 {
    unsafe cell(node).pointee.load(ordering: .relaxed)
  }

  /// Hooks a root to a smaller node; false where it is no root any more.
  @inline(__always) private func hook(_ root: UInt32, to node: UInt32) -> Bool {
    if unsafe isAlone {
      unsafe cell(root).pointee.store(node, ordering: .relaxed)
      return true
    }
    return unsafe cell(root).pointee.compareExchange(
      expected: root,
      desired: node,
      ordering: .relaxed
    ).exchanged
  }

  @inline(__always) func join(_ left: UInt32, _ right: UInt32) {
    var (a, b) = unsafe (above(left), above(right))
    while a != b {
      let (low, high) = (min(a, b), max(a, b))
      let next = unsafe above(high)
      if next == low { return }
      if unsafe next == high && hook(high, to: low) { return }
      // Somebody hooked it first, or it is no root: climb on.
      a = unsafe above(above(high))
      b = unsafe above(low)
    }
  }

  @inline(__always) func shorten(_ node: UInt32) {
    var top = unsafe above(node)
    while true {
      let next = unsafe above(top)
      if next == top { break }
      top = next
    }
    unsafe cell(node).pointee.store(top, ordering: .relaxed)
  }
}
