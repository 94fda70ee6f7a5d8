#if Spark
internal import ArgumentParser
internal import ClewSpark
internal import Foundation

/// A cluster as the options name it.
struct ReachedCluster {
  let endpoint: SparkEndpoint
  let worker: SparkWorker
  /// Where the steps are kept.
  let folder: String
}

extension EngineFlags {
  /// The cluster that the options describe.
  ///
  /// - Throws: `Complaint` with one line, `SparkError` for an endpoint that cannot be.
  func cluster() throws -> ReachedCluster {
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
    let (known, reached) = (folder, endpoint)
    return try Self.usable {
      _ = try JobPlace(folder: known, job: "00000000")
      return ReachedCluster(
        endpoint: reached,
        worker: try SparkWorker(path: program),
        folder: known
      )
    }
  }

  /// What cannot be is here a matter of usage.
  static func usable<Result>(_ make: () throws -> Result) throws -> Result {
    do { return try make() } catch { throw Complaint(status: .usage, message: "\(error)") }
  }

  /// Does some work on a cluster, and says in one line why it ended.
  func working<Result>(
    _ work: (SparkProgressLine) async throws -> Result
  ) async throws -> Result {
    let said = SparkProgressLine()
    do { return try await work(said) } catch let error as SparkError {
      throw Complaint(status: Self.status(of: error), message: "\(error)" + said.leftovers)
    } catch is CancellationError {
      Terminal.say("clew: interrupted, also on the cluster" + said.leftovers)
      Foundation.exit(Interruption.exitCode)
    }
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
  static func interruptibly<Result: Sendable>(
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
#endif
