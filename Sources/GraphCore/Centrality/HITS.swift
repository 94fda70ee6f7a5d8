/// Scores nodes twice: as hubs that point at good authorities, and as authorities that good hubs
/// point at.
///
/// ```swift
/// let result = try HITS().scores(of: graph)
/// result.hubs[0]
/// ```
///
/// > Accepts: Directed or undirected, where both scores are equal; weighted; self-loops count.
///
/// > Repeatable: The same bits for any number of workers.
///
/// > Source: J. M. Kleinberg, "Authoritative sources in a hyperlinked environment", *J. ACM* 46(5),
/// > 1999. [doi](https://doi.org/10.1145/324133.324140)
public struct HITS: Hashable, Sendable {
  /// Rounds end once the scores together change by no more than this, 0 or more.
  public var tolerance: Double
  /// Rounds end after so many in any case, 1 or more.
  public var maximumRounds: Int
  /// How many processors may help.
  public var workers: WorkerCount

  /// The scores and how they were reached.
  public struct Result: Equatable, Sendable {
    /// How good each node is at pointing, in node order; together 1, or all 0 without edges.
    public let hubs: [Double]
    /// How well each node is pointed at, in node order; together 1, or all 0 without edges.
    public let authorities: [Double]
    /// The number of rounds that were run.
    public let rounds: Int
    /// Whether the last change was within the tolerance.
    public let hasConverged: Bool
  }

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - tolerance: The change of all hub scores together at which rounds end.
  ///   - maximumRounds: The rounds to run at most.
  ///   - workers: How many processors may help.
  public init(
    tolerance: Double = 1e-12,
    maximumRounds: Int = 1000,
    workers: WorkerCount = .active
  ) {
    self.tolerance = tolerance
    self.maximumRounds = maximumRounds
    self.workers = workers
  }

  /// Scores the nodes of a graph, beginning with all hubs equal.
  ///
  /// Where several answers are possible, as between components of equal strength, the equal start
  /// decides.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: Both scores of each node.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges.
  public func scores(of graph: Graph) throws(GraphError) -> Result {
    guard maximumRounds >= 1 else {
      throw .optionOutOfRange(option: "maximumRounds", expected: "1 or more")
    }
    guard tolerance >= 0 else {
      throw .optionOutOfRange(option: "tolerance", expected: "0 or more")
    }
    let parallel = Parallel(workers: workers)
    let count = graph.nodeCount
    guard graph.edgeCount > 0 else {
      let none = [Double](repeating: 0, count: count)
      return Result(hubs: none, authorities: none, rounds: 0, hasConverged: true)
    }
    let hubs = SharedArray<Double>(repeating: 1 / Double(count), count: count)
    let authorities = SharedArray<Double>(unwritten: count)
    let sums = SharedArray<Double>(unwritten: count)
    for round in 1..<(maximumRounds + 1) {
      try Supervision.current?.report(round - 1, of: maximumRounds)
      graph.incoming.shares(of: hubs, room: sums, into: authorities, parallel)
      let change = graph.outgoing.shares(of: authorities, room: sums, into: hubs, parallel)
      if change <= tolerance || round == maximumRounds {
        graph.incoming.shares(of: hubs, room: sums, into: authorities, parallel)
        return Result(
          hubs: parallel.map(count: count) { hubs[$0] },
          authorities: parallel.map(count: count) { authorities[$0] },
          rounds: round,
          hasConverged: change <= tolerance
        )
      }
    }
    preconditionFailure("the last round returns")
  }
}

extension Adjacency {
  /// Writes what each node gets from its neighbours, as a share of all; tells by how much the shares
  /// changed from what stood there.
  @discardableResult
  fileprivate func shares(
    of values: SharedArray<Double>,
    room sums: SharedArray<Double>,
    into shares: SharedArray<Double>,
    _ parallel: Parallel
  ) -> Double {
    let total = parallel.sumOfChunks(count: nodeCount) { nodes in
      var total = 0.0
      pull(values, for: nodes) { node, sum in
        sums[node] = sum
        total += sum
      }
      return total
    }
    return parallel.sum(count: nodeCount) { node in
      let share = sums[node] / total
      defer { shares[node] = share }
      return (share - shares[node]).magnitude
    }
  }
}
