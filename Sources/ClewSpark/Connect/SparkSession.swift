#if Spark
internal import Foundation
internal import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import SparkConnectProtocol
internal import Synchronization

/// A session on a Spark cluster: temporary views, settings and operations belong to it and end with it.
///
/// ```swift
/// let rows = try await SparkSession.with(endpoint) { session in
///   try await session.upload(edges, as: "edges")
///   return try await session.table("SELECT source, count(*) FROM edges GROUP BY source")
/// }
/// ```
///
/// Calls may be made from several tasks at once. A cancelled task interrupts its operation on the
/// cluster and throws `CancellationError`; everything else that goes wrong is a ``SparkError``.
public final class SparkSession: Sendable {
  /// The session's id, made by the client.
  public let id: String

  let calls: any SparkCalls
  let policy: SparkPolicy
  let endpoint: String
  /// What the server calls its side of the session; another one means that it was restarted.
  let serverSide = Mutex<String?>(nil)

  init(calls: any SparkCalls, policy: SparkPolicy, endpoint: String) {
    self.calls = calls
    self.policy = policy
    self.endpoint = endpoint
    id = UUID().uuidString.lowercased()
  }

  /// Opens a session, works in it, and releases it on the server however the work ends.
  ///
  /// - Parameters:
  ///   - endpoint: The server, with its token.
  ///   - policy: Times and limits.
  ///   - body: The work.
  /// - Returns: What the work returns.
  /// - Throws: ``SparkError`` when the server cannot be reached or does not accept the token, and
  ///   whatever the work throws.
  public static func with<Result: Sendable>(
    _ endpoint: SparkEndpoint,
    policy: SparkPolicy = SparkPolicy(),
    _ body: (SparkSession) async throws -> Result
  ) async throws -> Result {
    let transport: HTTP2ClientTransport.Posix
    var config = HTTP2ClientTransport.Posix.Config.defaults
    config.connection.keepalive = .init(
      time: policy.silence,
      timeout: policy.connectTimeout,
      allowWithoutCalls: false
    )
    do {
      transport = try HTTP2ClientTransport.Posix(
        target: endpoint.target,
        transportSecurity: endpoint.transportSecurity,
        config: config
      )
    } catch { throw SparkError.endpoint(reason: "TLS cannot be set up: \(error)") }
    return try await with(
      transport,
      token: endpoint.token,
      policy: policy,
      endpoint: endpoint.description,
      body
    )
  }

  /// The same over any transport.
  static func with<Result: Sendable>(
    _ transport: some ClientTransport,
    token: String?,
    policy: SparkPolicy,
    endpoint: String,
    _ body: (SparkSession) async throws -> Result
  ) async throws -> Result {
    let client = GRPCClient(transport: transport)
    // Not a child task: the connection must outlive a cancelled body for as long as it takes to tell the
    // server. It ends before this function does.
    let connections = Task { try await client.runConnections() }
    let session = SparkSession(
      calls: GRPCCalls(client, token: token, policy: policy),
      policy: policy,
      endpoint: endpoint
    )
    let result: Swift.Result<Result, any Error>
    do {
      try await session.greet()
      do { result = .success(try await body(session)) } catch { result = .failure(error) }
      await session.release()
    } catch { result = .failure(error) }
    client.beginGracefulShutdown()
    // All calls are over; a server that does not answer must not keep the connection open.
    let end = Task {
      try await Task.sleep(for: .seconds(1))
      connections.cancel()
    }
    _ = await connections.result
    end.cancel()
    _ = await end.result
    return try result.get()
  }

  /// The first call: it finds out whether the server answers and accepts the token, and which it is.
  private func greet() async throws {
    var request = Spark_Connect_ConfigRequest()
    request.operation.getOption.keys = ["spark.app.name"]
    _ = try await config(request, timeout: policy.connectTimeout)
  }

  /// Ends the session on the server, also when the task was cancelled; a server that is gone has none.
  func release() async {
    let (calls, request) = (calls, signed(Spark_Connect_ReleaseSessionRequest()))
    await Task { try? await calls.release(request) }.value
  }

  /// Checks whose answer it is.
  func check(_ session: String, server: String) throws(SparkError) {
    guard session == id else { throw .answer(reason: "it belongs to another session") }
    guard !server.isEmpty else { return }
    let known = serverSide.withLock { known in
      if known == nil { known = server }
      return known
    }
    guard known == server else { throw .sessionLost(text: "another server answers") }
  }

  /// Makes a call that may be made again, until it succeeds or there is no hope.
  func repeating<Answer: Sendable>(
    _ call: () async throws -> Answer
  ) async throws -> Answer {
    var failures = 0
    while true {
      do { return try await call() } catch {
        try Task.checkCancellation()
        switch SparkFailure(error, endpoint: endpoint) {
        case .unavailable(let reason):
          failures += 1
          guard failures <= policy.retries else {
            throw SparkError.unreachable(endpoint: endpoint, reason: reason)
          }
          try await Task.sleep(for: policy.pause(before: failures))
        case .final(let error): throw error
        case .operationExists, .operationNotFound:
          throw SparkError.answer(reason: "an operation that was not asked for")
        }
      }
    }
  }
}

extension SparkEndpoint {
  var target: any ResolvableTarget {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    if address.contains(":") { return .ipv6(address: address, port: port) }
    if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) {
      return .ipv4(address: address, port: port)
    }
    return .dns(host: address, port: port)
  }

  var transportSecurity: HTTP2ClientTransport.Posix.TransportSecurity {
    switch security {
    case .plaintext: .plaintext
    case .tls(nil): .tls
    case .tls(let roots?):
      .tls { $0.trustRoots = .certificates([.file(path: roots, format: .pem)]) }
    }
  }
}
#endif
