#if Spark
internal import Foundation

extension SparkCluster {
  /// Starts a cluster and waits until it works.
  ///
  /// Spark is installed first when it is not there. Whatever goes wrong, and when the user interrupts it,
  /// nothing is left running.
  ///
  /// - Parameters:
  ///   - options: How it is to be.
  ///   - environment: The environment of the user: `PATH`, `HOME`, `JAVA_HOME`, XDG folders.
  ///   - progress: Is told what is done.
  ///   - isStopped: Whether the user wants to end it; asked several times a second.
  /// - Returns: What runs.
  /// - Throws: ``ClusterError``.
  public static func start(
    _ options: ClusterOptions,
    environment: [String: String],
    progress: @escaping @Sendable (String) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) async throws -> Status {
    try options.check()
    let java = try JavaRuntime(environment)
    let cluster = SparkCluster(folder: options.folder)
    let folder = cluster.folder
    try folder.prepare()
    return try await folder.locked {
      if let record = try ClusterRecord.read(folder) {
        guard !record.processes.contains(where: { !$0.family.isEmpty }) else {
          throw ClusterError.running(folder: folder.path)
        }
        progress("removing what a cluster left that no longer runs")
        folder.clearWork()
      }
      let installer = SparkInstaller(
        environment: environment,
        progress: progress,
        isStopped: isStopped
      )
      let installation: SparkInstallation
      do { installation = try await installer.installation() } catch {
        folder.clear()
        throw error
      }
      guard let port = options.port ?? Loopback.freePort() else {
        throw ClusterError.option(reason: "no port is free")
      }
      var start = ClusterStart(
        settings: ClusterSettings(
          options: options,
          folder: folder,
          installation: installation,
          java: java,
          port: port,
          token: Self.secret(),
          secret: Self.secret(),
          pageKey: Self.secret()
        ),
        progress: progress,
        isStopped: isStopped
      )
      do {
        try await start.run()
        return try await cluster.status()
      } catch {
        try? await end(start.processes)
        folder.clear()
        throw error
      }
    }
  }

  /// Two hundred and fifty-six bits from the system's source of randomness, as hexadecimal digits.
  private static func secret() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

/// The start of a cluster, step by step.
struct ClusterStart: Sendable {
  let settings: ClusterSettings
  let progress: @Sendable (String) -> Void
  let isStopped: @Sendable () -> Bool
  /// What was started so far.
  private(set) var processes: [ProcessMark] = []
  private let began = ContinuousClock.now

  init(
    settings: ClusterSettings,
    progress: @escaping @Sendable (String) -> Void,
    isStopped: @escaping @Sendable () -> Bool
  ) {
    self.settings = settings
    self.progress = progress
    self.isStopped = isStopped
  }

  private var folder: ClusterFolder { settings.folder }

  mutating func run() async throws {
    try folder.furnish()
    try folder.write(settings.text, to: folder.settings + "/spark-defaults.conf")
    let options = settings.options
    let master: String
    if let workers = options.workers {
      master = try await startMaster()
      for number in 1...workers {
        try launch(
          "worker \(number)",
          "/bin/spark-class",
          [
            "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
            "--cores", "1", "--memory", "\(options.memory)m", "--work-dir",
            "\(folder.work)/worker-\(number)", master,
          ],
          settings.daemonEnvironment
        )
      }
    } else {
      master = "local-cluster[2,1,\(options.memory)]"
    }
    try launch(
      "connect",
      "/bin/spark-submit",
      settings.server(master: master),
      settings.environment
    )
    progress("waiting for the server to answer")
    let port = settings.port
    try await wait(until: { Loopback.answers(port) })
    try await firstAnswer()
  }

  private mutating func startMaster() async throws -> String {
    guard let port = Loopback.freePort() else {
      throw ClusterError.option(reason: "no port is free")
    }
    try launch(
      "master",
      "/bin/spark-class",
      [
        "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "\(port)",
        "--webui-port", "0",
      ],
      settings.daemonEnvironment
    )
    progress("waiting for the master")
    try await wait(until: { Loopback.answers(port) })
    return "spark://127.0.0.1:\(port)"
  }

  /// Starts a process and writes it down before anything else happens.
  private mutating func launch(
    _ role: String,
    _ program: String,
    _ arguments: [String],
    _ environment: [String: String]
  ) throws {
    let pid = try Daemon.start(
      settings.installation.home + program,
      arguments,
      environment: environment,
      log: log(role)
    )
    guard let mark = ProcessMark(role: role, pid: pid) else { throw died(role) }
    processes.append(mark)
    try ClusterRecord(
      port: settings.port,
      token: settings.token,
      workers: settings.options.workers ?? 2,
      hasMaster: settings.options.workers != nil,
      processes: processes
    ).write(folder)
  }

  /// Waits until the cluster has computed something; a wrong token of ours would show here.
  private func firstAnswer() async throws {
    let endpoint = try SparkEndpoint(host: "127.0.0.1", port: settings.port, token: settings.token)
    var policy = SparkPolicy()
    policy.retries = 0
    policy.connectTimeout = .seconds(20)
    let workers = settings.options.workers ?? 2
    let settled = policy
    // A child task, so that an interrupted start does not wait for the cluster.
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await SparkSession.with(endpoint, policy: settled) { session in
          _ = try await session.table("SELECT sum(id) AS n FROM range(0, 1000, 1, \(workers))")
        }
      }
      group.addTask { [self] in
        try await wait(until: { false })
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func wait(until isDone: @Sendable () -> Bool) async throws {
    while !isDone() {
      if isStopped() || Task.isCancelled { throw ClusterError.interrupted }
      for process in processes where Daemon.hasEnded(process.pid) { throw died(process.role) }
      let seconds = settings.options.patience
      guard ContinuousClock.now - began < .seconds(seconds) else {
        let role = processes.last?.role ?? "connect"
        throw ClusterError.silent(seconds: seconds, reason: folder.lastWord(of: log(role)))
      }
      // A cancelled task does not sleep; the check above notices.
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  private func died(_ role: String) -> ClusterError {
    .died(process: role, reason: folder.lastWord(of: log(role)))
  }

  private func log(_ role: String) -> String {
    "\(folder.logs)/\(role.replacing(" ", with: "-")).log"
  }
}
#endif
