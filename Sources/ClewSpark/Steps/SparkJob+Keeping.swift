#if Spark
internal import ArrowFormat

/// How the rows of a step become its view, and are known again.
extension SparkJob {
  /// The step of that name and key as an earlier run left it, or nil where it is to be worked out.
  func take(
    _ name: String,
    key: String,
    _ layout: StepLayout = .plain
  ) async throws -> SparkStepOutcome? {
    guard resumes, let manifest = try await manifest(of: name, key: key) else { return nil }
    do {
      if let clause = layout.clause {
        try await session.command(
          "CREATE TABLE IF NOT EXISTS \(table(of: manifest.folder)) "
            + "(\(manifest.content.columns.joined(separator: ", "))) USING parquet \(clause) "
            + "LOCATION '\(place.path)/\(manifest.folder)'"
        )
      }
      guard try await open(name, in: manifest.folder, layout) == manifest.content else {
        news(.discarded(step: name))
        return nil
      }
    } catch SparkError.failed {
      // Gone, cut off or damaged: Spark cannot read it.
      news(.discarded(step: name))
      return nil
    }
    return note(name, key, manifest.content, isTaken: true)
  }

  /// Makes rows that were written the step of that name, which has to have `expected` rows where that is
  /// known.
  func keep(
    _ name: String,
    key: String,
    folder: String,
    _ layout: StepLayout = .plain,
    expected: Int64? = nil
  ) async throws -> SparkStepOutcome {
    let content = try await open(name, in: folder, layout)
    if let expected, content.rows != expected {
      throw SparkError.job(reason: "\(expected) rows went into \(name), \(content.rows) lie there")
    }
    let manifest = StepManifest(name: name, key: key, folder: folder, content: content)
    try await write(try manifest.text(), to: name + ".manifest")
    return note(name, key, content, isTaken: false)
  }

  /// Makes the rows in a folder the view of that name, and counts and adds them up.
  func open(
    _ name: String,
    in folder: String,
    _ layout: StepLayout
  ) async throws -> StepManifest.Content {
    let rows =
      layout.clause == nil
      ? "USING parquet OPTIONS (path '\(place.path)/\(folder)', recursiveFileLookup 'true')"
      : "AS SELECT * FROM \(table(of: folder))"
    try await session.command("CREATE OR REPLACE TEMPORARY VIEW \(name) \(rows)")
    let columns = try await columns(of: name)
    let hashed = columns.map { "`\($0.name)` IS NULL, `\($0.name)`" }.joined(separator: ", ")
    let sum = layout.summed.map { "CAST(coalesce(sum(`\($0)`), 0) AS BIGINT)" } ?? "0L"
    // A 64-bit number in a sum of 38 digits: more rows than can be counted would have to come to exceed it.
    let table = try await session.table(
      "SELECT count(*) AS n, CAST(coalesce(sum(CAST(xxhash64(\(hashed)) AS DECIMAL(38, 0))), 0) "
        + "AS STRING) AS s, \(sum) AS t FROM \(name)"
    ) { [news] in news(.working(step: name, $0)) }
    guard case .int64(let counts)? = table.column("n")?.values, let rows = counts.first,
      case .text(let checksums)? = table.column("s")?.values, let checksum = checksums.first,
      case .int64(let sums)? = table.column("t")?.values, let total = sums.first,
      table.rowCount == 1
    else { throw SparkError.answer(reason: "a count that is none") }
    return StepManifest.Content(
      columns: columns.map { "\($0.name) \($0.type)" },
      rows: rows,
      checksum: checksum,
      sum: layout.summed == nil ? nil : total
    )
  }

  /// The columns of a view as Spark names their types, also of those that are never fetched.
  private func columns(of name: String) async throws -> [(name: String, type: String)] {
    let table = try await session.table("DESCRIBE QUERY SELECT * FROM \(name)")
    guard case .text(let names)? = table.column("col_name")?.values,
      case .text(let types)? = table.column("data_type")?.values
    else { throw SparkError.answer(reason: "columns that are none") }
    return Array(zip(names, types)).map { (name: $0.0, type: $0.1) }
  }
}
#endif
