/// One direction of a graph: for each node the sorted row of its neighbours.
///
/// Row *v* is `neighbors[offsets[v] ..< offsets[v + 1]]`, strictly rising. `weights` is nil where
/// every weight is 1, and `multiplicities` is nil where no edges were folded; otherwise they run
/// beside `neighbors`.
struct Adjacency: Equatable, Sendable {
  var offsets: [UInt32]
  var neighbors: [NodeID]
  var weights: [Int64]?
  var multiplicities: [UInt32]?

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

// Building. A counting sort by target followed by a stable counting sort by source leaves every
// row sorted, in O(n + m) and without a comparison.
extension Adjacency {
  /// Sorts loose arcs into rows and folds equal ones; the caller promises ids below `nodeCount`.
  init(nodeCount: Int, arcs: ArcList) {
    let rows = Adjacency(transposing: Adjacency(nodeCount: nodeCount, unsortedByTarget: arcs))
    self = rows.folded()
  }

  /// Groups arcs by target, each row in the order of arrival.
  private init(nodeCount: Int, unsortedByTarget arcs: ArcList) {
    var next = [UInt32](repeating: 0, count: nodeCount + 1)
    for target in arcs.targets { next[target.index + 1] += 1 }
    for node in 0..<nodeCount { next[node + 1] += next[node] }
    offsets = next
    neighbors = [NodeID](repeating: NodeID(rawValue: 0), count: arcs.count)
    weights = arcs.weights
    multiplicities = arcs.multiplicities
    for arc in 0..<arcs.count {
      let place = Int(next[arcs.targets[arc].index])
      next[arcs.targets[arc].index] += 1
      neighbors[place] = arcs.sources[arc]
      if let from = arcs.weights { weights?[place] = from[arc] }
      if let from = arcs.multiplicities { multiplicities?[place] = from[arc] }
    }
  }

  /// Turns every arc round; rows come out sorted whatever the order within the old rows.
  init(transposing other: Adjacency) {
    let nodeCount = other.nodeCount
    var next = [UInt32](repeating: 0, count: nodeCount + 1)
    for neighbor in other.neighbors { next[neighbor.index + 1] += 1 }
    for node in 0..<nodeCount { next[node + 1] += next[node] }
    offsets = next
    neighbors = [NodeID](repeating: NodeID(rawValue: 0), count: other.neighbors.count)
    weights = other.weights
    multiplicities = other.multiplicities
    for node in 0..<nodeCount {
      for position in other.row(at: node) {
        let row = other.neighbors[position].index
        let place = Int(next[row])
        next[row] += 1
        neighbors[place] = NodeID(node)
        if let from = other.weights { weights?[place] = from[position] }
        if let from = other.multiplicities { multiplicities?[place] = from[position] }
      }
    }
  }

  /// Adds up equal neighbours that stand side by side.
  private func folded() -> Adjacency {
    var result = Adjacency(offsets: [0], neighbors: [])
    var sums: [Int64] = []
    var counts: [UInt32] = []
    result.offsets.reserveCapacity(offsets.count)
    result.neighbors.reserveCapacity(neighbors.count)
    for node in 0..<nodeCount {
      let start = result.neighbors.count
      for position in row(at: node) {
        let weight = weight(at: position)
        let count = UInt32(multiplicity(at: position))
        if result.neighbors.count > start, result.neighbors.last == neighbors[position] {
          sums[sums.count - 1] += weight
          counts[counts.count - 1] += count
        } else {
          result.neighbors.append(neighbors[position])
          sums.append(weight)
          counts.append(count)
        }
      }
      result.offsets.append(UInt32(result.neighbors.count))
    }
    result.weights = sums
    result.multiplicities = counts
    result.dropTrivialColumns()
    return result
  }
}

/// Loose arcs, column by column, before they are sorted into rows.
struct ArcList: Sendable {
  var sources: [NodeID] = []
  var targets: [NodeID] = []
  var weights: [Int64]?
  var multiplicities: [UInt32]?

  var count: Int { sources.count }

  /// Adds every arc that is no self-loop a second time, the other way round.
  func mirrored() -> ArcList {
    var result = self
    for arc in 0..<count where sources[arc] != targets[arc] {
      result.sources.append(targets[arc])
      result.targets.append(sources[arc])
      if let weights { result.weights?.append(weights[arc]) }
      if let multiplicities { result.multiplicities?.append(multiplicities[arc]) }
    }
    return result
  }
}
