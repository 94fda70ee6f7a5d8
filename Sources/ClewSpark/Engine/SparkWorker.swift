#if Spark
internal import ArrowFormat
internal import ClewBuild

/// The program `clew-worker` as the workers of a cluster have it.
public struct SparkWorker: Equatable, Sendable {
  /// Its path on every worker.
  public let path: String

  /// The program at a path.
  ///
  /// - Throws: ``SparkError/job(reason:)`` when the path is not absolute or has characters other than
  ///   letters, digits and `/._-`, which a shell could read otherwise.
  public init(path: String) throws(SparkError) {
    guard path.hasPrefix("/"),
      path.utf8.allSatisfy({ JobPlace.isWord($0) || "/.-".utf8.contains($0) })
    else {
      throw .job(reason: "the worker's path has other characters than letters, digits and /._-")
    }
    self.path = path
  }

  /// The SHA-256 of the program, asked for in so many tasks.
  ///
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: ``SparkError``; ``SparkError/job(reason:)`` when a worker lacks the program, has another than
  ///   the next one, or has one that was built from other sources than this client: what it marks would not be
  ///   the answer.
  func digest(in session: SparkSession, tasks: Int) async throws -> String {
    let query = transform(
      // What comes in is read to its end, or Spark could not write it. A program that does not know the verb is
      // an old one.
      command: "cat > /dev/null; "
        // No braces: Spark would take them for a variable of its own.
        + "sum=$(sha256sum \(path)) && set -- $sum && echo \"$1 $(\(path) sources 2> /dev/null)\"",
      columns: ["id"],
      as: "line STRING",
      from: "SELECT id FROM range(0, \(tasks), 1, \(tasks))"
    )
    let table: ArrowTable
    do { table = try await session.table("SELECT DISTINCT line FROM (\(query))") } catch SparkError
      .failed
    {
      throw SparkError.job(reason: "\(path) cannot be read on every worker")
    }
    guard case .text(let lines)? = table.column("line")?.values, let line = lines.first else {
      throw SparkError.answer(reason: "a digest that is none")
    }
    guard lines.count == 1 else {
      throw SparkError.job(reason: "\(path) is not the same program on every worker")
    }
    let words = line.split(separator: " ")
    guard let digest = words.first, digest.utf8.count == 64 else {
      throw SparkError.answer(reason: "a digest that is none")
    }
    guard words.dropFirst() == [Substring(BuildState.workerSources)] else {
      throw SparkError.job(
        reason: "\(path) and this program were not built from the same sources; build both anew"
      )
    }
    return String(digest)
  }

  /// The rows of a query through the program.
  ///
  /// - Parameters:
  ///   - arguments: Those of the program.
  ///   - columns: The columns that it reads, in order.
  ///   - output: The columns that it writes, with their types.
  ///   - query: The rows.
  /// - Returns: A query.
  func transform(
    _ arguments: String,
    columns: [String],
    as output: String,
    from query: String
  ) -> String {
    transform(command: "exec \(path) \(arguments)", columns: columns, as: output, from: query)
  }

  /// The delimiter has to be told on both sides.
  private func transform(
    command: String,
    columns: [String],
    as output: String,
    from query: String
  ) -> String {
    let format = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'"
    return "SELECT TRANSFORM(\(columns.joined(separator: ", "))) \(format) USING '\(command)' "
      + "AS (\(output)) \(format) FROM (\(query))"
  }
}
#endif
