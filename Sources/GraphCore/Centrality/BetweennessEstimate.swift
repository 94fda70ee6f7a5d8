/// A betweenness from some of the nodes, and how sure it is.
public struct BetweennessEstimate: Equatable, Sendable {
  /// One share of the pairs of other nodes for each node, in node order.
  public let scores: [Double]
  /// How many nodes routes were counted from.
  public let pivotCount: Int
  /// By how much any score may be off, at the confidence asked for; 0 where all nodes were pivots.
  public let errorBound: Double
}

extension Graph {
  /// Estimates ``betweenness(pivots:unit:workers:)`` from a sample, with a bound on the error.
  ///
  /// Of each pivot the routes add no more than *n* / (*n* - 1) to a share, so that Hoeffding's inequality
  /// bounds how far the mean of *k* pivots lies from that of all: the bound shrinks as 1 / √*k* and hardly
  /// grows with the graph. It is a worst case; most scores are far nearer.
  ///
  /// ```swift
  /// let estimate = try graph.betweennessEstimate(pivotCount: 1000, seed: 1)
  /// estimate.errorBound
  /// ```
  ///
  /// - Parameters:
  ///   - pivotCount: How many nodes routes are counted from, 1 or more; all where there are fewer.
  ///   - seed: Decides which.
  ///   - confidence: With what probability no score is off by more than the bound.
  ///   - workers: How many processors may help.
  /// - Returns: The scores and the bound.
  /// - Throws: ``GraphError/optionOutOfRange(option:expected:)``.
  /// - Complexity: O(*k* (*n* + *m*)) time for *k* pivots.
  ///
  /// > Accepts: Directed or undirected; weights are ignored.
  ///
  /// > Repeatable: The same bits for any number of workers; depends on the seed.
  ///
  /// > Source: U. Brandes, C. Pich, "Centrality estimation in large networks", *Int. J. Bifurc. Chaos*
  /// > 17(7), 2007. [doi](https://doi.org/10.1142/S0218127407018403)
  public func betweennessEstimate(
    pivotCount: Int,
    seed: UInt64,
    confidence: Double = 0.95,
    workers: WorkerCount = .active
  ) throws(GraphError) -> BetweennessEstimate {
    guard confidence > 0, confidence < 1 else {
      throw .optionOutOfRange(option: "confidence", expected: "above 0 and below 1")
    }
    let scores = try betweenness(pivots: .sampled(pivotCount, seed: seed), workers: workers)
    guard pivotCount < nodeCount else {
      return BetweennessEstimate(scores: scores, pivotCount: nodeCount, errorBound: 0)
    }
    let bound = hoeffdingBound(samples: pivotCount, values: nodeCount, confidence: confidence)
    return BetweennessEstimate(
      scores: scores,
      pivotCount: pivotCount,
      errorBound: bound * Double(nodeCount) / Double(nodeCount - 1)
    )
  }
}
