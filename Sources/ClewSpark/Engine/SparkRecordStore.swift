#if Spark
internal import ArrowFormat
internal import ClewChain
internal import ClewEvidence

/// The records of a case on a cluster, each step of whose answers is kept until the end.
actor SparkRecordStore: RecordStore {
  let job: SparkJob
  let queries: RecordQueries
  let session: SparkSession
  /// The steps that are whole, with their rows.
  var rows: [String: Int64] = [:]
  /// How often it was asked whose contacts are whose.
  private var asked = 0

  init(_ job: sending SparkJob, _ queries: RecordQueries) {
    self.job = job
    session = job.session
    self.queries = queries
  }

  /// Makes sure that the answers are those of this run's rows.
  func confirm() async throws { try await job.confirm() }

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
    try await work(RecordQueries.notes)
    let vague = try await session.number(RecordQueries.vague)
    let linked = vague == 0 ? 0 : try await work(RecordQueries.linked(vague: vague))
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
}
#endif
