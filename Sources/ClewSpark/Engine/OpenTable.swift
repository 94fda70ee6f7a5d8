#if Spark
internal import ArrowFormat
internal import ClewEvidence

/// A table that the cluster has looked at.
struct OpenTable: Sendable {
  let table: SparkTable
  let kind: CanonicalKind
  /// Its number among the sources of the case.
  let number: Int64
  /// Its columns, in the order in which they go to the workers.
  let columns: [ArrowField]
  let rows: Int64
  /// The bytes of its files.
  let bytes: Int64
  /// Changes when its files do.
  let state: String

  /// The view of its rows.
  var view: String { "table_\(number)" }
  /// The step of the records that they say.
  var step: String { "rows_\(number)" }

  /// What an import would list of it.
  var source: SourceSummary {
    SourceSummary(table: table.path, number: number, format: "canonical-\(kind.rawValue)")
  }
}

/// A table's view, and what was seen of it.
struct LookedTable: Sendable {
  let view: String
  let columns: [ArrowField]
  /// The bytes of its files.
  let bytes: Int64
  /// Changes when its files do.
  let state: String
}

extension SparkSession {
  /// Makes a view of a table, without a count of its rows.
  ///
  /// - Throws: ``SparkError/job(reason:)`` when it cannot be read.
  func look(at table: SparkTable, number: Int64) async throws -> LookedTable {
    let state = try await text(
      "SELECT concat(coalesce(sum(length), 0), ' ', sum(CAST(xxhash64(path, length, modificationTime) "
        + "AS DECIMAL(38, 0)))) FROM files_\(number)",
      after: "CREATE OR REPLACE TEMPORARY VIEW files_\(number) USING binaryFile "
        + "OPTIONS (path '\(table.path)', recursiveFileLookup 'true')",
      of: table
    )
    let view = "table_\(number)"
    let columns = try await reading(table) {
      try await command(
        "CREATE OR REPLACE TEMPORARY VIEW \(view) USING \(table.form.rawValue) "
          + "OPTIONS (path '\(table.path)', recursiveFileLookup 'true'\(table.form.options))"
      )
      return try await self.columns(of: "SELECT * FROM \(view)")
    }
    let bytes = state.split(separator: " ").first.flatMap { Int64($0) } ?? 0
    return LookedTable(view: view, columns: columns, bytes: bytes, state: state)
  }

  /// Looks at a table and makes a view of it.
  ///
  /// - Throws: ``SparkError/job(reason:)`` when it is none of the tables of records, or has a column of a type that
  ///   no text stands for.
  func open(_ table: SparkTable, number: Int64) async throws -> OpenTable {
    let looked = try await look(at: table, number: number)
    let columns = looked.columns
    let names = columns.map(\.name)
    guard let kind = CanonicalKind(columns: Set(names)) else {
      throw SparkError.job(
        reason: "\(table.path) is no table of messages, transfers, calls, contacts, members or "
          + "trades by its columns; what else there is goes into the case by an import"
      )
    }
    let known = Set((kind.columns + [.escaped]).map(\.name))
    let used = columns.filter { known.contains($0.name) }
    for column in used where SparkTable.text(of: column) == nil {
      throw SparkError.job(
        reason: "\(table.path): the column \"\(column.name)\" has to be a text, a whole number, a "
          + "decimal number or a time"
      )
    }
    let count = try await text(
      "SELECT CAST(count(*) AS STRING) FROM \(looked.view)",
      after: nil,
      of: table
    )
    guard let rows = Int64(count) else { throw SparkError.answer(reason: "a count that is none") }
    return OpenTable(
      table: table,
      kind: kind,
      number: number,
      columns: used,
      rows: rows,
      bytes: looked.bytes,
      state: looked.state
    )
  }

  private func text(_ query: String, after: String?, of table: SparkTable) async throws -> String {
    try await reading(table) {
      if let after { try await command(after) }
      guard case .text(let lines)? = try await self.table(query).columns.first?.values,
        let line = lines.first
      else { throw SparkError.answer(reason: "a text that is none") }
      return line
    }
  }

  private func reading<Result>(
    _ table: SparkTable,
    _ body: () async throws -> Result
  ) async throws -> Result {
    do { return try await body() } catch SparkError.failed(let errorClass, _, _) {
      throw SparkError.job(reason: "\(table.path) cannot be read on the cluster (\(errorClass))")
    }
  }
}
#endif
