#if Spark
public import ArrowFormat

extension SparkJob {
  /// Sends rows to the cluster as a step, or takes them as an earlier run left them.
  ///
  /// - Parameters:
  ///   - name: The step's name.
  ///   - source: What the rows depend on besides the job.
  ///   - parts: Gives the rows in tables with the same columns, each of which fits into a message; nil at the
  ///     end. A step of no rows is one table without any.
  /// - Returns: How many rows it has, and whether it was there.
  /// - Throws: ``SparkError``, `CancellationError`, and what `parts` throws.
  @discardableResult
  public func load(
    _ name: String,
    source: String,
    _ parts: () async throws -> ArrowTable?
  ) async throws -> SparkStepOutcome {
    let key = try key(of: name, from: [], as: source)
    if let taken = try await take(name, key: key) { return taken }
    let folder = folder(of: name)
    var (sent, number): (Int64, Int) = (0, 0)
    let view = "part_of_" + name
    while let part = try await parts() {
      try Task.checkCancellation()
      try await session.upload(part, as: view)
      try await session.command(
        "INSERT OVERWRITE DIRECTORY '\(place.path)/\(folder)/\(number)' USING parquet "
          + "SELECT /*+ COALESCE(1) */ * FROM \(view)"
      )
      number += 1
      sent += Int64(part.rowCount)
      news(.sent(step: name, rows: sent))
    }
    guard number > 0 else { throw SparkError.job(reason: "\(name) has no columns") }
    try await session.command("DROP VIEW \(view)")
    return try await keep(name, key: key, folder: folder, expected: sent)
  }
}
#endif
