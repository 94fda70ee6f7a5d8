#if Spark
extension SparkNetwork {
  /// The components, numbered by their first nodes.
  ///
  /// - Throws: ``SparkError`` or `CancellationError`.
  public func components() async throws -> Answer {
    try await answer("components") { job, queries, _ in
      let rows = try await job.run(queries.forests).rows
      if try await isMergeable(rows, in: job) {
        try await job.run(queries.components)
      } else {
        try await Self.merge(in: job)
      }
      return queries.componentNames
    } reading: { names, marks in
      var numbers: [Int64: Int64] = [:]
      return Answer(
        names: names,
        values: marks.map { mark in
          if let number = numbers[mark] { return number }
          numbers[mark] = Int64(numbers.count)
          return Int64(numbers.count - 1)
        }
      )
    }
  }

  /// Whether one worker may hold the nodes of the forests, which have one row for each node of a part.
  private func isMergeable(_ rows: Int64, in job: SparkJob) async throws -> Bool {
    if rows <= mergedNodes { return true }
    return try await job.session.number(StarQueries.nodes) <= mergedNodes
  }

  /// Merges the step `forests` into the step `components` by rounds over all workers.
  ///
  /// - Returns: How many rounds it took, the last of which changes nothing.
  @discardableResult
  static func merge(in job: SparkJob) async throws -> Int {
    var (round, before) = (0, try await job.run(StarQueries.first))
    while true {
      round += 1
      let stars = try await job.run(StarQueries.round(round))
      // The same rows by number and checksum: every node has found the least of its component.
      if stars.rows == before.rows, stars.checksum == before.checksum { break }
      before = stars
    }
    try await job.run(StarQueries.components(after: round))
    return round
  }
}
#endif
