/// PageRank in whole numbers, for scores that decide something.
///
/// Every engine that keeps the rounding rule below gets the same scores bit for bit, in any order of
/// operations, as nothing but whole numbers are added.
///
/// ```swift
/// let shares = try FixedPointPageRank().scores(of: graph, from: [principal]).scores
/// ```
///
/// One round, with `S` = ``scale``, `w(u, v)` the weight of an edge, `W(u)` the sum of the weights
/// that leave u, `t(v)` the start weight of v, `T` their sum, `d` the damping in millionths; every
/// division drops its remainder:
///
/// 1. `arrived(v)` = sum over edges u → v of `score(u) * w(u, v) / W(u)`
/// 2. `kept(v)` = `arrived(v) * d / 1_000_000`
/// 3. `pool` = `S` - sum of `kept(v)`: fresh starts, nodes without outgoing edges, and what rounding
///    dropped
/// 4. `score(v)` = `kept(v)` + `pool * t(v) / T`
///
/// Round 0 is `score(v)` = `S * t(v) / T`. Rounds end when no score changes any more, at the latest
/// after ``maximumRounds``. Products are taken in 128 bits. Scores differ from ``PageRank`` by less
/// than about 10⁻⁹ on graphs of ordinary size.
///
/// > Accepts: Directed or undirected; weighted; self-loops count as edges.
///
/// > Repeatable: Whole numbers, the same for any number of workers and on any engine.
///
/// > Source: S. Brin, L. Page, "The anatomy of a large-scale hypertextual Web search engine",
/// > *Comput. Netw.* 30, 1998. [doi](https://doi.org/10.1016/S0169-7552(98)00110-X)
public struct FixedPointPageRank: Hashable, Sendable {
  /// The score that all nodes share: 2⁴⁰ stands for 1.
  public static let scale: Int64 = 1 << 40

  /// The probability of following an edge in millionths, from 0 to 999,999.
  public var dampingMillionths: Int64
  /// Rounds end after so many in any case, 1 or more.
  public var maximumRounds: Int
  /// How many processors may help.
  public var workers: WorkerCount

  /// The scores and how they were reached.
  public struct Result: Equatable, Sendable {
    /// One score for each node, in node order; together ``FixedPointPageRank/scale`` or, by what
    /// rounding drops, less by under one for each start node.
    public let scores: [Int64]
    /// The number of rounds that were run.
    public let rounds: Int
    /// Whether the last round changed no score.
    public let isSettled: Bool
  }

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - dampingMillionths: The probability of following an edge in millionths.
  ///   - maximumRounds: The rounds to run at most.
  ///   - workers: How many processors may help.
  public init(
    dampingMillionths: Int64 = 850_000,
    maximumRounds: Int = 128,
    workers: WorkerCount = .active
  ) {
    self.dampingMillionths = dampingMillionths
    self.maximumRounds = maximumRounds
    self.workers = workers
  }

  /// Scores nodes for a walker who starts anew anywhere.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The scores, none for an empty graph.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges.
  public func scores(of graph: Graph) throws(GraphError) -> Result {
    guard !graph.isEmpty else { return Result(scores: [], rounds: 0, isSettled: true) }
    return try scores(of: graph, starts: [Int64](repeating: 1, count: graph.nodeCount))
  }

  /// Scores nodes for a walker who starts anew at one of a few nodes, each as likely.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - nodes: One start or more; repeats make a start more likely.
  /// - Returns: The scores; a node that no start reaches has 0.
  /// - Throws: ``GraphError/noStartNodes``, ``GraphError/noSuchNode(_:nodeCount:)`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges.
  public func scores(of graph: Graph, from nodes: [NodeID]) throws(GraphError) -> Result {
    var starts = [Int64](repeating: 0, count: graph.nodeCount)
    for node in nodes {
      guard graph.contains(node) else { throw .noSuchNode(node, nodeCount: graph.nodeCount) }
      starts[node.index] += 1
    }
    return try scores(of: graph, starts: starts)
  }

