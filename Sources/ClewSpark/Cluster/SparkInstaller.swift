#if Spark
internal import Foundation
internal import Glibc

/// Puts Spark into the user's cache folder, from Python's package of it.
struct SparkInstaller {
  let environment: [String: String]
  let progress: @Sendable (String) -> Void
  let isStopped: @Sendable () -> Bool

  /// The installation that is there, or a new one.
  ///
  /// A new one is made beside its place and moved there when it is whole; what an interrupted or failed
  /// one had made is removed.
  ///
  /// - Throws: ``ClusterError/installation(reason:)`` and ``ClusterError/interrupted``.
  func installation() async throws -> SparkInstallation {
    let place = SparkInstallation.folder(environment)
    if let found = SparkInstallation(in: place) { return found }
    let parent = URL(filePath: place).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch { throw ClusterError.file(path: parent, reason: "cannot make the folder") }
    guard let python = program("python3") else {
      throw ClusterError.installation(reason: "there is no python3 (Debian: python3-venv)")
    }
    let new = "\(place).new-\(getpid())"
    let log = new + ".log"
    defer {
      try? FileManager.default.removeItem(atPath: new)
      try? FileManager.default.removeItem(atPath: log)
    }
    progress("installing Spark \(SparkInstallation.version) (450 MB to fetch, 520 MB on disk)")
    try await run(
      python,
      ["-m", "venv", new],
      log: log,
      failure: "no virtual environment (Debian: python3-venv)"
    )
    try await run(
      new + "/bin/python3",
      [
        "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check",
        "pyspark==\(SparkInstallation.version)",
      ],
      log: log,
      failure: "pip fails"
    )
    guard SparkInstallation(in: new) != nil else {
      throw ClusterError.installation(reason: "the package has no Spark Connect server")
    }
    // Whoever was faster made the same.
    _ = unsafe rename(new, place)
    guard let made = SparkInstallation(in: place) else {
      throw ClusterError.file(path: place, reason: "is in the way; remove it")
    }
    return made
  }

  /// Runs a program to its end, or ends it with all that it started when the user does not want to wait.
  private func run(
    _ program: String,
    _ arguments: [String],
    log: String,
    failure: String
  ) async throws {
    let pid = try Daemon.start(program, arguments, environment: environment, log: log)
    let mark = ProcessMark(role: "installer", pid: pid)
    while true {
      if let status = Daemon.exitStatus(pid) {
        if status == 0 { return }
        let folder = ClusterFolder(path: URL(filePath: log).deletingLastPathComponent().path)
        throw ClusterError.installation(reason: "\(failure): \(folder.lastWord(of: log))")
      }
      if isStopped() || Task.isCancelled {
        for one in mark?.family ?? [pid] { kill(one, SIGKILL) }
        while !Daemon.hasEnded(pid) { usleep(20_000) }
        throw ClusterError.interrupted
      }
      // A cancelled task does not sleep; the loop above notices.
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  private func program(_ name: String) -> String? {
    (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
#endif
