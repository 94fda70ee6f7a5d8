#if Spark
internal import ArrowFormat
internal import ClewChain
internal import ClewEvidence

/// How rows go to the cluster and come back.
extension SparkRecordStore {
  /// Sends accounts to the cluster.
  func load(_ accounts: [Account], as name: String) async throws {
    let texts = Set(accounts.map { RecordMark.text($0) }).sorted()
    var parts: [ArrowTable] = []
    for start in stride(from: 0, to: max(1, texts.count), by: 100_000) {
      let part = Array(texts[min(start, texts.count)..<min(start + 100_000, texts.count)])
      let fields = [ArrowField("account", .text, isNullable: false)]
      parts.append(try ArrowTable(fields: fields, columns: [ArrowColumn(.text(part))]))
    }
    parts.reverse()
    try await job.load(name, source: texts.joined(separator: "\t")) { parts.popLast() }
  }

  /// Works a step out where that was not done, and says how many rows it has.
  @discardableResult
  func work(_ step: SparkStep) async throws -> Int64 {
    if let rows = rows[step.name] { return rows }
    let outcome = try await job.run(step)
    rows[step.name] = outcome.rows
    return outcome.rows
  }

  func notes(_ what: String) async throws -> [(String, String)] {
    try await work(RecordQueries.notes)
    var notes: [(String, String)] = []
    try await read("SELECT one, other FROM notes WHERE what = '\(what)'", columns: 2) { row in
      notes.append((row[0], row[1]))
    }
    return notes
  }

  func records(_ query: String) async throws -> [SourcedRecord] {
    var records: [SourcedRecord] = []
    try await read(query, columns: 3) { row in
      guard
        let record = SourcedRecord(id: row[0].utf8, sources: row[1].utf8, body: row[2].utf8)
      else { throw Self.unreadable }
      records.append(record)
    }
    return records
  }

  /// Hands out the rows of a query whose columns are texts, none of them null.
  func read(
    _ query: String,
    columns: Int,
    _ body: ([String]) throws -> Void
  ) async throws {
    let table = try await session.table(query)
    var texts: [[String]] = []
    for column in table.columns {
      guard case .text(let values) = column.values, column.nulls.isEmpty else {
        throw Self.unreadable
      }
      texts.append(values)
    }
    guard texts.count == columns else { throw Self.unreadable }
    for row in 0..<table.rowCount { try body(texts.map { $0[row] }) }
  }

  static let unreadable = SparkError.answer(
    reason: "a row that does not read as it was sent"
  )

  static func account(_ text: String) throws -> Account {
    guard let account = RecordMark.account(text.utf8) else { throw unreadable }
    return account
  }
}
#endif
