/// Scores nodes by where a walker is found who follows edges and now and then starts anew.
///
/// A node scores high when nodes that score high point at it. With start nodes of its own
/// (personalised PageRank) the score is a share of what those starts reach, and how directly.
///
/// ```swift
/// let everywhere = try PageRank(damping: 0.85).scores(of: graph)
/// let fromOne = try PageRank().scores(of: graph, from: [NodeID(0)])
/// ```
///
/// From each node the walker follows an edge in proportion to its weight with probability
/// ``damping``, and otherwise starts anew. From a node without outgoing edges it always starts anew
/// (the usual rule, as in networkx and igraph).
///
/// > Accepts: Directed or undirected; weighted; self-loops count as edges.
///
/// > Repeatable: The same bits for any number of workers.
///
/// > Source: S. Brin, L. Page, "The anatomy of a large-scale hypertextual Web search engine",
/// > *Comput. Netw.* 30, 1998. [doi](https://doi.org/10.1016/S0169-7552(98)00110-X)
public struct PageRank: Hashable, Sendable {
  /// The probability of following an edge, from 0 to below 1; 0.85 by Brin and Page.
  public var damping: Double
  /// Rounds end once the scores together change by no more than this, 0 or more.
  public var tolerance: Double
  /// Rounds end after so many in any case, 1 or more.
  public var maximumRounds: Int
  /// How exact the values are that nodes hand on in a round.
  public var precision: Precision
  /// How many processors may help.
  public var workers: WorkerCount

  /// How exact the values are that nodes hand on in a round.
  public enum Precision: Hashable, Sendable {
    /// 53 bits.
    case double
    /// 24 bits, added up in 24 and mixed in 53: scores are right to about six digits, for half the
    /// memory that a round has to read at random.
    case single
  }

  /// The scores and how they were reached.
  public struct Result: Equatable, Sendable {
    /// One share for each node, in node order; together they are 1.
    public let scores: [Double]
    /// The number of rounds that were run.
    public let rounds: Int
    /// By how much the scores together changed in the last round.
    public let change: Double
    /// Whether the last change was within the tolerance.
    public let hasConverged: Bool
  }

  /// Chooses the options.
  ///
  /// - Parameters:
  ///   - damping: The probability of following an edge, from 0 to below 1.
  ///   - tolerance: The change of all scores together at which rounds end.
  ///   - maximumRounds: The rounds to run at most.
  ///   - precision: How exact the values are that nodes hand on.
  ///   - workers: How many processors may help.
  public init(
    damping: Double = 0.85,
    tolerance: Double = 1e-12,
    maximumRounds: Int = 200,
    precision: Precision = .double,
    workers: WorkerCount = .active
  ) {
    self.damping = damping
    self.tolerance = tolerance
    self.maximumRounds = maximumRounds
    self.precision = precision
    self.workers = workers
  }

  /// Scores nodes for a walker who starts anew anywhere.
  ///
  /// - Parameter graph: The graph.
  /// - Returns: The scores, none for an empty graph.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges.
  public func scores(of graph: Graph) throws(GraphError) -> Result {
    try run(graph, starts: [Double](repeating: 1, count: graph.nodeCount))
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
    var starts = [Double](repeating: 0, count: graph.nodeCount)
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
  ///   - starts: For each node how likely it is as a start, 0 or more, in any unit.
  /// - Returns: The scores; a node that no start reaches has 0.
  /// - Throws: ``GraphError/wrongValueCount(expected:found:)``, ``GraphError/noStartNodes`` or
  ///   ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*n* + *m*) time for each round and O(*n*) space, for *n* nodes and *m* edges.
  public func scores(of graph: Graph, starts: [Double]) throws(GraphError) -> Result {
    guard starts.count == graph.nodeCount else {
      throw .wrongValueCount(expected: graph.nodeCount, found: starts.count)
    }
    guard starts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .optionOutOfRange(option: "starts", expected: "0 or more for each node")
    }
    guard starts.contains(where: { $0 > 0 }) else { throw .noStartNodes }
    return try run(graph, starts: starts)
  }

