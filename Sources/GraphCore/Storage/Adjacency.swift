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
    self.init(transposing: Adjacency(nodeCount: nodeCount, unsortedByTarget: arcs))
    fold()
  }

  /// Groups arcs by target, each row in the order of arrival.
  private init(nodeCount: Int, unsortedByTarget arcs: ArcList) {
    let (sources, targets) = (arcs.sources, arcs.targets)
    let (weightOf, countOf) = (arcs.weights ?? [], arcs.multiplicities ?? [])
    let offsets = Self.offsets(nodeCount: nodeCount, ends: targets)
    var next = offsets
    var neighbors = [NodeID](repeating: NodeID(rawValue: 0), count: sources.count)
    var weights = weightOf
    var counts = countOf
    for arc in sources.indices {
      let row = targets[arc].index
      let place = Int(next[row])
      next[row] += 1
      neighbors[place] = sources[arc]
      if !weightOf.isEmpty { weights[place] = weightOf[arc] }
      if !countOf.isEmpty { counts[place] = countOf[arc] }
    }
    self.init(
      offsets: offsets,
      neighbors: neighbors,
      weights: weights.isEmpty ? nil : weights,
      multiplicities: counts.isEmpty ? nil : counts
    )
  }

  /// Turns every arc round; rows come out sorted whatever the order within the old rows.
  init(transposing other: Adjacency) {
    let nodeCount = other.nodeCount
    let (old, from) = (other.offsets, other.neighbors)
    let (weightOf, countOf) = (other.weights ?? [], other.multiplicities ?? [])
    let offsets = Self.offsets(nodeCount: nodeCount, ends: from)
    var next = offsets
    var neighbors = [NodeID](repeating: NodeID(rawValue: 0), count: from.count)
    var weights = weightOf
    var counts = countOf
    for node in 0..<nodeCount {
      for position in Int(old[node])..<Int(old[node + 1]) {
        let row = from[position].index
        let place = Int(next[row])
        next[row] += 1
        neighbors[place] = NodeID(node)
        if !weightOf.isEmpty { weights[place] = weightOf[position] }
        if !countOf.isEmpty { counts[place] = countOf[position] }
      }
    }
    self.init(
      offsets: offsets,
      neighbors: neighbors,
      weights: weights.isEmpty ? nil : weights,
      multiplicities: counts.isEmpty ? nil : counts
    )
  }

  /// The first place of each row, for rows that hold as many entries as `ends` names them.
  private static func offsets(nodeCount: Int, ends: [NodeID]) -> [UInt32] {
    var offsets = [UInt32](repeating: 0, count: nodeCount + 1)
    for end in ends { offsets[end.index + 1] += 1 }
    for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
    return offsets
  }

  /// Joins the rows of both directions of a graph; what stands in both is added up.
  ///
  /// A self-loop stands in both, but is one edge: only the first counts.
  init(merging out: Adjacency, _ into: Adjacency) {
    var result = AdjacencyWriter(
      nodeCount: out.nodeCount,
      entryCount: out.neighbors.count + into.neighbors.count
    )
    for node in 0..<out.nodeCount {
      let (lefts, rights) = (out.row(at: node), into.row(at: node))
      var (left, right) = (lefts.lowerBound, rights.lowerBound)
      while left < lefts.upperBound || right < rights.upperBound {
        let isLeft =
          left < lefts.upperBound
          && (right == rights.upperBound || out.neighbors[left] <= into.neighbors[right])
        let (side, position) = isLeft ? (out, left) : (into, right)
        if isLeft { left += 1 } else { right += 1 }
        guard isLeft || side.neighbors[position].index != node else { continue }
        result.add(
          side.neighbors[position],
          weight: side.weight(at: position),
          multiplicity: UInt32(side.multiplicity(at: position))
        )
      }
      result.endRow()
    }
    self = result.adjacency
  }

  /// Adds up equal neighbours that stand side by side.
  private mutating func fold() {
    if hasRepeats { self = folded() }
    dropTrivialColumns()
  }

  private var hasRepeats: Bool {
    for node in 0..<nodeCount {
      let row = row(at: node)
      for position in row.dropFirst() where neighbors[position] == neighbors[position - 1] {
        return true
      }
    }
    return false
  }

  private func folded() -> Adjacency {
    var result = AdjacencyWriter(nodeCount: nodeCount, entryCount: neighbors.count)
    for node in 0..<nodeCount {
      for position in row(at: node) {
        result.add(
          neighbors[position],
          weight: weight(at: position),
          multiplicity: UInt32(multiplicity(at: position))
        )
      }
      result.endRow()
    }
    return result.adjacency
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