  /// Scores nodes for a walker who starts anew at nodes of given likelihood.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - starts: For each node how likely it is as a start, 0 or more, in any unit; their sum must
  ///     fit 64 bits.
  /// - Returns: The scores; a node that no start reaches has 0.
  /// - Throws: ``GraphError/wrongValueCount(expected:found:)``, ``GraphError/noStartNodes``,
  ///   ``GraphError/weightOverflow`` or ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges.
  public func scores(of graph: Graph, starts: [Int64]) throws(GraphError) -> Result {
    let total = try sum(of: starts, for: graph)
    let (parallel, count) = (Parallel(workers: workers), graph.nodeCount)
    let (rows, damping) = (graph.incoming, dampingMillionths)
    let outWeights = parallel.map(count: count) { graph.outgoing.weightSum(of: $0) }
    let isWeighted = graph.isWeighted
    var scores = starts.map { part($0, of: total, ofAmount: Self.scale) }
    for round in 1..<(maximumRounds + 1) {
      try Supervision.current?.report(round - 1, of: maximumRounds)
      let before = scores
      // Without weights every edge of a node hands on the same, so that one division will do.
      let handedOn = parallel.map(count: count) { node in
        outWeights[node] == 0 || isWeighted ? 0 : before[node] / outWeights[node]
      }
      let kept = parallel.map(count: count) { node in
        let arrived =
          isWeighted
          ? rows.arrived(at: node, scores: before, outWeights: outWeights)
          : rows.sum(of: handedOn, at: node)
        // At most 2^40 arrives in all, and damping is below 2^20, so that the product fits.
        return arrived * damping / 1_000_000
      }
      let pool = Self.scale - parallel.sum(count: count) { kept[$0] }
      scores = parallel.map(count: count) { node in
        kept[node] + part(starts[node], of: total, ofAmount: pool)
      }
      if scores == before { return Result(scores: scores, rounds: round, isSettled: true) }
    }
    return Result(scores: scores, rounds: maximumRounds, isSettled: false)
  }

  private func sum(of starts: [Int64], for graph: Graph) throws(GraphError) -> Int64 {
    guard (0..<1_000_000).contains(dampingMillionths) else {
      throw .optionOutOfRange(option: "dampingMillionths", expected: "0 to 999999")
    }
    guard maximumRounds >= 1 else {
      throw .optionOutOfRange(option: "maximumRounds", expected: "1 or more")
    }
    guard starts.count == graph.nodeCount else {
      throw .wrongValueCount(expected: graph.nodeCount, found: starts.count)
    }
    var total: Int64 = 0
    for start in starts {
      guard start >= 0 else {
        throw .optionOutOfRange(option: "starts", expected: "0 or more for each node")
      }
      let (sum, overflow) = total.addingReportingOverflow(start)
      guard !overflow else { throw .weightOverflow }
      total = sum
    }
    guard total > 0 else { throw .noStartNodes }
    return total
  }
}

extension Adjacency {
  fileprivate func sum(of values: [Int64], at index: Int) -> Int64 {
    var sum: Int64 = 0
    for position in row(at: index) { sum += values[neighbors[position].index] }
    return sum
  }

  fileprivate func arrived(at index: Int, scores: [Int64], outWeights: [Int64]) -> Int64 {
    var sum: Int64 = 0
    for position in row(at: index) {
      let source = neighbors[position].index
      sum += part(weight(at: position), of: outWeights[source], ofAmount: scores[source])
    }
    return sum
  }
}

/// `amount * share / whole` without the remainder, for 0 ≤ share ≤ whole and 0 ≤ amount.
private func part(_ share: Int64, of whole: Int64, ofAmount amount: Int64) -> Int64 {
  let (product, overflow) = amount.multipliedReportingOverflow(by: share)
  guard overflow else { return product / whole }
  // The quotient is at most `amount`, so that it fits.
  return whole.dividingFullWidth(amount.multipliedFullWidth(by: share)).quotient
}
