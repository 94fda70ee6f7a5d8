extension PageRank {
  /// Scores nodes once for each of several sets of starts, as ``scores(of:from:)`` would one after another.
  ///
  /// Eight walkers go side by side: one look at an edge serves them all, so that nine lines cost little
  /// more than two. Scores differ from those of single walks by rounding alone.
  ///
  /// ```swift
  /// let lines = try PageRank().scores(of: graph, fromEach: heads.map { [$0] })
  /// ```
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - starts: For each walk one start or more; repeats make a start more likely.
  /// - Returns: One result for each walk; walks of the same eight run the same number of rounds.
  /// - Throws: ``GraphError/noStartNodes``, ``GraphError/noSuchNode(_:nodeCount:)`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*k* *n* + *k* / 8 · *m*) time for each round and *k* walks, and O(*k* *n*) space.
  ///
  /// > Repeatable: The same bits for any number of workers.
  public func scores(of graph: Graph, fromEach starts: [[NodeID]]) throws(GraphError) -> [Result] {
    try checkOptions()
    for walk in starts {
      guard !walk.isEmpty else { throw .noStartNodes }
      for node in walk where !graph.contains(node) {
        throw .noSuchNode(node, nodeCount: graph.nodeCount)
      }
    }
    var results: [Result] = []
    for first in stride(from: 0, to: starts.count, by: 8) {
      let batch = starts[first..<min(first + 8, starts.count)]
      // One walker's table of scores stays in the cache where that of eight does not.
      guard batch.count > 1 else {
        results += try batch.map { walk throws(GraphError) in try scores(of: graph, from: walk) }
        continue
      }
      switch precision {
      case .double: results += try walks(on: graph, from: batch, DoubleLanes.self)
      case .single: results += try walks(on: graph, from: batch, SingleLanes.self)
      }
    }
    return results
  }

  /// Up to eight walks side by side.
  @inline(__always)
  private func walks<Lanes: WalkLanes>(
    on graph: Graph,
    from batch: ArraySlice<[NodeID]>,
    _ type: Lanes.Type
  ) throws(GraphError) -> [Result] {
    let parallel = Parallel(workers: workers)
    let (count, rows, damping) = (graph.nodeCount, graph.incoming, damping)
    let outgoing = graph.outgoing
    let scores = SharedArray<SIMD8<Double>>(repeating: .zero, count: count)
    for (lane, walk) in batch.enumerated() {
      for node in walk { scores[node.index][lane] += 1 / Double(walk.count) }
    }
    // Few nodes are starts, so that the table of starts would be nearly empty.
    var starts: [Int: SIMD8<Double>] = [:]
    for node in batch.joined() { starts[node.index] = scores[node.index] }
    let startOf = starts
    let even = SharedArray<Lanes>(unwritten: count)
    let odd = SharedArray<Lanes>(unwritten: count)
    let isStart = NodeBits(count: count)
    for node in startOf.keys { isStart.insert(node) }
    let reciprocals = parallel.map(count: count) { node -> Double in
      let out = outgoing.weightSum(of: node)
      return out == 0 ? 0 : 1 / Double(out)
    }
    var lost = parallel.sumOfChunks(count: count) { nodes in
      var lost = WalkSums()
      for node in nodes {
        even[node] = Lanes(scores[node] * reciprocals[node])
        if reciprocals[node] == 0 { lost.lost += scores[node] }
      }
      return lost
    }.lost
    for round in 1..<(maximumRounds + 1) {
      try Supervision.current?.report(round - 1, of: maximumRounds)
      let (from, to) = round % 2 == 1 ? (even, odd) : (odd, even)
      let fresh = (1 - damping) + damping * lost
      let sums = parallel.sumOfChunks(count: count) { nodes in
        var sums = WalkSums()
        rows.pullLanes(from, for: nodes) { node, arrived in
          var score = damping * arrived.wide
          if isStart[node], let start = startOf[node] { score += fresh * start }
          sums.change += (score - scores[node]).magnitudes
          scores[node] = score
          if reciprocals[node] == 0 { sums.lost += score }
          to[node] = Lanes(score * reciprocals[node])
        }
        return sums
      }
      lost = sums.lost
      let largest = batch.indices.map { sums.change[$0 - batch.startIndex] }.max() ?? 0
      guard largest <= tolerance || round == maximumRounds else { continue }
      return (0..<batch.count).map { lane in
        Result(
          scores: parallel.map(count: count) { scores[$0][lane] },
          rounds: round,
          change: sums.change[lane],
          hasConverged: sums.change[lane] <= tolerance
        )
      }
    }
    preconditionFailure("the last round returns")
  }
}

/// What eight walkers hand on side by side.
protocol WalkLanes: BitwiseCopyable, Sendable {
  init(_ wide: SIMD8<Double>)
  var wide: SIMD8<Double> { get }
  mutating func add(_ other: Self)
  mutating func add(_ other: Self, times weight: Int64)
}

private struct SingleLanes: WalkLanes {
  var values: SIMD8<Float>

  init(_ wide: SIMD8<Double>) { values = SIMD8<Float>(wide) }
  var wide: SIMD8<Double> { SIMD8<Double>(values) }

  @inline(__always) mutating func add(_ other: Self) { values += other.values }

  @inline(__always) mutating func add(_ other: Self, times weight: Int64) {
    values += other.values * Float(weight)
  }
}

private struct DoubleLanes: WalkLanes {
  var values: SIMD8<Double>

  init(_ wide: SIMD8<Double>) { values = wide }
  var wide: SIMD8<Double> { values }

  @inline(__always) mutating func add(_ other: Self) { values += other.values }

  @inline(__always) mutating func add(_ other: Self, times weight: Int64) {
    values += other.values * Double(weight)
  }
}

/// What is added up over the nodes in a round, for each walk.
private struct WalkSums: AdditiveArithmetic, BitwiseCopyable, Sendable {
  var change = SIMD8<Double>.zero
  var lost = SIMD8<Double>.zero

  static var zero: Self { Self() }

  static func + (left: Self, right: Self) -> Self {
    Self(change: left.change + right.change, lost: left.lost + right.lost)
  }

  static func - (left: Self, right: Self) -> Self {
    Self(change: left.change - right.change, lost: left.lost - right.lost)
  }
}

extension SIMD8<Double> {
  /// The numbers without their signs.
  @inline(__always) fileprivate var magnitudes: Self {
    self.replacing(with: -self, where: self .< 0)
  }
}
