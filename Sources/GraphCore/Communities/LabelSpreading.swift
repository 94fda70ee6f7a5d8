/// Gives every node a share of each label that a few nodes are known to have.
///
/// Labels flow along edges from node to node while the known ones stay put: a node near many nodes of a
/// label, and far from those of others, ends up with a large share of it.
///
/// ```swift
/// let result = try LabelSpreading().shares(of: graph, seeds: [[NodeID(0)], [NodeID(9)]])
/// result.labels  // 0 or 1 for each node, nil where no seed is linked
/// ```
///
/// > Accepts: Directed graphs are read as undirected; weighted; self-loops keep what a node has.
///
/// > Repeatable: The same bits for any number of workers.
///
/// > Source: D. Zhou, O. Bousquet, T. N. Lal, J. Weston, B. Schölkopf, "Learning with local and global
/// > consistency", NIPS 2003.
public struct LabelSpreading: Hashable, Sendable {
  /// The part of a node's shares that comes from its neighbours, above 0 and below 1.
  ///
  /// The rest comes from what is known of it. 0.99 in the paper.
  public var spreading: Double
  /// Rounds end once no share of any node changes by more than this.
  public var tolerance: Double
  /// Rounds end after so many in any case, 1 or more.
  public var maximumRounds: Int
  /// How many processors may help.
  public var workers: WorkerCount

  /// The shares and how they were reached.
  public struct Result: Equatable, Sendable {
    /// For each label, for each node in node order, how much of it arrived; 0 or more, in the unit of
    /// a seed.
    public let shares: [[Double]]
    /// The label of which each node has most, the first of equals; nil where none arrived.
    public let labels: [Int?]
    /// The number of rounds that were run, over all labels the most.
    public let rounds: Int
    /// Whether the last changes were within the tolerance.
    public let hasConverged: Bool
  }

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - spreading: The part of a node's shares that comes from its neighbours.
  ///   - tolerance: The change of a share at which rounds end.
  ///   - maximumRounds: The rounds to run at most.
  ///   - workers: How many processors may help.
  public init(
    spreading: Double = 0.9,
    tolerance: Double = 1e-9,
    maximumRounds: Int = 1000,
    workers: WorkerCount = .active
  ) {
    self.spreading = spreading
    self.tolerance = tolerance
    self.maximumRounds = maximumRounds
    self.workers = workers
  }

  /// Spreads labels over a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - seeds: For each label the nodes known to have it, one or more.
  /// - Returns: The shares of each node.
  /// - Throws: ``GraphError/noStartNodes``, ``GraphError/noSuchNode(_:nodeCount:)`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each label and round, and O(*n*) space for each label.
  public func shares(of graph: Graph, seeds: [[NodeID]]) throws(GraphError) -> Result {
    guard spreading > 0, spreading < 1 else {
      throw .optionOutOfRange(option: "spreading", expected: "above 0 and below 1")
    }
    guard maximumRounds >= 1 else {
      throw .optionOutOfRange(option: "maximumRounds", expected: "1 or more")
    }
    guard tolerance >= 0 else {
      throw .optionOutOfRange(option: "tolerance", expected: "0 or more")
    }
    guard !seeds.isEmpty, seeds.allSatisfy({ !$0.isEmpty }) else { throw .noStartNodes }
    for node in seeds.joined() where !graph.contains(node) {
      throw .noSuchNode(node, nodeCount: graph.nodeCount)
    }
    let rows = graph.undirected().outgoing
    let parallel = Parallel(workers: workers)
    // An edge hands on in proportion to its weight over the roots of both ends' sums.
    let factors = parallel.map(count: graph.nodeCount) { node -> Double in
      let sum = rows.weightSum(of: node)
      return sum == 0 ? 0 : 1 / Double(sum).squareRoot()
    }
    var shares: [[Double]] = []
    var rounds = 0
    var hasConverged = true
    for nodes in seeds {
      let (values, used, isSettled) = try spread(nodes, over: rows, factors, parallel)
      shares.append(values)
      rounds = max(rounds, used)
      hasConverged = hasConverged && isSettled
    }
    let labels = (0..<graph.nodeCount).map { node -> Int? in
      let best = shares.indices.max { (shares[$0][node], $1) < (shares[$1][node], $0) }
      return best.flatMap { shares[$0][node] > 0 ? $0 : nil }
    }
    return Result(shares: shares, labels: labels, rounds: rounds, hasConverged: hasConverged)
  }

  private func spread(
    _ seeds: [NodeID],
    over rows: Adjacency,
    _ factors: [Double],
    _ parallel: Parallel
  ) throws(GraphError) -> (values: [Double], rounds: Int, isSettled: Bool) {
    let count = rows.nodeCount
    let known = SharedArray<Double>(repeating: 0, count: count)
    for node in seeds { known[node.index] = 1 }
    let values = SharedArray<Double>(unwritten: count)
    let handedOn = SharedArray<Double>(unwritten: count)
    for node in 0..<count { values[node] = known[node] }
    let spreading = spreading
    for round in 1..<(maximumRounds + 1) {
      try Supervision.current?.report(round - 1, of: maximumRounds)
      parallel.chunks(count: count) { nodes in
        for node in nodes { handedOn[node] = values[node] * factors[node] }
      }
      let changes = parallel.parts(count: count, chunkSize: Parallel.chunkSize) { nodes in
        var largest = 0.0
        rows.pull(handedOn, for: nodes) { node, arrived in
          let value = spreading * factors[node] * arrived + (1 - spreading) * known[node]
          largest = max(largest, (value - values[node]).magnitude)
          values[node] = value
        }
        return largest
      }
      let isSettled = (changes.max() ?? 0) <= tolerance
      if isSettled || round == maximumRounds {
        return (parallel.map(count: count) { values[$0] }, round, isSettled)
      }
    }
    preconditionFailure("the last round returns")
  }
}
