#if Spark
internal import GRPCCore
internal import SparkConnectProtocol

/// The calls of Spark Connect, whatever carries them.
protocol SparkCalls: Sendable {
  typealias Receiver = @Sendable (Spark_Connect_ExecutePlanResponse) async throws -> Void

  func execute(
    _ request: Spark_Connect_ExecutePlanRequest,
    _ receive: @escaping Receiver
  ) async throws
  func reattach(
    _ request: Spark_Connect_ReattachExecuteRequest,
    _ receive: @escaping Receiver
  ) async throws
  func analyze(
    _ request: Spark_Connect_AnalyzePlanRequest
  ) async throws -> Spark_Connect_AnalyzePlanResponse
  func config(
    _ request: Spark_Connect_ConfigRequest,
    timeout: Duration
  ) async throws -> Spark_Connect_ConfigResponse
  func interrupt(
    _ request: Spark_Connect_InterruptRequest
  ) async throws -> Spark_Connect_InterruptResponse
  func release(_ request: Spark_Connect_ReleaseExecuteRequest) async throws
  func release(_ request: Spark_Connect_ReleaseSessionRequest) async throws
}

/// The calls over gRPC.
struct GRPCCalls<Transport: ClientTransport>: SparkCalls {
  private let client: Spark_Connect_SparkConnectService.Client<Transport>
  private let metadata: Metadata
  private let policy: SparkPolicy

  init(_ client: GRPCClient<Transport>, token: String?, policy: SparkPolicy) {
    self.client = Spark_Connect_SparkConnectService.Client(wrapping: client)
    self.policy = policy
    metadata = token.map { ["authorization": "Bearer \($0)"] } ?? [:]
  }

  func execute(
    _ request: Spark_Connect_ExecutePlanRequest,
    _ receive: @escaping Receiver
  ) async throws {
    try await client.executePlan(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(nil)
    ) { response in
      for try await message in response.messages { try await receive(message) }
    }
  }

  func reattach(
    _ request: Spark_Connect_ReattachExecuteRequest,
    _ receive: @escaping Receiver
  ) async throws {
    try await client.reattachExecute(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(nil)
    ) { response in
      for try await message in response.messages { try await receive(message) }
    }
  }

  func analyze(
    _ request: Spark_Connect_AnalyzePlanRequest
  ) async throws -> Spark_Connect_AnalyzePlanResponse {
    try await client.analyzePlan(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(policy.callTimeout)
    )
  }

  func config(
    _ request: Spark_Connect_ConfigRequest,
    timeout: Duration
  ) async throws -> Spark_Connect_ConfigResponse {
    try await client.config(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(timeout)
    )
  }

  func interrupt(
    _ request: Spark_Connect_InterruptRequest
  ) async throws -> Spark_Connect_InterruptResponse {
    try await client.interrupt(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(policy.callTimeout)
    )
  }

  func release(_ request: Spark_Connect_ReleaseExecuteRequest) async throws {
    _ = try await client.releaseExecute(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(policy.connectTimeout)
    )
  }

  func release(_ request: Spark_Connect_ReleaseSessionRequest) async throws {
    _ = try await client.releaseSession(
      request: ClientRequest(message: request, metadata: metadata),
      options: options(policy.connectTimeout)
    )
  }

  private func options(_ timeout: Duration?) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = timeout
    // The transport takes the limit of requests for what it receives, too: set both.
    options.maxRequestMessageBytes = policy.messageBytes
    options.maxResponseMessageBytes = policy.messageBytes
    return options
  }
}
#endif
