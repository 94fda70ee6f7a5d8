#if Spark
import Foundation
import Glibc
import Synchronization
import Testing

@testable import ClewSpark

/// Each fault is one line, and leaves neither processes nor files.
@Suite struct `A cluster that does not start` {
  private func start(
    _ fake: FakeSpark,
    environment: [String: String]? = nil,
    stopAfter milliseconds: Int? = nil,
    _ change: (inout ClusterOptions) -> Void = { _ in }
  ) async -> ClusterError? {
    var options = ClusterOptions(folder: fake.cluster)
    options.patience = 20
    change(&options)
    let begin = ContinuousClock.now
    do {
      _ = try await SparkCluster.start(
        options,
        environment: environment ?? fake.environment,
        isStopped: { milliseconds.map { ContinuousClock.now - begin > .milliseconds($0) } ?? false }
      )
      return nil
    } catch { return error as? ClusterError }
  }

  private func expectNothingLeft(_ fake: FakeSpark) {
    #expect(fake.processes.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: fake.cluster))
  }

  @Test func `there is no Java, or an old one`() async throws {
    let fake = try FakeSpark()
    let none = ["PATH": "/nowhere", "HOME": fake.path]
    #expect(await start(fake, environment: none) == .noJava(reason: "there is no Java"))
    let wrong = fake.environment.merging(["JAVA_HOME": "/nowhere"]) { $1 }
    #expect(await start(fake, environment: wrong) == .noJava(reason: "JAVA_HOME has no Java"))
    try fake.java(version: "11")
    #expect(
      await start(fake) == .noJava(reason: "\(fake.path)/bin/java is version 11")
    )
    try fake.java(version: "1.8")
    #expect(await start(fake)?.description.contains("\n") == false)
    expectNothingLeft(fake)
  }

  @Test func `the port is taken`() async throws {
    let fake = try FakeSpark()
    let port = try #require(Loopback.freePort())
    let socket = try #require(Loopback.bound(to: UInt16(port)))
    defer { close(socket) }
    #expect(await start(fake) { $0.port = port } == .portTaken(port))
    expectNothingLeft(fake)
  }

  @Test func `an option cannot be`() async throws {
    let fake = try FakeSpark()
    let changes: [(inout ClusterOptions) -> Void] = [
      { $0.workers = 0 }, { $0.workers = 65 }, { $0.memory = 1023 }, { $0.port = 80 },
      { $0.port = 70_000 }, { $0.settings = ["hadoop.x": "1"] },
      { $0.settings = ["spark.x": "1\nspark.authenticate false"] },
      { $0.settings = ["spark.connect.authenticate.token": "mine"] },
      { $0.settings = ["spark.authenticate": "false"] }, { $0.folder += "/a:b" },
      { $0.folder += "/a,b" }, { $0.folder += "/a\"b" }, { $0.folder += "/a\nb" },
      { $0.settings = ["spark.ui.filters": ""] }, { $0.settings = ["spark.acls.enable": "false"] },
      { $0.settings = ["spark.connect.grpc.binding.address": "0.0.0.0"] },
    ]
    for change in changes {
      guard case .option? = await start(fake, change) else {
        Issue.record("accepted")
        continue
      }
    }
    expectNothingLeft(fake)
  }

  @Test func `there is no Python, or no virtual environment`() async throws {
    let fake = try FakeSpark()
    var environment = fake.environment
    environment["PATH"] = fake.path + "/bin"
    #expect(
      await start(fake, environment: environment)
        == .installation(reason: "there is no python3 (Debian: python3-venv)")
    )
    try fake.script("bin/python3", "echo 'ensurepip is not available' >&2; exit 1")
    #expect(
      await start(fake)
        == .installation(
          reason: "no virtual environment (Debian: python3-venv): ensurepip is not available"
        )
    )
    expectNothingLeft(fake)
  }

  @Test func `pip fails`() async throws {
    let fake = try FakeSpark()
    try fake.python("echo Collecting; echo 'error: no such package' >&2; echo bye; exit 1")
    #expect(
      await start(fake) == .installation(reason: "pip fails: error: no such package")
    )
    #expect(fake.names(in: fake.path + "/cache/clew").isEmpty)
    expectNothingLeft(fake)
  }

  @Test func `pip is interrupted, with all that it started`() async throws {
    let fake = try FakeSpark()
    try fake.python("sleep 600 & wait")
    #expect(await start(fake, stopAfter: 500) == .interrupted)
    #expect(fake.names(in: fake.path + "/cache/clew").isEmpty)
    expectNothingLeft(fake)
  }

  @Test func `pip brings something else`() async throws {
    let fake = try FakeSpark()
    try fake.python("exit 0")
    #expect(
      await start(fake)
        == .installation(reason: "the package has no Spark Connect server")
    )
    #expect(fake.names(in: fake.path + "/cache/clew").isEmpty)
    expectNothingLeft(fake)
  }

  @Test func `the server ends at once`() async throws {
    let fake = try FakeSpark()
    try fake.install(server: "echo starting; echo 'ERROR no memory'; echo bye; exit 1")
    #expect(await start(fake) == .died(process: "connect", reason: "ERROR no memory"))
    expectNothingLeft(fake)
    #expect(
      await start(fake) { $0.workers = 2 } == .died(process: "master", reason: "ERROR no memory")
    )
    expectNothingLeft(fake)
  }

  @Test func `the server never answers`() async throws {
    let fake = try FakeSpark()
    try fake.install(server: "echo waiting; exec sleep 600")
    #expect(await start(fake) { $0.patience = 1 } == .silent(seconds: 1, reason: "waiting"))
    expectNothingLeft(fake)
  }

  @Test func `the start is interrupted`() async throws {
    let fake = try FakeSpark()
    try fake.install(server: "sleep 600 & wait")
    let seen = await start(fake, stopAfter: 700)
    #expect(seen == .interrupted)
    expectNothingLeft(fake)
  }

  @Test func `the folder holds other files`() async throws {
    let fake = try FakeSpark()
    try fake.install(server: "exit 1")
    try fake.write(fake.cluster + "/evidence.csv", "x")
    #expect(await start(fake) == .foreign(folder: fake.cluster))
    #expect(fake.names(in: fake.cluster) == ["evidence.csv"])
  }
}

