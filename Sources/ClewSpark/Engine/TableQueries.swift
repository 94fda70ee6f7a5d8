#if Spark
internal import ArrowFormat
internal import ClewEvidence

/// The steps by which a cluster reads canonical tables, and makes one record of the rows with its number.
extension RecordQueries {
  /// The records that the rows of a table say, and the rows that say none with the reason.
  func rows(of table: OpenTable) -> SparkStep {
    let cells = table.columns.enumerated().map { place, column in
      let text = SparkTable.text(of: column) ?? "CAST(NULL AS STRING)"
      return "\(SparkTable.escaped(text)) AS c\(place)"
    }
    let names = table.columns.map(\.name).joined(separator: ",")
    return SparkStep(
      table.step,
      from: [],
      worker.transform(
        "rows \(table.kind.rawValue) \(table.number) \(names)",
        columns: table.columns.indices.map { "c\($0)" },
        as: "id STRING, rank STRING, sources STRING, body STRING, fault STRING",
        from: "SELECT /*+ REPARTITION(\(partitions)) */ \(cells.joined(separator: ", ")) "
          + "FROM \(table.view)"
      )
    )
  }

  /// All records, those of the case file and those of the tables, each once with all its sources.
  func records(with tables: [OpenTable]) -> SparkStep {
    SparkStep(
      "records",
      from: ["sent"] + tables.map(\.step),
      worker.transform(
        "unite",
        columns: ["id", "rank", "sources", "body"],
        as: "id STRING, sources STRING, body STRING",
        from: "SELECT id, rank, sources, body FROM (\(Self.sightings(in: tables))) "
          + "DISTRIBUTE BY id SORT BY id, rank"
      )
    )
  }

  private static func sightings(in tables: [OpenTable]) -> String {
    let columns = "id, rank, sources, body"
    return
      (["SELECT \(columns) FROM sent"]
      + tables.map { "SELECT \(columns) FROM \($0.step) WHERE fault IS NULL" })
      .joined(separator: " UNION ALL ")
  }

  /// How often records were seen before they were united, and after: the two have to be equal.
  static func unity(of tables: [OpenTable]) -> String {
    let count = "coalesce(sum(CAST(size(split(sources, ',')) AS BIGINT)), 0)"
    return "SELECT (SELECT \(count) FROM (\(sightings(in: tables)))) AS sent, "
      + "(SELECT \(count) FROM records) AS united"
  }

  /// The most frequent reasons for which rows of a table are refused.
  static func refusals(of table: OpenTable) -> String {
    "SELECT fault, count(*) AS n FROM \(table.step) WHERE fault IS NOT NULL "
      + "GROUP BY fault ORDER BY n DESC, fault"
  }
}
#endif
