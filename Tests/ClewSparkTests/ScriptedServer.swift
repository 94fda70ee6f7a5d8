#if Spark
import ArrowFormat
import Foundation
import GRPCCore
import GRPCInProcessTransport
import SparkConnectProtocol
import Synchronization

@testable import ClewSpark

typealias Response = Spark_Connect_ExecutePlanResponse

/// A server that gives the answers it was told to give, one after the other, and notes what it is asked.
final class ScriptedServer: Spark_Connect_SparkConnectService.ServiceProtocol, Sendable {
  /// What one stream brings, and how it ends.
  struct Turn: Sendable {
    var responses: [Response] = []
    var error: RPCError?
    /// Whether it waits until the client goes.
    var lasts = false
  }

  /// What the server was asked.
  struct Log: Sendable {
    var executions: [Spark_Connect_ExecutePlanRequest] = []
    var reattachments: [Spark_Connect_ReattachExecuteRequest] = []
    var releases: [Spark_Connect_ReleaseExecuteRequest] = []
    var interrupts: [Spark_Connect_InterruptRequest] = []
    var configs: [Spark_Connect_ConfigRequest] = []
    var releasedSessions: [String] = []
    var authorizations: Set<String> = []
  }

  private struct State: Sendable {
    var turns: [Turn]
    var log = Log()
    var responses = 0
    var server = "server-1"
    var settings: [String: String] = [:]
    var configErrors: [RPCError] = []
  }

  private let state: Mutex<State>
  let token: String?

  init(_ turns: [Turn], token: String? = nil, configErrors: [RPCError] = []) {
    var state = State(turns: turns)
    state.configErrors = configErrors
    self.state = Mutex(state)
    self.token = token
  }

  var log: Log { state.withLock { $0.log } }

  /// Makes the next answers come from another server.
  func restart() { state.withLock { $0.server = "server-2" } }

  /// A session with this server over a transport in this process.
  func session<Result: Sendable>(
    token: String? = nil,
    messageBytes: Int = 128 << 20,
    _ body: @escaping @Sendable (SparkSession) async throws -> Result
  ) async throws -> Result {
    try await task(token: token, messageBytes: messageBytes, body) { try await $0.value }
  }

  /// The same in a task that can be cancelled while the server lives on.
  func task<Result: Sendable>(
    token: String? = nil,
    messageBytes: Int = 128 << 20,
    _ body: @escaping @Sendable (SparkSession) async throws -> Result,
    _ watch: (Task<Result, any Error>) async throws -> Result
  ) async throws -> Result {
    let transport = InProcessTransport()
    let client = transport.client
    var policy = SparkPolicy()
    policy.firstPause = .milliseconds(1)
    policy.longestPause = .milliseconds(4)
    policy.messageBytes = messageBytes
    let settled = policy
    return try await withGRPCServer(transport: transport.server, services: [self]) { _ in
      let task = Task {
        try await SparkSession.with(
          client,
          token: token,
          policy: settled,
          endpoint: "test",
          body
        )
      }
      return try await watch(task)
    }
  }

  // MARK: Calls

  func executePlan(
    request: ServerRequest<Spark_Connect_ExecutePlanRequest>,
    context: ServerContext
  ) async throws -> StreamingServerResponse<Response> {
    try authorize(request.metadata)
    state.withLock { $0.log.executions.append(request.message) }
    return stream(request.message.sessionID, request.message.operationID)
  }

  func reattachExecute(
    request: ServerRequest<Spark_Connect_ReattachExecuteRequest>,
    context: ServerContext
  ) async throws -> StreamingServerResponse<Response> {
    try authorize(request.metadata)
    state.withLock { $0.log.reattachments.append(request.message) }
    return stream(request.message.sessionID, request.message.operationID)
  }

  private func stream(_ session: String, _ operation: String) -> StreamingServerResponse<Response> {
    StreamingServerResponse { writer in
      let turn = self.state.withLock { $0.turns.isEmpty ? Turn() : $0.turns.removeFirst() }
      for response in turn.responses {
        var response = response
        if response.sessionID.isEmpty { response.sessionID = session }
        if response.operationID.isEmpty { response.operationID = operation }
        self.state.withLock { state in
          if response.serverSideSessionID.isEmpty { response.serverSideSessionID = state.server }
          if response.responseID.isEmpty { response.responseID = "r\(state.responses)" }
          if response.responseID == "none" { response.responseID = "" }
          state.responses += 1
        }
        try await writer.write(response)
      }
      if turn.lasts { try await Task.sleep(for: .seconds(600)) }
      if let error = turn.error { throw error }
      return [:]
    }
  }

  func analyzePlan(
    request: ServerRequest<Spark_Connect_AnalyzePlanRequest>,
    context: ServerContext
  ) async throws -> ServerResponse<Spark_Connect_AnalyzePlanResponse> {
    try authorize(request.metadata)
    var answer = Spark_Connect_AnalyzePlanResponse()
    answer.sessionID = request.message.sessionID
    answer.serverSideSessionID = state.withLock { $0.server }
    switch request.message.analyze {
    case .sparkVersion: answer.sparkVersion.version = "4.3.0"
    case .explain(let explain):
      answer.explain.explainString = "plan of " + explain.plan.root.sql.query
    case .schema:
      var field = Spark_Connect_DataType.StructField()
      field.name = "n"
      field.dataType.long = Spark_Connect_DataType.Long()
      answer.schema.schema.struct.fields = [field]
    case nil: break
    }
    return ServerResponse(message: answer)
  }

