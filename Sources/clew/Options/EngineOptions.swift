import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import GraphCore

/// Which engine analyses a case, and how it uses a cluster.
struct EngineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "local, or a cluster as spark://HOST:PORT; see docs/cluster.md.",
      valueName: "engine"
    )
  )
  var engine = "local"
  @Option(
    help: ArgumentHelp(
      "Where the cluster keeps the steps: a path or URL that all its machines see.",
      valueName: "folder"
    )
  )
  var sparkFolder: String?
  @Option(
    help: ArgumentHelp(
      """
      A table of messages, transfers or calls on the cluster's storage (CSV, JSON lines, Parquet) that belongs \
      to the case; may be repeated.
      """,
      valueName: "path"
    )
  )
  var table: [String] = []
  @Option(help: ArgumentHelp("The path of clew-worker on every worker.", valueName: "path"))
  var worker: String?
  @Option(
    help: ArgumentHelp(
      "A file with the cluster's token; CLEW_SPARK_TOKEN holds it otherwise.",
      valueName: "file"
    )
  )
  var tokenFile: String?
  @Option(
    help: ArgumentHelp(
      "Certificates (PEM) that vouch for the cluster; the system's otherwise.",
      valueName: "file"
    )
  )
  var tlsRoots: String?
  @Option(
    help: ArgumentHelp("Into how many parts the cluster divides the rows.", valueName: "n")
  )
  var partitions: Int?
  @Flag(help: "Go on with the steps that an earlier run on the cluster left whole.")
  var resume = false
  @Flag(help: "Show how the cluster would work out each step, and stop.") var explain = false

  func validate() throws {
    guard !isLocal else {
      let isForClusters =
        sparkFolder != nil || !table.isEmpty || worker != nil || tokenFile != nil || tlsRoots != nil
        || partitions != nil || resume || explain
      if isForClusters { throw ValidationError("options of a cluster need --engine spark://…") }
      return
    }
    guard engine.hasPrefix("spark://") || engine.hasPrefix("sc://") else {
      throw ValidationError("--engine takes local or spark://HOST:PORT")
    }
    if let partitions, !(1...100_000).contains(partitions) {
      throw ValidationError("--partitions takes a number from 1 to 100000")
    }
  }

  /// Whether this machine does it alone.
  var isLocal: Bool { engine == "local" }

  #if !Spark
  /// Says that there is no such engine.
  func onCluster(
    _ path: String,
    until: Timestamp?,
    workers: WorkerCount
  ) async throws -> ClusterFindings? {
    throw Complaint(
      status: .usage,
      message: "this build is without Spark; `swift build --traits Spark` makes one with it"
    )
  }
  #endif
}

/// What a cluster found.
struct ClusterFindings: Sendable {
  let analysis: ChainAnalysis
  /// Whether rows of tables on the cluster were refused.
  let hasRefused: Bool
}