@Suite struct `The record of a cluster` {
  private func record(_ fake: FakeSpark, _ processes: [ProcessMark]) throws -> ClusterFolder {
    let folder = ClusterFolder(path: fake.cluster)
    try folder.prepare()
    let record = ClusterRecord(
      port: 15002,
      token: "secret-1",
      workers: 2,
      hasMaster: false,
      processes: processes
    )
    try record.write(folder)
    return folder
  }

  /// A process of this test, with another beginning.
  private func stale() throws -> ProcessMark {
    let mine = try #require(ProcessMark(role: "connect", pid: getpid()))
    return try altered(mine) { $0["began"] = 1 }
  }

  private func altered(
    _ mark: ProcessMark,
    _ change: (inout [String: Any]) -> Void
  ) throws -> ProcessMark {
    let data = try JSONEncoder().encode(mark)
    var fields = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    change(&fields)
    let changed = try JSONSerialization.data(withJSONObject: fields)
    return try JSONDecoder().decode(ProcessMark.self, from: changed)
  }

  @Test func `is for its owner's eyes only`() throws {
    let fake = try FakeSpark()
    let folder = try record(fake, [])
    for (path, mode) in [(folder.path, 0o700), (folder.record, 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
    }
    // A file of before with a loose mode is closed.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644],
      ofItemAtPath: folder.record
    )
    try folder.write("x", to: folder.record)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.record)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func `names a process that ended, whose number another has: that one is left alone`()
    async throws
  {
    let fake = try FakeSpark()
    let folder = try record(fake, [try stale()])
    let cluster = SparkCluster(folder: fake.cluster)
    await #expect(throws: ClusterError.notRunning(folder: folder.path)) {
      try await cluster.status()
    }
    #expect(throws: ClusterError.notRunning(folder: folder.path)) { try cluster.endpoint() }
    // This test would not live to see the next line.
    #expect(try await cluster.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: fake.cluster))
  }

  @Test func `of an earlier run of the machine names nobody`() throws {
    let mine = try #require(ProcessMark(role: "connect", pid: getpid()))
    #expect(mine.isRunning)
    let earlier = try altered(mine) { $0["boot"] = "another" }
    #expect(!earlier.isRunning && earlier.family.isEmpty)
  }

  @Test func `of a cluster that no longer runs does not keep a new one away`() async throws {
    let fake = try FakeSpark()
    _ = try record(fake, [try stale()])
    try fake.install(server: "echo ERROR here; exit 1")
    let said = Mutex<[String]>([])
    await #expect(throws: ClusterError.died(process: "connect", reason: "ERROR here")) {
      try await SparkCluster.start(
        ClusterOptions(folder: fake.cluster),
        environment: fake.environment,
        progress: { line in said.withLock { $0.append(line) } }
      )
    }
    #expect(said.withLock { $0.first } == "removing what a cluster left that no longer runs")
  }

  @Test func `keeps a second start away while the first runs, and a stop ends it`() async throws {
    let fake = try FakeSpark()
    try fake.install(server: "exit 1")
    let log = fake.path + "/log"
    let pid = try Daemon.start(
      "/bin/sh",
      ["-c", "sleep 600 & exec sleep 601"],
      environment: [:],
      log: log
    )
    _ = try record(fake, [try #require(ProcessMark(role: "connect", pid: pid))])
    await #expect(throws: ClusterError.running(folder: fake.cluster)) {
      try await SparkCluster.start(
        ClusterOptions(folder: fake.cluster),
        environment: fake.environment
      )
    }
    let mark = try #require(ProcessMark(role: "connect", pid: pid))
    #expect(mark.isRunning)
    kill(pid, SIGSTOP)
    kill(pid, SIGCONT)
    // The child that does not end with its parent is ended, too.
    #expect(try await SparkCluster(folder: fake.cluster).stop() == 1)
    #expect(mark.family.isEmpty && !mark.isRunning)
    #expect(!FileManager.default.fileExists(atPath: fake.cluster))
    await #expect(throws: ClusterError.notRunning(folder: fake.cluster)) {
      try await SparkCluster(folder: fake.cluster).stop()
    }
  }

  @Test func `that cannot be read is told`() async throws {
    let fake = try FakeSpark()
    try fake.write(fake.cluster + "/cluster.json", "{")
    await #expect(throws: ClusterError.self) {
      try await SparkCluster(folder: fake.cluster).stop()
    }
    #expect(fake.names(in: fake.cluster).contains("cluster.json"))
  }

  @Test func `holds secrets that no argument of a process shows`() async throws {
    let fake = try FakeSpark()
    try fake.install(
      server:
        "cp -r \"$SPARK_CONF_DIR\" '\(fake.path)/seen'; echo \"$@\" > '\(fake.path)/arguments'; exit 1"
    )
    _ = try? await SparkCluster.start(
      ClusterOptions(folder: fake.cluster),
      environment: fake.environment.merging(["SPARK_CONF_DIR": "/elsewhere"]) { $1 }
    )
    let settings = try String(
      contentsOfFile: fake.path + "/seen/spark-defaults.conf",
      encoding: .utf8
    )
    let lines = settings.split(separator: "\n")
    let token = try #require(
      lines.first { $0.hasPrefix("spark.connect.authenticate.token ") }
    ).split(separator: " ")[1]
    #expect(token.count == 64)
    #expect(lines.contains("spark.authenticate true"))
    #expect(lines.contains("spark.connect.grpc.binding.address 127.0.0.1"))
    #expect(lines.contains("spark.master.rest.enabled false"))
    #expect(lines.contains("spark.ui.filters org.apache.spark.ui.JWSFilter"))
    let arguments = try String(contentsOfFile: fake.path + "/arguments", encoding: .utf8)
    #expect(!arguments.contains(token) && arguments.contains("local-cluster[2,1,1536]"))
  }
}
#endif
