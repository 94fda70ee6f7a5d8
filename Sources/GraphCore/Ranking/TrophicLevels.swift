/// Gives nodes heights so that each edge climbs about one level, and tells how well that works.
///
/// In a chain that only ever hands on, every edge climbs exactly one level and the incoherence is 0;
/// where talk runs in circles no heights fit and the incoherence is 1.
///
/// ```swift
/// let result = try TrophicLevels().levels(of: graph)
/// result.levels       // 0 at the bottom of each component
/// result.incoherence  // F0
/// ```
///
/// The levels are those of ``SpringRank`` without alpha, with the sign turned and the lowest node of
/// each weak component at 0.
///
/// > Accepts: Directed graphs (in an undirected one all levels are 0); weighted; self-loops are left
/// > out, also from the incoherence, where the paper would count each as 1.
///
/// > Repeatable: The same bits for any number of workers; exact where every edge of a component can
/// > climb by 1.
///
/// > Source: R. S. MacKay, S. Johnson, B. Sansom, "How directed is a directed network?", *R. Soc.
/// > Open Sci.* 7, 201138, 2020. [doi](https://doi.org/10.1098/rsos.201138)
public struct TrophicLevels: Hashable, Sendable {
  /// Rounds end once the imbalance left is this share of that at the start.
  public var tolerance: Double
  /// Rounds end after so many in any case, 1 or more.
  public var maximumRounds: Int
  /// How many processors may help.
  public var workers: WorkerCount

  /// The levels, what they fail to explain, and how they were reached.
  public struct Result: Equatable, Sendable {
    /// One level for each node, in node order; the lowest node of each weak component has 0.
    public let levels: [Double]
    /// F0: the mean over edges, by weight, of (climb - 1)², from 0 to 1; nil where there is no edge
    /// between two nodes.
    public let incoherence: Double?
    /// The number of rounds that were run.
    public let rounds: Int
    /// The imbalance left, as a share of that at the start.
    public let residual: Double
    /// Whether the residual is within the tolerance.
    public let hasConverged: Bool
  }

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - tolerance: The share of the imbalance at which rounds end.
  ///   - maximumRounds: The rounds to run at most.
  ///   - workers: How many processors may help.
  public init(
    tolerance: Double = 1e-10,
    maximumRounds: Int = 10_000,
    workers: WorkerCount = .active
  ) {
    self.tolerance = tolerance
    self.maximumRounds = maximumRounds
    self.workers = workers
  }

  /// Finds the levels of a graph.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The levels and the incoherence.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges; the
  ///   rounds grow with the length of the longest detours.
  public func levels(of graph: Graph) throws(GraphError) -> Result {
    guard maximumRounds >= 1 else {
      throw .optionOutOfRange(option: "maximumRounds", expected: "1 or more")
    }
    guard tolerance >= 0 else {
      throw .optionOutOfRange(option: "tolerance", expected: "0 or more")
    }
    let start = [Double](repeating: 0, count: graph.nodeCount)
    guard graph.isDirected else {
      return Result(
        levels: start,
        incoherence: incoherence(of: graph, levels: start),
        rounds: 0,
        residual: 0,
        hasConverged: true
      )
    }
    let solver = LaplacianSolver(
      alpha: 0,
      tolerance: tolerance,
      maximumRounds: maximumRounds,
      parallel: Parallel(workers: workers)
    )
    let solution = solver.solve(
      graph,
      rightHandSide: graph.weightBalance().map { -$0 },
      firstGuess: graph.walkedHeights()
    )
    let levels = grounded(solution.values, in: graph)
    return Result(
      levels: levels,
      incoherence: incoherence(of: graph, levels: levels),
      rounds: solution.rounds,
      residual: solution.residual,
      hasConverged: solution.residual <= tolerance
    )
  }

  /// Moves each weak component so that its lowest node is at 0.
  private func grounded(_ values: [Double], in graph: Graph) -> [Double] {
    let components = graph.connectedComponents()
    var lowest = [Double](repeating: .infinity, count: components.count)
    for node in values.indices {
      let component = Int(components.labels[node])
      lowest[component] = min(lowest[component], values[node])
    }
    return values.indices.map { values[$0] - lowest[Int(components.labels[$0])] }
  }

  private func incoherence(of graph: Graph, levels: [Double]) -> Double? {
    let rows = graph.outgoing
    let parts = Parallel(workers: workers).parts(
      count: graph.nodeCount,
      chunkSize: Parallel.chunkSize
    ) { range in
      var (misfit, weight) = (0.0, 0.0)
      for node in range {
        for position in rows.row(at: node) where rows.neighbors[position].index != node {
          let climb = levels[rows.neighbors[position].index] - levels[node]
          let edge = Double(rows.weight(at: position))
          misfit += edge * (climb - 1) * (climb - 1)
          weight += edge
        }
      }
      return (misfit, weight)
    }
    let weight = parts.reduce(0) { $0 + $1.1 }
    return weight == 0 ? nil : parts.reduce(0) { $0 + $1.0 } / weight
  }
}
