/// One direction of a graph: for each node the sorted row of its neighbours.
///
/// Row *v* is `neighbors[offsets[v] ..< offsets[v + 1]]`, strictly rising. `weights` is nil where
/// every weight is 1, and `multiplicities` is nil where no edges were folded; otherwise they run
/// beside `neighbors`.
struct Adjacency: Equatable, Sendable {
  var offsets: Column<UInt32>
  var neighbors: Column<NodeID>
  var weights: Column<Int64>?
  var multiplicities: Column<UInt32>?

  var nodeCount: Int { offsets.count - 1 }

  func row(of node: NodeID) -> Range<Int> {
    Int(offsets[node.index])..<Int(offsets[node.index + 1])
  }

  func row(at index: Int) -> Range<Int> {
    Int(offsets[index])..<Int(offsets[index + 1])
  }

  func weight(at position: Int) -> Int64 {
    weights.map { $0[position] } ?? 1
  }

  func multiplicity(at position: Int) -> Int {
    multiplicities.map { Int($0[position]) } ?? 1
  }

  /// The place of a neighbour in a node's row, by halving.
  func position(of neighbor: NodeID, in node: NodeID) -> Int? {
    let row = row(of: node)
    var low = row.lowerBound
    var high = row.upperBound
    while low < high {
      let middle = (low + high) / 2
      if neighbors[middle] < neighbor {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < row.upperBound && neighbors[low] == neighbor ? low : nil
  }

  /// Forgets weights that are all 1 and counts that are all 1, so that equal graphs are equal.
  mutating func dropTrivialColumns() {
    if let weights, weights.allSatisfy({ $0 == 1 }) { self.weights = nil }
    if let multiplicities, multiplicities.allSatisfy({ $0 == 1 }) { self.multiplicities = nil }
  }
}

// Building: see RowSort+Unsafe.swift for the counting sort.
extension Adjacency {
  /// Sorts loose arcs into rows and folds equal ones; the caller promises ids below `nodeCount`.
  init(
    nodeCount: Int,
    arcs: ArcList,
    isMirrored: Bool = false,
    repeats: GraphBuilder.Repeats = .summed,
    parallel: Parallel = Parallel(workers: .active)
  ) {
    if arcs.weights == nil, arcs.multiplicities == nil {
      self.init(
        nodeCount: nodeCount,
        plain: arcs,
        isMirrored: isMirrored,
        repeats: repeats,
        parallel: parallel
      )
      return
    }
    let byTarget = Adjacency(
      nodeCount: nodeCount,
      byTarget: arcs,
      isMirrored: isMirrored,
      parallel: parallel
    )
    self.init(transposing: byTarget, parallel: parallel)
    fold(repeats, parallel)
  }

  /// Turns every arc round; rows come out sorted whatever the order within the old rows.
  init(transposing other: Adjacency) {
    self.init(transposing: other, parallel: Parallel(workers: .active))
  }
}

/// Loose arcs, column by column, before they are sorted into rows.
struct ArcList: Sendable {
  var sources: [NodeID] = []
  var targets: [NodeID] = []
  var weights: [Int64]?
  var multiplicities: [UInt32]?

  var count: Int { sources.count }
}
