#if Spark
import ArrowFormat
import Foundation
import SparkConnectProtocol
import Synchronization

@testable import ClewSpark

/// The cluster that `make test-spark` started.
enum LiveCluster {
  /// Its folder; without one the tests that need a cluster are skipped.
  static let folder = ProcessInfo.processInfo.environment["CLEW_SPARK_CLUSTER"]

  static func endpoint() throws -> SparkEndpoint {
    try SparkCluster(folder: folder ?? "/nowhere").endpoint()
  }

  static func session<Result: Sendable>(
    _ body: (SparkSession) async throws -> Result
  ) async throws -> Result {
    try await SparkSession.with(try endpoint(), body)
  }

  /// A query that takes about so many seconds, and gives the number 1.
  static func slow(_ seconds: Int) -> String {
    """
    SELECT coalesce(length(java_method('java.lang.Thread', 'sleep',
      CAST(id + \(1000 * seconds) AS BIGINT))), 0) * 0L + 1L AS n
    FROM range(0, 1, 1, 1)
    """
  }
}

/// The calls of a session, counted.
final class CountedCalls: SparkCalls, Sendable {
  private let calls: any SparkCalls
  private let counts = Mutex<[String: Int]>([:])

  init(_ calls: any SparkCalls) { self.calls = calls }

  func count(_ name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

  private func note(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }

  func execute(
    _ request: Spark_Connect_ExecutePlanRequest,
    _ receive: @escaping Receiver
  ) async throws {
    note("execute")
    try await calls.execute(request, receive)
  }

  func reattach(
    _ request: Spark_Connect_ReattachExecuteRequest,
    _ receive: @escaping Receiver
  ) async throws {
    note("reattach")
    try await calls.reattach(request, receive)
  }

  func analyze(
    _ request: Spark_Connect_AnalyzePlanRequest
  ) async throws -> Spark_Connect_AnalyzePlanResponse { try await calls.analyze(request) }

  func config(
    _ request: Spark_Connect_ConfigRequest,
    timeout: Duration
  ) async throws -> Spark_Connect_ConfigResponse {
    try await calls.config(request, timeout: timeout)
  }

  func interrupt(
    _ request: Spark_Connect_InterruptRequest
  ) async throws -> Spark_Connect_InterruptResponse { try await calls.interrupt(request) }

  func release(_ request: Spark_Connect_ReleaseExecuteRequest) async throws {
    try await calls.release(request)
  }

  func release(_ request: Spark_Connect_ReleaseSessionRequest) async throws {
    try await calls.release(request)
  }
}
#endif
