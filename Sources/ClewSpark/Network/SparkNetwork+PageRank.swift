#if Spark
public import GraphCore

extension SparkNetwork {
  /// The scores of a walker who starts anew anywhere, of `FixedPointPageRank.scale` parts in all.
  ///
  /// - Parameter rank: The damping, and how many rounds at most.
  /// - Returns: A score for each node.
  /// - Throws: ``SparkError`` or `CancellationError`.
  public func pageRank(_ rank: FixedPointPageRank) async throws -> Answer {
    guard (0..<1_000_000).contains(rank.dampingMillionths), rank.maximumRounds >= 1 else {
      throw SparkError.job(reason: "a damping below one, and one round or more")
    }
    return try await answer("pagerank") { job, queries, names in
      try await rounds(of: rank, in: job, queries, names)
    } reading: {
      Answer(names: $0, values: $1)
    }
  }

  /// Works the rounds out, and gives the query of the scores.
  private func rounds(
    of rank: FixedPointPageRank,
    in job: SparkJob,
    _ queries: NetworkQueries,
    _ names: Int64?
  ) async throws -> String {
    // Spark's fast table for sums by a whole number: with as many places as a part has nodes, not 2^16 of them, a
    // round takes a fifth less.
    try await job.session.set("spark.sql.codegen.aggregate.fastHashMap.capacityBit", to: "21")
    try await job.run(queries.edges)
    var nodes = names ?? 0
    if names == nil { nodes = try await job.run(NetworkQueries.nodes).rows }
    guard nodes > 0 else { return queries.scores(0, start: 0) }
    let heaviest = try await job.session.number(NetworkQueries.heaviest)
    // A score is at most 2^40.
    let isHeavy = heaviest >= 1 << 23
    var start = FixedPointPageRank.scale / nodes
    var before: SparkStepOutcome?
    for round in 1..<(rank.maximumRounds + 1) {
      let kept = try await job.run(
        NetworkQueries.kept(
          round,
          start: start,
          damping: rank.dampingMillionths,
          isHeavy: isHeavy
        )
      )
      guard let sum = kept.sum else { throw SparkError.answer(reason: "a round without a sum") }
      let next = (FixedPointPageRank.scale - sum) / nodes
      // The same rows by number and checksum: no score changes any more.
      if next == start, let before, before.rows == kept.rows, before.checksum == kept.checksum {
        return queries.scores(round, start: next)
      }
      (start, before) = (next, kept)
    }
    return queries.scores(rank.maximumRounds, start: start)
  }
}
#endif
