import ArgumentParser

/// Which engine works, and how a cluster is reached.
struct EngineFlags: ParsableArguments {
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

  func validate() throws {
    guard !isLocal else {
      let isForClusters =
        sparkFolder != nil || worker != nil || tokenFile != nil || tlsRoots != nil
        || partitions != nil || resume
      if isForClusters { throw ValidationError(Self.needsCluster) }
      return
    }
    guard engine.hasPrefix("spark://") || engine.hasPrefix("sc://") else {
      throw ValidationError("--engine takes local or spark://HOST:PORT")
    }
    if let partitions, !(1...100_000).contains(partitions) {
      throw ValidationError("--partitions takes a number from 1 to 100000")
    }
  }

  static let needsCluster = "options of a cluster need --engine spark://…"

  /// Whether this machine does it alone.
  var isLocal: Bool { engine == "local" }

  #if !Spark
  /// What is said of a cluster by a build that cannot reach one.
  static var isMissing: Complaint {
    Complaint(
      status: .usage,
      message: "this build is without Spark; `swift build --traits Spark` makes one with it"
    )
  }
  #endif
}
