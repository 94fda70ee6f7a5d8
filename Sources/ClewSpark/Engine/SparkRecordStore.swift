#if Spark
internal import ArrowFormat
internal import ClewChain
internal import ClewEvidence

/// The records of a case on a cluster, each step of whose answers is kept until the end.
actor SparkRecordStore: RecordStore {
  private let job: SparkJob
  private let queries: RecordQueries
  private let session: SparkSession
  /// The steps that are whole, with their rows.
  private var rows: [String: Int64] = [:]
  /// How often it was asked whose contacts are whose.
  private var asked = 0

  init(_ job: sending SparkJob, _ queries: RecordQueries) {
    self.job = job
    session = job.session
    self.queries = queries
  }

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

  /// Makes sure that the answers are those of this run's rows.
  func confirm() async throws { try await job.confirm() }

  // MARK: Questions

  func openPlatforms() async throws -> [String] {
    try await notes("platform").map { note in
      guard let platform = RecordLine.unescaped(note.0.utf8) else { throw Self.unreadable }
      return platform
    }
  }

  func accounts() async throws -> [Account] {
    try await notes("account").map { try Self.account($0.0) }
  }

  func goodsAccounts() async throws -> [Account] {
    try await notes("goods").map { try Self.account($0.0) }
  }

  func neighbours(of accounts: [Account]) async throws -> [(Account, Account)] {
    guard !accounts.isEmpty else { return [] }
    try await work(RecordQueries.notes)
    asked += 1
    let name = "asked_\(asked)"
    try await load(accounts, as: name)
    var pairs: [(Account, Account)] = []
    try await read(RecordQueries.contacts(of: name), columns: 2) { row in
      pairs.append((try Self.account(row[0]), try Self.account(row[1])))
    }
    return pairs
  }

  func circles() async throws -> [(group: Account, member: Account)] {
    try await notes("circle").map { (try Self.account($0.0), try Self.account($0.1)) }
  }

  func settled() async throws -> [SourcedRecord] {
    try await work(RecordQueries.kept)
    return try await records("SELECT id, sources, body FROM kept WHERE settled")
  }

  func messages() async throws -> [SourcedRecord] {
    try await work(RecordQueries.kept)
    return try await records("SELECT id, sources, body FROM kept WHERE NOT settled")
  }

  func transfers(of accounts: [Account]) async throws -> [SourcedRecord] {
    try await load(accounts, as: "traders")
    let linked = try await work(RecordQueries.linked)
    var (round, count) = (0, try await work(RecordQueries.paid))
    // Each round but the last finds a payment more.
    while linked > 0 {
      let found = try await work(RecordQueries.paid(round + 1))
      guard found > count else { break }
      (round, count) = (round + 1, found)
    }
    try await work(RecordQueries.payments(round))
    return try await records("SELECT id, sources, body FROM payments")
  }

  func sightings() async throws -> [Account: [RecordID]] {
    try await work(queries.sightings)
    var sightings: [Account: [RecordID]] = [:]
    try await read("SELECT account, ids FROM sightings", columns: 2) { row in
      let parts = row[1].utf8.split(separator: UInt8(ascii: ","))
      let ids = parts.compactMap { RecordID(hex: $0) }
      guard !ids.isEmpty, ids.count == parts.count,
        sightings.updateValue(ids, forKey: try Self.account(row[0])) == nil
      else { throw Self.unreadable }
    }
    return sightings
  }

  // MARK: Rows

  /// Sends accounts to the cluster.
  private func load(_ accounts: [Account], as name: String) async throws {
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
  private func work(_ step: SparkStep) async throws -> Int64 {
    if let rows = rows[step.name] { return rows }
    let outcome = try await job.run(step)
    rows[step.name] = outcome.rows
    return outcome.rows
  }

  private func notes(_ what: String) async throws -> [(String, String)] {
    try await work(RecordQueries.notes)
    var notes: [(String, String)] = []
    try await read("SELECT one, other FROM notes WHERE what = '\(what)'", columns: 2) { row in
      notes.append((row[0], row[1]))
    }
    return notes
  }

  private func records(_ query: String) async throws -> [SourcedRecord] {
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
  private func read(
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

  private static let unreadable = SparkError.answer(
    reason: "a row that does not read as it was sent"
  )

  private static func account(_ text: String) throws -> Account {
    guard let account = RecordMark.account(text.utf8) else { throw unreadable }
    return account
  }
}
#endif
