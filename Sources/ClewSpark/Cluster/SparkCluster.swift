#if Spark
internal import Foundation
internal import Glibc

/// A Spark cluster on this machine, for trying and for tests: it listens on 127.0.0.1 only and asks for a
/// token that only its owner can read.
public struct SparkCluster: Sendable {
  /// What is known of a cluster.
  public struct Status: Equatable, Sendable {
    /// A process and whether it runs.
    public struct Part: Equatable, Sendable {
      /// `connect`, `master`, `worker 1`.
      public let role: String
      /// Its number.
      public let pid: Int32
      /// Whether it runs.
      public let isRunning: Bool
    }
    /// The processes that were started.
    public let parts: [Part]
    /// How many workers there are to be.
    public let workers: Int
    /// Where it listens.
    public let endpoint: SparkEndpoint
    /// Spark's version when it answered, else why it did not.
    public let version: String?
    /// The file with port and token.
    public let record: String

    /// Whether all processes run and the server answers.
    public var isWhole: Bool { version != nil && parts.allSatisfy(\.isRunning) }
  }

  let folder: ClusterFolder

  /// The cluster of a folder, whether it runs or not.
  public init(folder: String) {
    let url = URL(filePath: folder)
    self.folder = ClusterFolder(path: url.standardizedFileURL.path)
  }

  /// The folder for the steps of jobs, where nobody but the cluster's owner may look; it goes when the cluster
  /// is stopped.
  public var steps: String { folder.work + "/steps" }

  /// Where the cluster listens, with its token.
  ///
  /// - Throws: ``ClusterError/notRunning(folder:)``.
  public func endpoint() throws -> SparkEndpoint {
    guard let record = try ClusterRecord.read(folder),
      record.processes.allSatisfy(\.isRunning), !record.processes.isEmpty
    else { throw ClusterError.notRunning(folder: folder.path) }
    return try record.endpoint()
  }

  /// What runs, and whether it answers.
  ///
  /// - Throws: ``ClusterError/notRunning(folder:)`` when nothing of it runs.
  public func status() async throws -> Status {
    guard let record = try ClusterRecord.read(folder), record.processes.contains(where: \.isRunning)
    else { throw ClusterError.notRunning(folder: folder.path) }
    let endpoint = try record.endpoint()
    var policy = SparkPolicy()
    policy.retries = 0
    policy.connectTimeout = .seconds(10)
    policy.callTimeout = .seconds(10)
    let version = try? await SparkSession.with(endpoint, policy: policy) { session in
      try await session.version()
    }
    return Status(
      parts: record.processes.map {
        Status.Part(role: $0.role, pid: $0.pid, isRunning: $0.isRunning)
      },
      workers: record.workers,
      endpoint: endpoint,
      version: version,
      record: folder.record
    )
  }

  /// Ends all processes of the cluster and removes what it made; its installation stays.
  ///
  /// - Parameter progress: Is told what is done.
  /// - Returns: How many processes were ended.
  /// - Throws: ``ClusterError``; ``ClusterError/notRunning(folder:)`` when there was nothing to do.
  @discardableResult
  public func stop(progress: (String) -> Void = { _ in }) async throws -> Int {
    guard FileManager.default.fileExists(atPath: folder.record) else {
      throw ClusterError.notRunning(folder: folder.path)
    }
    return try await folder.locked {
      guard let record = try ClusterRecord.read(folder) else {
        throw ClusterError.notRunning(folder: folder.path)
      }
      let running = record.processes.count(where: \.isRunning)
      progress("stopping \(running) processes")
      try await Self.end(record.processes)
      folder.clear()
      return running
    }
  }

  /// Ends processes and all of their sessions, the last first: asks, waits, then forces.
  static func end(_ processes: [ProcessMark]) async throws(ClusterError) {
    var left: [Int32] = []
    for process in processes.reversed() {
      if process.isRunning { kill(process.pid, SIGTERM) }
      // The server tells its executors to end, which takes some seconds; they go soon after it.
      _ = await waited(tenths: 200) { !process.isRunning }
      if await !waited(tenths: 30, until: { process.family.isEmpty }) {
        for pid in process.family { kill(pid, SIGKILL) }
        if await !waited(tenths: 50, until: { process.family.isEmpty }) { left += process.family }
      }
      _ = Daemon.hasEnded(process.pid)
    }
    guard left.isEmpty else { throw .unending(processes: left) }
  }

  /// Waits for so many tenths of a second; a cancelled task waits, too.
  private static func waited(tenths: Int, until isDone: () -> Bool) async -> Bool {
    for _ in 0..<tenths {
      if isDone() { return true }
      usleep(100_000)
    }
    return isDone()
  }
}
#endif
