import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import GraphCore

/// Which engine analyses a case, and how it uses a cluster.
struct EngineOptions: ParsableArguments {
  @OptionGroup var flags: EngineFlags
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
  @Flag(help: "Show how the cluster would work out each step, and stop.") var explain = false

  func validate() throws {
    if flags.isLocal, explain || !table.isEmpty {
      throw ValidationError(EngineFlags.needsCluster)
    }
  }

  /// Whether this machine does it alone.
  var isLocal: Bool { flags.isLocal }

  #if !Spark
  /// Says that there is no such engine.
  func onCluster(
    _ path: String,
    until: Timestamp?,
    workers: WorkerCount
  ) async throws -> ClusterFindings? { throw EngineFlags.isMissing }
  #endif
}

/// What a cluster found.
struct ClusterFindings: Sendable {
  let analysis: ChainAnalysis
  /// Whether rows of tables on the cluster were refused.
  let hasRefused: Bool
}
