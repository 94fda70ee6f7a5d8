#if Spark
internal import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewSpark
internal import Foundation
internal import GraphCore
internal import Synchronization

extension EngineOptions {
  /// The findings of a case by a cluster, or nil when only its plans were asked for.
  ///
  /// - Throws: `Complaint` with one line; the case's own errors.
  func onCluster(
    _ path: String,
    until: Timestamp?,
    workers: WorkerCount
  ) async throws -> ClusterFindings? {
    let said = SparkProgressLine()
    do {
      var engine = try chosen()
      engine.workers = workers
      engine.partitions = partitions
      engine.resumes = resume
      engine.version = Clew.configuration.version
      engine.news = { said.tell($0) }
      let settled = engine
      if explain {
        let text = try await Self.interruptibly { try await settled.explanation(until: until) }
        Terminal.write(text)
        return nil
      }
      let analysis = try await Self.interruptibly {
        try await settled.analyze(CaseFile.openForReading(path), until: until)
      }
      return ClusterFindings(analysis: analysis, hasRefused: said.hasRefused)
    } catch let error as SparkError {
      throw Complaint(status: Self.status(of: error), message: "\(error)" + said.leftovers)
    } catch is CancellationError {
      Terminal.say("clew: interrupted, also on the cluster" + said.leftovers)
      Foundation.exit(Interruption.exitCode)
    }
  }

  /// The engine that the options describe.
  private func chosen() throws -> SparkEngine {
    let environment = ProcessInfo.processInfo.environment
    // With TLS first, since whoever is not this machine needs it.
    var endpoint = try SparkEndpoint(engine, security: .tls(roots: tlsRoots))
    let own = SparkCluster(folder: ClusterOptions.folder(environment))
    var steps: String?
    if let token = try token(environment) {
      endpoint = try SparkEndpoint(
        engine,
        security: endpoint.isLoopback && tlsRoots == nil ? .plaintext : endpoint.security,
        token: token
      )
    } else if endpoint.isLoopback {
      guard let known = try? own.endpoint(), known.port == endpoint.port else {
        throw Complaint(
          status: .usage,
          message: "no token: --token-file or CLEW_SPARK_TOKEN gives the cluster's"
        )
      }
      endpoint = known
    }
    if endpoint.isLoopback, let known = try? own.endpoint(), known.port == endpoint.port {
      steps = own.steps
    }
    guard let folder = sparkFolder ?? steps else {
      throw Complaint(
        status: .usage,
        message: "--spark-folder is needed: a path or URL that the server and all workers see"
      )
    }
    guard let program = worker ?? (endpoint.isLoopback ? Self.ownWorker : nil) else {
      throw Complaint(
        status: .usage,
        message: "--worker is needed: the path of clew-worker on every worker"
      )
    }
    do {
      // Refused here, what cannot be is a matter of usage.
      _ = try JobPlace(folder: folder, job: "00000000")
      var engine = SparkEngine(endpoint, worker: try SparkWorker(path: program), folder: folder)
      engine.tables = try table.map { try SparkTable(path: $0) }
      return engine
    } catch { throw Complaint(status: .usage, message: "\(error)") }
  }

  private func token(_ environment: [String: String]) throws -> String? {
    guard let tokenFile else { return environment["CLEW_SPARK_TOKEN"] }
    guard let data = FileManager.default.contents(atPath: tokenFile) else {
      throw Complaint(status: .noInput, message: "\(tokenFile): cannot be read")
    }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The program that was built beside this one, where there is one.
  private static var ownWorker: String? {
    guard
      let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return nil }
    let worker = URL(filePath: path).deletingLastPathComponent().path + "/clew-worker"
    return FileManager.default.isExecutableFile(atPath: worker) ? worker : nil
  }

  /// Does some work in a task that a signal cancels.
  private static func interruptibly<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    let watch = Task {
      while !Task.isCancelled {
        if Interruption.hasCome { return task.cancel() }
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
    defer { watch.cancel() }
    let result = await task.result
    // Whatever the cluster said to it.
    if Interruption.hasCome, case .failure = result { throw CancellationError() }
    return try result.get()
  }

  private static func status(of error: SparkError) -> ExitStatus {
    switch error {
    case .endpoint: .usage
    case .unauthenticated: .permission
    default: .inputOutput
    }
  }
}

/// Says on a terminal how far the cluster is, and remembers what stays behind.
private final class SparkProgressLine: Sendable {
  private struct State {
    var place: JobPlace?
    var step = ""
    var began = ContinuousClock.now
    var hasRefused = false
  }
  private let state = Mutex(State())

  /// What to add to the line of an error: where the steps stay, and what to do.
  var leftovers: String {
    guard let place = state.withLock({ $0.place }) else { return "" }
    return "; steps that are whole stay in \(place.path), --resume goes on with them"
  }

  /// Whether rows of tables were refused.
  var hasRefused: Bool { state.withLock { $0.hasRefused } }

  func tell(_ news: SparkJobNews) {
    switch news {
    case .begun(let place): state.withLock { $0.place = place }
    case .refused(let table, let rows, let reason):
      state.withLock { $0.hasRefused = true }
      Terminal.say("clew: \(table): \(rows) rows refused: \(reason)")
    case .sent(let step, let rows): Terminal.progress("clew: \(step): \(rows) rows sent")
    case .working(let step, let progress): tell(step, progress)
    case .whole(let outcome):
      let rest = outcome.isTaken ? ", from an earlier run" : ""
      Terminal.progress("clew: \(outcome.name): \(outcome.rows) rows\(rest)")
    case .discarded(let step):
      Terminal.say(
        "clew: what an earlier run left of the step \(step) is not whole; it is run anew"
      )
    }
  }

  private func tell(_ step: String, _ progress: SparkProgress) {
    guard progress.tasks > 0 else { return }
    let now = ContinuousClock.now
    let began = state.withLock { state in
      if state.step != step { (state.step, state.began) = (step, now) }
      return state.began
    }
    var line = "clew: \(step): stage \(min(progress.completedStages + 1, progress.stages))"
    line += " of \(progress.stages), \(progress.completedTasks) of \(progress.tasks) tasks"
    let (done, all) = (progress.completedTasks, progress.tasks)
    if done > 0, all > done {
      // As fast as so far; more stages can follow.
      let seconds = (now - began).components.seconds
      let (product, overflow) = seconds.multipliedReportingOverflow(by: all - done)
      if !overflow { line += ", about \(product / done) s left" }
    }
    Terminal.progress(line)
  }
}
#endif
