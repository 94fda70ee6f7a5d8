extension Adjacency {
  /// Makes one entry of equal neighbours that stand side by side.
  mutating func fold(_ repeats: GraphBuilder.Repeats, _ parallel: Parallel) {
    if repeats == .merged {
      (weights, multiplicities) = (nil, nil)
    }
    // How many entries of each chunk of rows stay.
    let kept = parallel.parts(count: nodeCount, chunkSize: Self.foldedRows) { [self] rows in
      rows.reduce(0) { $0 + distinctCount(of: $1) }
    }
    let total = kept.reduce(0, +)
    if total < neighbors.count {
      self = folded(repeats, firsts: kept.runningStarts, count: total, parallel)
    }
    dropTrivialColumns()
  }

  private static let foldedRows = 4096

  private func distinctCount(of node: Int) -> Int {
    let row = row(at: node)
    guard var last = row.first else { return 0 }
    var count = 1
    for position in row.dropFirst() {
      if neighbors[position] != neighbors[last] { count += 1 }
      last = position
    }
    return count
  }

  private func folded(
    _ repeats: GraphBuilder.Repeats,
    firsts: [Int],
    count: Int,
    _ parallel: Parallel
  ) -> Adjacency {
    let isSummed = repeats == .summed
    let result = RowTables(
      nodeCount: nodeCount,
      entryCount: count,
      hasWeights: isSummed,
      hasCounts: isSummed
    )
    result.offsets[nodeCount] = UInt32(count)
    parallel.chunks(count: nodeCount, chunkSize: Self.foldedRows) { [self] rows in
      var next = firsts[rows.lowerBound / Self.foldedRows]
      for node in rows {
        let first = next
        result.offsets[node] = UInt32(first)
        for position in row(at: node) {
          let neighbor = neighbors[position].rawValue
          if next > first, result.neighbors[next - 1] == neighbor {
            guard let weights = result.weights, let counts = result.counts else { continue }
            // The builder has bounded the sum of all weights.
            weights[next - 1] += weight(at: position)
            counts[next - 1] += UInt32(multiplicity(at: position))
          } else {
            result.neighbors[next] = neighbor
            result.weights?[next] = weight(at: position)
            result.counts?[next] = UInt32(multiplicity(at: position))
            next += 1
          }
        }
      }
    }
    return result.adjacency()
  }
}

extension [Int] {
  /// The sum of all values before each.
  var runningStarts: [Int] {
    var sum = 0
    return map { value in
      defer { sum += value }
      return sum
    }
  }
}
