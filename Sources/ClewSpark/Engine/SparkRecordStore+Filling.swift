#if Spark
internal import ArrowFormat
internal import ClewEvidence

/// How the records come to the cluster.
extension SparkRecordStore {
  /// Sends the records of a case, reads the tables that go with it, and marks all records.
  ///
  /// - Parameters:
  ///   - path: The case.
  ///   - count: How many records it holds.
  ///   - tables: Tables that lie on the cluster.
  /// - Returns: How many rows of the tables were refused.
  /// - Throws: ``SparkError``, ``SparkError/job(reason:)`` when a record or a row did not come back as it was
  ///   sent; what reading the case throws.
  @discardableResult
  func fill(from path: String, count: Int, with tables: [OpenTable] = []) async throws -> Int64 {
    let isAlone = tables.isEmpty
    let loaded = try await RecordFeed(path: path, isRanked: !isAlone).with { next in
      try await job.load(isAlone ? "records" : "sent", source: "case", next)
    }
    guard loaded.rows == Int64(count) else {
      throw SparkError.job(reason: "the case holds \(count) records, \(loaded.rows) were sent")
    }
    var refused: Int64 = 0
    for table in tables { refused += try await read(table) }
    if !isAlone { try await unite(tables) }
    try await mark()
    return refused
  }

  /// Marks all records.
  private func mark() async throws {
    let marked = try await job.run(queries.marked)
    let table = try await session.table(RecordQueries.completeness)
    guard case .text(let sent)? = table.column("sent")?.values,
      case .text(let back)? = table.column("back")?.values,
      case .int64(let bare)? = table.column("bare")?.values,
      case .int64(let all)? = try await session.table("SELECT count(*) AS n FROM records")
        .column("n")?.values
    else { throw SparkError.answer(reason: "sums that are none") }
    guard all == [marked.rows], sent == back, bare == [0] else {
      throw SparkError.job(reason: "what the workers gave back are not the records that they got")
    }
  }

  /// Reads a table; says how many rows it refuses.
  private func read(_ table: OpenTable) async throws -> Int64 {
    let read = try await job.run(queries.rows(of: table))
    guard read.rows == table.rows else {
      throw SparkError.job(
        reason: "\(table.table.path) has \(table.rows) rows, \(read.rows) were read"
      )
    }
    let reasons = try await session.table(RecordQueries.refusals(of: table))
    guard case .text(let faults)? = reasons.column("fault")?.values,
      case .int64(let counts)? = reasons.column("n")?.values
    else { throw SparkError.answer(reason: "reasons that are none") }
    for (fault, count) in zip(faults, counts) {
      job.news(
        .refused(
          table: table.table.path,
          rows: count,
          reason: RecordLine.unescaped(fault.utf8) ?? fault
        )
      )
    }
    return counts.reduce(0, +)
  }

  private func unite(_ tables: [OpenTable]) async throws {
    try await job.run(queries.records(with: tables))
    let table = try await session.table(RecordQueries.unity(of: tables))
    guard case .int64(let sent)? = table.column("sent")?.values,
      case .int64(let united)? = table.column("united")?.values
    else { throw SparkError.answer(reason: "sums that are none") }
    guard sent == united else {
      throw SparkError.job(reason: "the records of the tables are not those of their rows")
    }
  }
}
#endif
