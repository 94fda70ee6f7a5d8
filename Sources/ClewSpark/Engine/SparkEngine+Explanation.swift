#if Spark
internal import ArrowFormat
public import ClewEvidence
internal import ClewChain

extension SparkEngine {
  /// How Spark would work out each step, as it tells people; nothing of the case is sent.
  ///
  /// In place of the steps before it a step reads a million invented rows of the same columns, so that
  /// Spark's choices that depend on sizes can differ from those for the case.
  ///
  /// - Returns: A heading and a plan for each step, in order.
  /// - Throws: ``SparkError``.
  public func explanation(until: Timestamp? = nil) async throws -> String {
    let queries = RecordQueries(
      worker: worker,
      partitions: max(2, partitions ?? 2),
      until: until
    )
    let steps = [
      queries.marked, RecordQueries.notes, RecordQueries.kept, RecordQueries.linked(vague: 0),
      RecordQueries.paid, RecordQueries.paid(1), RecordQueries.payments(1), queries.sightings,
    ]
    return try await SparkSession.with(endpoint, policy: policy) { session in
      try await SparkJob.prepare(session, partitions: max(2, partitions ?? 2))
      var text = ""
      try await session.standIn(for: "records", RecordFeed.fields.map { ($0.name, "STRING") })
      try await session.standIn(for: "traders", [("account", "STRING")])
      for step in steps {
        text += "== Step \(step.name), from \(step.inputs.joined(separator: " and ")) ==\n"
        text += try await session.explanation(of: step.query)
        text += "\n"
        let columns = try await session.columns(of: step.query).map { column in
          (
            column.name,
            column.type == .boolean ? "BOOLEAN" : column.type == .int32 ? "INT" : "STRING"
          )
        }
        try await session.standIn(for: step.name, columns)
      }
      return text
    }
  }
}

extension SparkSession {
  /// Makes a view of a million rows with columns of those names and types.
  fileprivate func standIn(for name: String, _ columns: [(name: String, type: String)]) async throws
  {
    let values = columns.map { column in
      switch column.type {
      case "BOOLEAN": "id % 2 = 0 AS `\(column.name)`"
      case "INT": "CAST(id % 64 AS INT) AS `\(column.name)`"
      default: "CAST(id AS STRING) AS `\(column.name)`"
      }
    }
    try await command(
      "CREATE OR REPLACE TEMPORARY VIEW \(name) AS "
        + "SELECT \(values.joined(separator: ", ")) FROM range(1000000)"
    )
  }
}
#endif