  func config(
    request: ServerRequest<Spark_Connect_ConfigRequest>,
    context: ServerContext
  ) async throws -> ServerResponse<Spark_Connect_ConfigResponse> {
    try authorize(request.metadata)
    let message = request.message
    let answer = try state.withLock { state in
      state.log.configs.append(message)
      if !state.configErrors.isEmpty { throw state.configErrors.removeFirst() }
      var answer = Spark_Connect_ConfigResponse()
      answer.sessionID = message.sessionID
      answer.serverSideSessionID = state.server
      switch message.operation.opType {
      case .set(let set): for pair in set.pairs { state.settings[pair.key] = pair.value }
      case .unset(let unset): for key in unset.keys { state.settings[key] = nil }
      case .getOption(let get):
        answer.pairs = get.keys.map { key in
          var pair = Spark_Connect_KeyValue()
          pair.key = key
          if let value = state.settings[key] { pair.value = value }
          return pair
        }
      case nil: break
      }
      return answer
    }
    return ServerResponse(message: answer)
  }

  func interrupt(
    request: ServerRequest<Spark_Connect_InterruptRequest>,
    context: ServerContext
  ) async throws -> ServerResponse<Spark_Connect_InterruptResponse> {
    try authorize(request.metadata)
    var answer = Spark_Connect_InterruptResponse()
    answer.sessionID = request.message.sessionID
    state.withLock { state in
      state.log.interrupts.append(request.message)
      answer.serverSideSessionID = state.server
      answer.interruptedIds = state.log.executions.map(\.operationID)
    }
    return ServerResponse(message: answer)
  }

  func releaseExecute(
    request: ServerRequest<Spark_Connect_ReleaseExecuteRequest>,
    context: ServerContext
  ) async throws -> ServerResponse<Spark_Connect_ReleaseExecuteResponse> {
    state.withLock { $0.log.releases.append(request.message) }
    return ServerResponse(message: Spark_Connect_ReleaseExecuteResponse())
  }

  func releaseSession(
    request: ServerRequest<Spark_Connect_ReleaseSessionRequest>,
    context: ServerContext
  ) async throws -> ServerResponse<Spark_Connect_ReleaseSessionResponse> {
    state.withLock { $0.log.releasedSessions.append(request.message.sessionID) }
    return ServerResponse(message: Spark_Connect_ReleaseSessionResponse())
  }

  private func authorize(_ metadata: Metadata) throws {
    let given = metadata[stringValues: "authorization"].map { $0 }
    state.withLock { $0.log.authorizations.formUnion(given) }
    guard let token else { return }
    guard given == ["Bearer \(token)"] else {
      throw RPCError(code: .unauthenticated, message: "Invalid authentication token")
    }
  }
}

// MARK: Responses

extension Response {
  /// A batch of numbers as one whole.
  static func rows(
    _ numbers: [Int64],
    from start: Int64? = nil,
    announced: Int64? = nil
  ) -> Response {
    parts(numbers, sizes: [], from: start, announced: announced)[0]
  }

  /// A batch of numbers in parts of so many bytes, and one with the rest.
  static func parts(
    _ numbers: [Int64],
    sizes: [Int],
    from start: Int64? = nil,
    announced: Int64? = nil
  ) -> [Response] {
    var rest = (try? ArrowStream.bytes(numbersTable(numbers)))?[...] ?? []
    var pieces: [ArraySlice<UInt8>] = []
    for size in sizes {
      pieces.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    pieces.append(rest)
    return pieces.enumerated().map { index, piece in
      var response = Response()
      response.arrowBatch.data = Data(piece)
      response.arrowBatch.rowCount = announced ?? Int64(numbers.count)
      if let start { response.arrowBatch.startOffset = start }
      if !sizes.isEmpty {
        response.arrowBatch.chunkIndex = Int64(index)
        response.arrowBatch.numChunksInBatch = Int64(pieces.count)
      }
      return response
    }
  }

  static func bytes(_ bytes: [UInt8]) -> Response {
    var response = Response()
    response.arrowBatch.data = Data(bytes)
    response.arrowBatch.rowCount = 1
    return response
  }

  static var complete: Response {
    var response = Response()
    response.resultComplete = Response.ResultComplete()
    return response
  }

  static func progress(_ completed: Int64, of tasks: Int64) -> Response {
    var stage = Response.ExecutionProgress.StageInfo()
    stage.numTasks = tasks
    stage.numCompletedTasks = completed
    var response = Response()
    response.executionProgress.stages = [stage, stage]
    response.executionProgress.numInflightTasks = 1
    return response
  }
}

/// A table of one column of numbers.
func numbersTable(_ numbers: [Int64]) throws -> ArrowTable {
  try ArrowTable(fields: [ArrowField("n", .int64)], columns: [ArrowColumn(.int64(numbers))])
}

extension ArrowTable {
  /// The numbers of the only column.
  var numbers: [Int64] {
    if columns.count == 1, case .int64(let numbers) = columns[0].values { numbers } else { [] }
  }
}

/// Spark's errors, as they come.
enum SparkSays {
  static func error(_ errorClass: String, _ text: String, state: String = "HY000") -> RPCError {
    RPCError(code: .internalError, message: "[\(errorClass)] \(text) SQLSTATE: \(state)")
  }
  static let operationNotFound = error(
    "INVALID_HANDLE.OPERATION_NOT_FOUND",
    "The handle is invalid. Operation not found."
  )
  static let operationExists = error(
    "INVALID_HANDLE.OPERATION_ALREADY_EXISTS",
    "The handle is invalid. Handle already exists."
  )
  static let away = RPCError(code: .unavailable, message: "connection reset")
}
#endif
