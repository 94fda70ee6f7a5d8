#if Spark
public import ClewChain
public import ClewEvidence
internal import Foundation
public import GraphCore

/// The engine for cases that outgrow one machine: a cluster finds the records that can matter, and the code of
/// the local engine concludes from them.
///
/// Every record is marked by Clew's own recognisers, which run on the workers; SQL picks those that can matter
/// and counts the others. So the findings are those of the local engine, byte for byte, with any number of
/// partitions.
///
/// ```swift
/// var engine = SparkEngine(endpoint, worker: try SparkWorker(path: "/opt/clew/clew-worker"), folder: "hdfs:///clew")
/// engine.resumes = true
/// let findings = try await engine.analyze(file)
/// ```
///
/// When it fails or is cancelled, the steps that are whole stay in the folder; a later run that
/// ``resumes`` goes on with them.
///
/// - Complexity: The client holds what matters in memory, and all accounts.
public struct SparkEngine: ChainEngine {
  /// The server, with its token.
  public let endpoint: SparkEndpoint
  /// The program on the workers.
  public let worker: SparkWorker
  /// Where the steps are kept: a path or URL that the server and all workers see.
  public let folder: String
  /// Canonical tables on the cluster's storage that belong to the case as if they were imported.
  public var tables: [SparkTable] = []
  /// How many of this machine's cores conclude.
  public var workers = WorkerCount.active
  /// Into how many parts the rows are divided; nil takes a number that fits the case.
  public var partitions: Int?
  /// Whether steps that an earlier run left are used; otherwise they are removed.
  public var resumes = false
  /// What else the steps depend on: the version of Clew.
  public var version = ""
  /// Times and limits.
  public var policy = SparkPolicy()
  /// Is told how the work goes.
  public var news: @Sendable (SparkJobNews) -> Void = { _ in }

  /// An engine on a cluster.
  public init(_ endpoint: SparkEndpoint, worker: SparkWorker, folder: String) {
    self.endpoint = endpoint
    self.worker = worker
    self.folder = folder
  }

  /// Analyses a case.
  ///
  /// - Throws: ``SparkError``, `EvidenceError`, or `CancellationError`, after the jobs on the cluster were
  ///   interrupted.
  public func analyze(_ file: CaseFile, until: Timestamp? = nil) async throws -> ChainAnalysis {
    let place = try place(of: file, until: until)
    let count = try file.recordCount()
    let local = LocalEngine(workers: workers)
    let view = try await SparkSession.with(endpoint, policy: policy) { session in
      let opened = try await open(in: session, after: file)
      let partitions = try parts(of: file, with: opened)
      let digest = try await worker.digest(in: session, tasks: max(8, min(partitions, 256)))
      let job = SparkJob(
        session,
        at: place,
        versions: [version, local.projection.lexicon.version, digest] + opened.map(\.state),
        partitions: partitions,
        resumes: resumes,
        news: news
      )
      try await job.begin()
      let store = SparkRecordStore(job, queries(until: until, partitions: partitions))
      try await store.fill(from: file.path, count: count, with: opened)
      let view = try await CaseCondenser(projection: local.projection).view(
        of: store,
        original: file,
        tables: opened.map(\.source),
        until: until
      )
      try await store.confirm()
      return view
    }
    let findings = try local.analyze(view)
    // Concluding can take longer than a server waits for a session to speak.
    try await SparkSession.with(endpoint, policy: policy) { session in
      try await SparkJob(session, at: place, versions: []).finish()
    }
    return findings
  }

  /// Looks at the tables, which are sources behind those of the case.
  private func open(in session: SparkSession, after file: CaseFile) async throws -> [OpenTable] {
    guard !tables.isEmpty else { return [] }
    // Before the job is there: what a table is does not depend on it.
    try await SparkJob.prepare(session, partitions: partitions ?? 2)
    let known = try file.sources().map(\.number).max() ?? 0
    var opened: [OpenTable] = []
    for (place, table) in tables.enumerated() {
      opened.append(try await session.open(table, number: known + Int64(place) + 1))
    }
    return opened
  }

  /// Where the steps of a case are kept.
  ///
  /// - Throws: ``SparkError`` for a folder that cannot be, `EvidenceError` for a case that cannot be read.
  public func place(of file: CaseFile, until: Timestamp? = nil) throws -> JobPlace {
    try JobPlace(folder: folder, job: String(digest(of: file, until: until).prefix(32)))
  }

  /// What a case is: its sources, its decisions, and to which moment it is looked at.
  private func digest(of file: CaseFile, until: Timestamp?) throws -> String {
    var digest = FieldDigest()
    digest.add("clew job 1")
    digest.add(version)
    digest.add(until?.milliseconds)
    digest.add(Int64(try file.recordCount()))
    for source in try file.sources() {
      digest.add(source.number)
      digest.add(source.sha256)
      digest.add(source.format)
      digest.add(Int64(source.importerVersion))
    }
    for table in tables { digest.add(table.path) }
    for decision in try file.holdingDecisions() {
      digest.add(decision.number)
      digest.add(decision.kind.rawValue)
      digest.add(decision.first?.description)
      digest.add(decision.second?.description)
    }
    return digest.hex
  }

  /// One part for every 8 MiB of the case file, which is several times as much as text, and for every 32 MiB of
  /// tables.
  private func parts(of file: CaseFile, with tables: [OpenTable]) throws -> Int {
    if let partitions {
      guard (1...100_000).contains(partitions) else {
        throw SparkError.job(reason: "from 1 to 100000 partitions")
      }
      return partitions
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    let further = tables.reduce(0) { $0 + Int(clamping: $1.bytes >> 25) }
    return max(2, min(100_000, bytes >> 23 + further))
  }

  private func queries(until: Timestamp?, partitions: Int) -> RecordQueries {
    RecordQueries(
      worker: worker,
      partitions: partitions,
      until: until
    )
  }
}
#endif
