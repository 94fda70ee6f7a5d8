/// Ranks nodes on a line so that each edge leads about one step down.
///
/// Each edge is a spring of length 1 from source (above) to target (below), as strong as its weight;
/// the scores are where the springs come to rest. A difference of 1 is one rank.
///
/// ```swift
/// let ranks = try SpringRank(alpha: 0).scores(of: graph).scores
/// ```
///
/// > Accepts: Directed graphs (in an undirected one all springs cancel out and all scores are 0);
/// > weighted; self-loops are ignored, as they pull nowhere.
///
/// > Repeatable: The same bits for any number of workers.
///
/// > Source: C. De Bacco, D. B. Larremore, C. Moore, "A physical model for efficient ranking in
/// > networks", *Science Advances* 4, eaar8260, 2018. [doi](https://doi.org/10.1126/sciadv.aar8260)
public struct SpringRank: Hashable, Sendable {
  /// How strongly each score is drawn to 0, 0 or more, in units of edge weight; 0 by the paper.
  ///
  /// With 0 each weak component has a mean score of 0 (the paper fixes the constant otherwise, which
  /// changes no difference), and components cannot be compared with one another.
  public var alpha: Double
  /// Rounds end once the forces left are this share of the forces at the start.
  public var tolerance: Double
  /// Rounds end after so many in any case, 1 or more.
  public var maximumRounds: Int
  /// How many processors may help.
  public var workers: WorkerCount

  /// The scores and how they were reached.
  public struct Result: Equatable, Sendable {
    /// One score for each node, in node order, in ranks; higher is further up.
    public let scores: [Double]
    /// The number of rounds that were run.
    public let rounds: Int
    /// The forces left, as a share of those at the start.
    public let residual: Double
    /// Whether the residual is within the tolerance.
    public let hasConverged: Bool
  }

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - alpha: How strongly each score is drawn to 0.
  ///   - tolerance: The share of the forces at which rounds end.
  ///   - maximumRounds: The rounds to run at most.
  ///   - workers: How many processors may help.
  public init(
    alpha: Double = 0,
    tolerance: Double = 1e-10,
    maximumRounds: Int = 10_000,
    workers: WorkerCount = .active
  ) {
    self.alpha = alpha
    self.tolerance = tolerance
    self.maximumRounds = maximumRounds
    self.workers = workers
  }

  /// Ranks the nodes of a graph.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The scores, none for an empty graph.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges; the
  ///   rounds grow with the length of the longest detours.
  public func scores(of graph: Graph) throws(GraphError) -> Result {
    guard alpha >= 0, alpha.isFinite else {
      throw .optionOutOfRange(option: "alpha", expected: "0 or more")
    }
    guard maximumRounds >= 1 else {
      throw .optionOutOfRange(option: "maximumRounds", expected: "1 or more")
    }
    guard tolerance >= 0 else {
      throw .optionOutOfRange(option: "tolerance", expected: "0 or more")
    }
    guard graph.isDirected else {
      let rest = [Double](repeating: 0, count: graph.nodeCount)
      return Result(scores: rest, rounds: 0, residual: 0, hasConverged: true)
    }
    let solver = LaplacianSolver(
      alpha: alpha,
      tolerance: tolerance,
      maximumRounds: maximumRounds,
      parallel: Parallel(workers: workers)
    )
    // Without alpha heights along a walk are a good start, and the answer where edges agree.
    let guess =
      alpha == 0
      ? graph.walkedHeights().map { -$0 } : [Double](repeating: 0, count: graph.nodeCount)
    let solution = solver.solve(
      graph,
      rightHandSide: graph.weightBalance(),
      firstGuess: guess
    )
    return Result(
      scores: alpha == 0 ? centred(solution.values, in: graph) : solution.values,
      rounds: solution.rounds,
      residual: solution.residual,
      hasConverged: solution.residual <= tolerance
    )
  }

  /// Moves each weak component so that its mean is 0.
  private func centred(_ values: [Double], in graph: Graph) -> [Double] {
    let components = graph.connectedComponents()
    var sums = [Double](repeating: 0, count: components.count)
    for node in values.indices { sums[Int(components.labels[node])] += values[node] }
    return values.indices.map { node in
      let component = Int(components.labels[node])
      return values[node] - sums[component] / Double(components.sizes[component])
    }
  }
}
