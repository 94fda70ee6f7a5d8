/// Writes rows one after another and adds up equal neighbours that come one after another.
struct AdjacencyWriter {
  private var offsets: [UInt32] = [0]
  private var neighbors: [NodeID] = []
  private var weights: [Int64] = []
  private var multiplicities: [UInt32] = []
  private var start = 0

  init(nodeCount: Int, entryCount: Int) {
    offsets.reserveCapacity(nodeCount + 1)
    neighbors.reserveCapacity(entryCount)
    weights.reserveCapacity(entryCount)
    multiplicities.reserveCapacity(entryCount)
  }

  mutating func add(_ neighbor: NodeID, weight: Int64, multiplicity: UInt32) {
    let last = neighbors.count - 1
    if last >= start, neighbors[last] == neighbor {
      weights[last] += weight
      multiplicities[last] += multiplicity
    } else {
      neighbors.append(neighbor)
      weights.append(weight)
      multiplicities.append(multiplicity)
    }
  }

  mutating func endRow() {
    start = neighbors.count
    offsets.append(UInt32(start))
  }

  var adjacency: Adjacency {
    var result = Adjacency(
      offsets: Column(offsets),
      neighbors: Column(neighbors),
      weights: Column(weights),
      multiplicities: Column(multiplicities)
    )
    result.dropTrivialColumns()
    return result
  }
}
