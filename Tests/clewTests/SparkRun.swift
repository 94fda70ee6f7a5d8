#if Spark
import Foundation
import Synchronization
import Testing

/// Runs of `clew analyze` on the cluster that `make test-spark` started, or on another one.
enum SparkRun {
  private static let environment = ProcessInfo.processInfo.environment
  /// The folder of the cluster.
  static let cluster = environment["CLEW_SPARK_CLUSTER"]
  /// Whether `clew` is one with optimisation, for cases that are too large without.
  static let isOptimized = environment["CLEW_SPARK_CLEW"] != nil
  /// The static program for the workers.
  static let worker = environment["CLEW_SPARK_WORKER"]

  static var isLive: Bool { cluster != nil && worker != nil }

  /// Whether this test may mount a disk where the cluster sees it: as root, without a view of its own, and where
  /// the system lets it.
  static let canMount: Bool = {
    guard getuid() == 0, let scratch = try? Scratch(), let cluster,
      let status = try? ClewProcess.run("cluster", "status", "--folder", cluster),
      let line = status.output.split(separator: "\n").first(where: { $0.hasPrefix("connect  ") }),
      let pid = line.split(separator: " ").dropFirst().first
    else { return false }
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/mnt")
    let other = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/mnt")
    let mounting = "mount -t tmpfs -o size=16k clew '\(scratch.path)' && umount '\(scratch.path)'"
    return own == other && (try? ClewProcess.script(mounting))?.status == 0
  }()

  /// What has to be known of a cluster.
  struct Access: Sendable {
    let port: Int
    let token: String

    /// That of a folder's cluster, from its record.
    init(_ folder: String) throws {
      let data = try Data(contentsOf: URL(filePath: folder + "/cluster.json"))
      let record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      port = try #require(record["port"] as? Int)
      token = try #require(record["token"] as? String)
    }
  }

  /// The arguments and the environment of an analysis on a cluster.
  static func call(
    _ file: String,
    steps: String,
    _ options: [String],
    on folder: String? = nil,
    token: String? = nil,
    worker other: String? = nil
  ) throws -> (arguments: [String], environment: [String: String]) {
    let access = try Access(try #require(folder ?? cluster))
    let program = try #require(other ?? worker)
    return (
      [
        "analyze", file, "--json", "--engine", "spark://127.0.0.1:\(access.port)",
        "--spark-folder", steps, "--worker", program,
      ] + options, ["CLEW_SPARK_TOKEN": token ?? access.token]
    )
  }

  /// An analysis on a cluster, to its end.
  static func analyze(
    _ file: String,
    steps: String,
    _ options: [String],
    on folder: String? = nil,
    token: String? = nil,
    worker: String? = nil
  ) throws -> Outcome {
    let call = try call(file, steps: steps, options, on: folder, token: token, worker: worker)
    return try ClewProcess.run(call.arguments, environment: call.environment)
  }

  /// The analysis of a case on this machine.
  static func local(_ file: String, _ options: [String] = []) throws -> String {
    let known = answers.withLock { $0[[file] + options] }
    if let known { return known }
    let outcome = try ClewProcess.run(["analyze", file, "--json"] + options)
    try #require(outcome.status == 0)
    answers.withLock { $0[[file] + options] = outcome.output }
    return outcome.output
  }
  private static let answers = Mutex<[[String]: String]>([:])

  /// A published case, imported once, and a folder for what a test leaves.
  static func dataset(_ name: String) throws -> (scratch: Scratch, file: String) {
    // Tests of other suites wait until it is imported.
    let kept = try cases.withLock { cases in
      if let known = cases[name] { return known }
      let scratch = try Scratch()
      let datasets = URL(filePath: ClewProcess.exports).deletingLastPathComponent()
        .deletingLastPathComponent().path
      let outcome = try ClewProcess.run(
        "import",
        scratch.path + "/case.clew",
        "\(datasets)/\(name)/exports"
      )
      try #require(outcome.status == 0 || outcome.status == 2)
      cases[name] = scratch
      return scratch
    }
    return (try Scratch(), kept.path + "/case.clew")
  }
  private static let cases = Mutex<[String: Scratch]>([:])

  /// What lies in a folder; nothing where there is none.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// What lies in the folder of the only job below a folder.
  static func steps(below folder: String) -> [String] {
    guard let job = names(in: folder).first else { return [] }
    return names(in: folder + "/" + job)
  }

  /// Waits until a step is whole.
  static func wait(for step: String, below folder: String, _ running: ClewProcess.Running) throws {
    for _ in 0..<15_000 {
      // Spark makes the folder first, and this file last.
      let job = names(in: folder).first ?? "none"
      let last = "\(folder)/\(job)/\(step).manifest/_SUCCESS"
      if FileManager.default.fileExists(atPath: last) { return }
      guard running.process.isRunning else { break }
      usleep(20_000)
    }
    let outcome = try running.wait()
    Issue.record("\(step) never came: \(outcome.status) \(outcome.errors)")
  }
}
#endif
