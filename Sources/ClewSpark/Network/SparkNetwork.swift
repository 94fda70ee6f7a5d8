#if Spark
internal import ArrowFormat
internal import ClewEvidence

/// A network whose edges lie in a table on the cluster's storage, for those that outgrow one machine.
///
/// Components are found by Clew's own code on the workers: each part of the edges is reduced where it lies, by
/// `clew-worker components`, and what is left, one edge for each node of each part, once more on one worker, or by
/// rounds over all where one cannot hold the nodes.
/// PageRank is that of `FixedPointPageRank`, in SQL: whole numbers alone, so that both answers are those of the
/// local graph, with any number of partitions.
///
/// ```swift
/// let network = SparkNetwork(endpoint, worker: worker, folder: "hdfs:///clew", table: table)
/// let scores = try await network.pageRank(FixedPointPageRank(maximumRounds: 20))
/// ```
///
/// - Complexity: The merge of the components holds ``mergedNodes`` at most in the memory of one worker, about 100
///   bytes each; the client holds all nodes by name.
public struct SparkNetwork: Sendable {
  /// The server, with its token.
  public let endpoint: SparkEndpoint
  /// The program on the workers.
  public let worker: SparkWorker
  /// Where the steps are kept: a path or URL that the server and all workers see.
  public let folder: String
  /// The table of the edges.
  public let table: SparkTable
  /// Whether a column of weights is read; otherwise each row weighs 1.
  public var readsWeights = true
  /// Into how many parts the rows are divided; nil takes a number that fits the table.
  public var partitions: Int?
  /// How many nodes one worker may hold to merge components; more are merged by rounds over all.
  public var mergedNodes: Int64 = 20_000_000
  /// Whether steps that an earlier run left are used; otherwise they are removed.
  public var resumes = false
  /// What else the steps depend on: the version of Clew.
  public var version = ""
  /// Times and limits.
  public var policy = SparkPolicy()
  /// Is told how the work goes.
  public var news: @Sendable (SparkJobNews) -> Void = { _ in }

  /// The nodes' names, in the order of `EdgeListReader`, and a number for each.
  public struct Answer: Equatable, Sendable {
    /// By number where the table's columns are whole numbers, by the bytes of UTF-8 otherwise.
    public let names: [String]
    /// A score or the number of a component.
    public let values: [Int64]
  }

  /// A network in a table.
  public init(
    _ endpoint: SparkEndpoint,
    worker: SparkWorker,
    folder: String,
    table: SparkTable
  ) {
    self.endpoint = endpoint
    self.worker = worker
    self.folder = folder
    self.table = table
  }

  /// Makes the steps of a measure, and reads the answer.
  func answer(
    _ measure: String,
    _ work: (SparkJob, NetworkQueries, _ names: Int64?) async throws -> String,
    reading read: ([String], [Int64]) -> Answer
  ) async throws -> Answer {
    try await SparkSession.with(endpoint, policy: policy) { session in
      try await SparkJob.prepare(session, partitions: partitions ?? 2)
      let looked = try await session.look(at: table, number: 1)
      let columns = try EdgeColumns(looked.columns, of: table.path)
      let rows = columns.rows(of: looked.view, readsWeights: readsWeights)
      let parts = partitions ?? max(2, min(100_000, Int(clamping: looked.bytes >> 25)))
      let digest = try await worker.digest(in: session, tasks: max(8, min(parts, 256)))
      let job = SparkJob(
        session,
        at: try place(measure),
        versions: [version, digest, looked.state],
        partitions: parts,
        resumes: resumes,
        news: news
      )
      try await job.begin()
      let (queries, names) = try await named(rows, columns.areNumbers, in: job)
      let query = try await work(job, queries, names)
      let answer = try await Self.sorted(session.table(query), columns.areNumbers, read)
      try await job.confirm()
      try await job.finish()
      return answer
    }
  }

  /// Numbers the names, where the ends are no numbers; then it says how many there are.
  private func named(
    _ rows: String,
    _ areNumbers: Bool,
    in job: SparkJob
  ) async throws -> (NetworkQueries, names: Int64?) {
    for seed in areNumbers ? [nil] : [1, 2, 3, 4] {
      let queries = NetworkQueries(worker: worker, seed: seed, rows: rows)
      if seed ?? 1 == 1 {
        let refused = try await job.session.number(queries.refused)
        if refused > 0 {
          let reason = "an end or a weight of 1 or more is missing"
          news(.refused(table: table.path, rows: refused, reason: reason))
        }
      }
      if seed == nil { return (queries, nil) }
      let names = try await job.run(queries.names)
      if try await job.session.number(queries.numbers) == names.rows {
        return (queries, names.rows)
      }
    }
    throw SparkError.job(reason: "names whose hashes are equal, with four seeds")
  }

  private func place(_ measure: String) throws -> JobPlace {
    let text = "clew network 1\n\(measure)\n\(version)\n\(readsWeights)\n\(table.path)"
    return try JobPlace(folder: folder, job: String(FileHash.sha256(ofText: text).prefix(32)))
  }

  /// The rows of an answer in the order of their names.
  private static func sorted(
    _ table: ArrowTable,
    _ areNumbers: Bool,
    _ read: ([String], [Int64]) -> Answer
  ) throws -> Answer {
    guard case .text(let names)? = table.column("name")?.values,
      case .int64(let values)? = table.column("value")?.values,
      table.columns.allSatisfy({ $0.nulls.isEmpty })
    else { throw SparkError.answer(reason: "a node without a name or a value") }
    let order = try NodeNames.order(of: names, areNumbers: areNumbers)
    return read(order.map { names[$0] }, order.map { values[$0] })
  }
}
#endif
