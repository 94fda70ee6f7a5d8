#if Spark
internal import ArrowFormat
internal import ClewEvidence

/// A piece of work on the cluster in steps, each of which is kept on storage until the work is done.
///
/// A step's rows are written as Parquet into a new folder below ``JobPlace/path``, and then, as a file of one
/// line, its manifest: what the rows depend on, how many there are, and their checksum. All of that goes
/// through Spark, since the client may not see the storage. A later run of the same job takes a step whose
/// manifest has the right key and whose rows, counted and added up anew, are those of the manifest; any other
/// it works out again. So neither a step that was not finished nor a damaged file can change an answer.
///
/// The checksum is the sum of 64-bit hashes of the rows, each with marks of its nulls, which Spark's hash
/// passes over. A sum does not depend on the order of rows, and unlike the exclusive or it tells two equal
/// rows from none. It finds damage, not forgery: whoever may write to the storage is trusted.
///
/// What is read later are the files that were found, counted and added up: a file that goes is an error, one
/// that comes is not read.
///
/// ```swift
/// let job = SparkJob(session, at: place, versions: [clew, worker], resumes: false)
/// try await job.begin()
/// try await job.run(SparkStep("ends", from: ["records"], "SELECT DISTINCT a FROM records"))
/// let rows = try await session.table("SELECT a FROM ends ORDER BY a")
/// try await job.finish()
/// ```
public final class SparkJob {
  /// The session in which the steps are views.
  public let session: SparkSession
  /// Where the steps lie.
  public let place: JobPlace
  private let versions: [String]
  let resumes: Bool
  private let partitions: Int
  let news: @Sendable (SparkJobNews) -> Void
  /// What the steps that are whole depend on.
  private var keys: [String: String] = [:]
  /// Different for each run, so that none writes where another reads.
  private let nonce: String

  /// A job in a session.
  ///
  /// - Parameters:
  ///   - session: A session that nothing else uses.
  ///   - place: Where the steps lie.
  ///   - versions: Whatever else the rows depend on: the versions of the programs.
  ///   - partitions: Into how many parts Spark divides rows when it brings equal ones together.
  ///   - resumes: Whether what an earlier run left is used; otherwise it is removed.
  ///   - news: Is told how the work goes.
  public init(
    _ session: SparkSession,
    at place: JobPlace,
    versions: [String],
    partitions: Int = 2,
    resumes: Bool = false,
    news: @escaping @Sendable (SparkJobNews) -> Void = { _ in }
  ) {
    self.session = session
    self.place = place
    self.versions = versions
    self.partitions = partitions
    self.resumes = resumes
    self.news = news
    nonce = String(session.id.filter { $0 != "-" })
  }

  /// Settings on which it depends that no row is lost silently, and that equal rows have equal hashes.
  private static let settings = [
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    // The footer of a Parquet file has no checksum: rows are not left out because of what stands there.
    "spark.sql.parquet.filterPushdown": "false",
    "spark.sql.parquet.aggregatePushdown": "false",
    "spark.sql.parquet.mergeSchema": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.adaptive.coalescePartitions.enabled": "false",
  ]

  /// Makes the job's folder; without `resumes` what lies there is removed first.
  ///
  /// - Throws: ``SparkError``.
  public func begin() async throws {
    try await Self.prepare(session, partitions: partitions)
    if !resumes { try await finish() }
    try await makeDatabase()
    news(.begun(place))
    try await write(nonce, to: "owner")
  }

  /// Makes sure that no other run has worked in the job's folder since this one began: it could have removed
  /// rows while they were looked for.
  ///
  /// - Throws: ``SparkError/job(reason:)`` when one has.
  public func confirm() async throws {
    guard try await line(of: "owner") == nonce else {
      throw SparkError.job(reason: "another run works, or worked, in \(place.path)")
    }
  }

  /// Sets what a session needs for steps.
  static func prepare(_ session: SparkSession, partitions: Int) async throws {
    for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
      try await session.set(key, to: value)
    }
    try await session.set("spark.sql.shuffle.partitions", to: "\(partitions)")
  }

  /// Removes the job's folder with everything in it.
  ///
  /// - Throws: ``SparkError``.
  public func finish() async throws {
    // Spark removes the folder of a database with it, of one that it has just been told of, too.
    try await makeDatabase()
    try await session.command("DROP DATABASE \(place.database) CASCADE")
    keys = [:]
  }

  private func makeDatabase() async throws {
    try await session.command(
      "CREATE DATABASE IF NOT EXISTS \(place.database) LOCATION '\(place.path)'"
    )
  }

  /// Works a step out, or takes it as an earlier run left it; then its rows are a view of its name.
  ///
  /// - Returns: How many rows it has, and whether it was there.
  /// - Throws: ``SparkError`` or `CancellationError`.
  @discardableResult
  public func run(_ step: SparkStep) async throws -> SparkStepOutcome {
    let layout = StepLayout(column: step.column, parts: partitions, summed: step.summed)
    let key = try key(of: step.name, from: step.inputs, as: step.query + layout.text)
    if let taken = try await take(step.name, key: key, layout) { return taken }
    let folder = folder(of: step.name)
    let target =
      layout.clause.map { "CREATE TABLE \(table(of: folder)) USING parquet \($0) LOCATION" }
      ?? "INSERT OVERWRITE DIRECTORY"
    let link = layout.clause == nil ? "USING parquet" : "AS"
    try await session.command("\(target) '\(place.path)/\(folder)' \(link) \(step.query)") {
      [news] in news(.working(step: step.name, $0))
    }
    return try await keep(step.name, key: key, folder: folder, layout)
  }

  /// Remembers what a step depends on, and tells of it.
  func note(
    _ name: String,
    _ key: String,
    _ content: StepManifest.Content,
    isTaken: Bool
  ) -> SparkStepOutcome {
    keys[name] = key
    let outcome = SparkStepOutcome(
      name: name,
      rows: content.rows,
      checksum: content.checksum,
      sum: content.sum,
      isTaken: isTaken
    )
    news(.whole(outcome))
    return outcome
  }

  /// What the rows of a step depend on.
  func key(of name: String, from inputs: [String], as query: String) throws -> String {
    guard !name.isEmpty, name.utf8.allSatisfy(JobPlace.isWord), keys[name] == nil else {
      throw SparkError.job(reason: "a step without a name of its own")
    }
    var text = "clew step 1\n\(place.job)\n\(name)\n"
    for version in versions { text += "version \(FileHash.sha256(ofText: version))\n" }
    for input in inputs {
      guard let key = keys[input] else {
        throw SparkError.job(reason: "the step \(name) comes before \(input), which it reads")
      }
      text += "input \(input) \(key)\n"
    }
    return FileHash.sha256(ofText: text + "query " + query)
  }

  /// Where a run writes the rows of a step.
  func folder(of name: String) -> String { name + "-" + nonce }

  /// What Spark calls a folder whose rows lie apart by a column.
  func table(of folder: String) -> String {
    "\(place.database).\(folder.replacing("-", with: "_"))"
  }
}
#endif
