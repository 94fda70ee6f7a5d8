import ArgumentParser

#if Spark
internal import ClewSpark
internal import Foundation
#endif

/// The verb `clew cluster`.
struct Cluster: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Starts, stops or shows a Spark cluster on this machine.",
    discussion: """
      For trying and for tests: it listens on 127.0.0.1 only and asks for a token that only its owner
      can read. Spark is fetched into the user's cache folder at the first start; Java 17 must be there.

      EXAMPLES
        clew cluster start
        clew cluster start --workers 2 --memory 4096
      """,
    subcommands: [Start.self, Stop.self, Status.self]
  )

  /// Where a cluster keeps its settings, logs and working files.
  struct Place: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "The cluster's folder; ~/.local/state/clew/cluster if none is named.",
        valueName: "folder"
      )
    )
    var folder: String?
  }
}

#if Spark
extension Cluster {
  /// The verb `clew cluster start`.
  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Starts a cluster and waits until it works.",
      discussion: """
        Prints the endpoint. The token stands in the cluster's folder, in cluster.json.

        EXAMPLES
          clew cluster start
          clew cluster start --workers 2 --port 15002
        """
    )

    @OptionGroup var place: Place
    @Option(
      help: ArgumentHelp(
        "A master and so many workers, each a process of its own; without it two in one process.",
        valueName: "n"
      )
    )
    var workers: Int?
    @Option(help: ArgumentHelp("Memory of each worker.", valueName: "MiB")) var memory = 1536
    @Option(
      help: ArgumentHelp("The server's port; a free one if none is named.", valueName: "port")
    )
    var port: Int?
    @Option(
      name: .customLong("conf"),
      help: ArgumentHelp("A further setting of Spark.", valueName: "spark.key=value")
    )
    var settings: [String] = []

    func run() async throws {
      var options = ClusterOptions(folder: place.path)
      (options.workers, options.memory, options.port) = (workers, memory, port)
      for setting in settings {
        guard let sign = setting.firstIndex(of: "=") else {
          throw ValidationError("--conf takes spark.KEY=VALUE")
        }
        options.settings[String(setting[..<sign])] = String(
          setting[setting.index(after: sign)...]
        )
      }
      let settled = options
      let status = try await Cluster.speaking {
        try await SparkCluster.start(
          settled,
          environment: ProcessInfo.processInfo.environment,
          progress: { Terminal.say("clew: \($0)") },
          isStopped: { Interruption.hasCome }
        )
      }
      Terminal.write(Cluster.text(status))
    }
  }

  /// The verb `clew cluster stop`.
  struct Stop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends the cluster and removes what it made.",
      discussion: """
        The installation in the cache folder stays.

        EXAMPLES
          clew cluster stop
          clew cluster stop --folder /tmp/cluster
        """
    )

    @OptionGroup var place: Place

    func run() async throws {
      let cluster = SparkCluster(folder: place.path)
      let count = try await Cluster.speaking {
        try await cluster.stop { Terminal.progress("clew: \($0)") }
      }
      Terminal.say("clew: stopped; \(count) processes ended")
    }
  }

  /// The verb `clew cluster status`.
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what runs, where it listens, and whether it answers.",
      discussion: """
        Ends with 66 when nothing runs, and with 74 when a part of it has ended or does not answer.

        EXAMPLES
          clew cluster status
          clew cluster status --folder /tmp/cluster
        """
    )

    @OptionGroup var place: Place

    func run() async throws {
      let cluster = SparkCluster(folder: place.path)
      let status = try await Cluster.speaking { try await cluster.status() }
      Terminal.write(Cluster.text(status))
      if !status.isWhole { throw ExitStatus.inputOutput }
    }
  }

  /// Says an error of the cluster in one line, with its exit code.
  private static func speaking<Result>(
    _ work: () async throws -> Result
  ) async throws -> Result {
    do { return try await work() } catch let error as ClusterError {
      switch error {
      case .interrupted:
        Terminal.say("clew: \(error)")
        Foundation.exit(Interruption.exitCode)
      case .option, .portTaken, .foreign:
        throw Complaint(status: .usage, message: "\(error)")
      case .notRunning: throw Complaint(status: .noInput, message: "\(error)")
      case .running, .busy: throw Complaint(status: .locked, message: "\(error)")
      default: throw Complaint(status: .inputOutput, message: "\(error)")
      }
    } catch let error as SparkError {
      throw Complaint(status: .inputOutput, message: "\(error)")
    }
  }

  /// A cluster as lines for people.
  private static func text(_ status: SparkCluster.Status) -> String {
    var lines = ["endpoint  spark://\(status.endpoint)"]
    lines.append("token     in \(status.record)")
    lines.append("workers   \(status.workers)")
    lines.append("Spark     \(status.version ?? "does not answer")")
    for part in status.parts {
      lines.append("\(part.role)  \(part.pid)  \(part.isRunning ? "runs" : "has ended")")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Cluster.Place {
  /// The folder, or the one that is used when none is named.
  var path: String { folder ?? ClusterOptions.folder(ProcessInfo.processInfo.environment) }
}
#else
extension Cluster {
  /// What a build without Spark says whatever is asked of a cluster.
  private static let absence = Complaint(
    status: .usage,
    message: "this build is without Spark; `swift build --traits Spark` makes one with it"
  )

  /// The verb `clew cluster start`.
  struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Not in this build.")
    @Argument(parsing: .allUnrecognized) var rest: [String] = []
    func run() throws { throw Cluster.absence }
  }

  /// The verb `clew cluster stop`.
  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Not in this build.")
    @Argument(parsing: .allUnrecognized) var rest: [String] = []
    func run() throws { throw Cluster.absence }
  }

  /// The verb `clew cluster status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Not in this build.")
    @Argument(parsing: .allUnrecognized) var rest: [String] = []
    func run() throws { throw Cluster.absence }
  }
}
#endif