  /// Refuses options out of range.
  func checkOptions() throws(GraphError) {
    guard damping >= 0, damping < 1 else {
      throw .optionOutOfRange(option: "damping", expected: "0 to below 1")
    }
    guard maximumRounds >= 1 else {
      throw .optionOutOfRange(option: "maximumRounds", expected: "1 or more")
    }
    guard tolerance >= 0 else {
      throw .optionOutOfRange(option: "tolerance", expected: "0 or more")
    }
  }

  private func run(_ graph: Graph, starts: [Double]) throws(GraphError) -> Result {
    try checkOptions()
    return switch precision {
    case .double: try rounds(on: graph, starts: starts, handingOn: Double.self)
    case .single: try rounds(on: graph, starts: starts, handingOn: Float.self)
    }
  }

  /// One pass over the rows for each round: what arrives becomes the new score and, divided by what
  /// leaves, the value handed on in the next round.
  @inline(__always)
  private func rounds<Value: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    on graph: Graph,
    starts: [Double],
    handingOn type: Value.Type
  ) throws(GraphError) -> Result {
    let parallel = Parallel(workers: workers)
    let (count, rows, damping) = (graph.nodeCount, graph.incoming, damping)
    let outgoing = graph.outgoing
    let total = parallel.sum(count: count) { starts[$0] }
    var (handedOn, next) = (
      SharedArray<Value>(unwritten: count), SharedArray<Value>(unwritten: count)
    )
    let nodes = RankTables(count: count)
    // What nodes without a way out hold, and what each node hands on at first.
    var lost = parallel.sumOfChunks(count: count) { [handedOn] range in
      var lost = 0.0
      for node in range {
        let (share, out) = (starts[node] / total, Double(outgoing.weightSum(of: node)))
        nodes.starts[node] = share
        nodes.scores[node] = share
        nodes.outWeights[node] = out
        handedOn[node] = out == 0 ? 0 : Value(share / out)
        if out == 0 { lost += share }
      }
      return lost
    }
    var result = Result(scores: [], rounds: 0, change: 0, hasConverged: count == 0)
    for round in 1..<(maximumRounds + 1) {
      try Supervision.current?.report(round - 1, of: maximumRounds)
      let (from, to, dangling) = (handedOn, next, lost)
      let sums = parallel.sumOfChunks(count: count) { range in
        rows.rank(range, from, to, nodes, damping: damping, dangling: dangling)
      }
      lost = sums.lost
      swap(&handedOn, &next)
      let hasConverged = sums.change <= tolerance
      guard hasConverged || round == maximumRounds else { continue }
      result = Result(
        scores: parallel.map(count: count) { nodes.scores[$0] },
        rounds: round,
        change: sums.change,
        hasConverged: hasConverged
      )
      break
    }
    return result
  }
}

/// What a rank keeps for each node: its share of the starts, its score, the weight that leaves it.
struct RankTables: Sendable {
  let starts: SharedArray<Double>
  let scores: SharedArray<Double>
  let outWeights: SharedArray<Double>

  init(count: Int) {
    starts = SharedArray(unwritten: count)
    scores = SharedArray(unwritten: count)
    outWeights = SharedArray(unwritten: count)
  }
}

/// What is added up over the nodes in a round.
struct RoundSums: AdditiveArithmetic, BitwiseCopyable, Sendable {
  var change = 0.0
  var lost = 0.0

  static var zero: Self { Self() }

  static func + (left: Self, right: Self) -> Self {
    Self(change: left.change + right.change, lost: left.lost + right.lost)
  }

  static func - (left: Self, right: Self) -> Self {
    Self(change: left.change - right.change, lost: left.lost - right.lost)
  }
}

extension Adjacency {
  /// The sum over a row of the neighbours' values, each times the weight of its edge.
  @inline(__always)
  func weightedSum(of values: [Double], at index: Int) -> Double {
    var sum = 0.0
    if let weights {
      for position in row(at: index) {
        sum += values[neighbors[position].index] * Double(weights[position])
      }
    } else {
      for position in row(at: index) { sum += values[neighbors[position].index] }
    }
    return sum
  }
}
