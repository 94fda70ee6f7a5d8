#if Spark
internal import ArrowFormat
internal import Foundation
internal import SparkConnectProtocol

/// One operation on the cluster, from its request to its release: the I/O around ``ExecutionMachine``.
actor Execution {
  private let session: SparkSession
  private let plan: Spark_Connect_Plan
  private let progress: (@Sendable (SparkProgress) -> Void)?
  private let take: @Sendable (ArrowTable) async throws -> Void
  private let operation = UUID().uuidString.lowercased()
  private var machine: ExecutionMachine
  private var joiner: BatchJoiner
  /// What went wrong while a response was read; no stream can mend it.
  private var fault: (any Error)?

  init(
    session: SparkSession,
    plan: Spark_Connect_Plan,
    progress: (@Sendable (SparkProgress) -> Void)?,
    take: @escaping @Sendable (ArrowTable) async throws -> Void
  ) {
    self.session = session
    self.plan = plan
    self.progress = progress
    self.take = take
    machine = ExecutionMachine(policy: session.policy, endpoint: session.endpoint)
    joiner = BatchJoiner(limit: session.policy.messageBytes)
  }

  /// Runs to the end, and leaves nothing of it on the server.
  func run() async throws {
    do {
      try await work()
      try joiner.finish()
    } catch {
      // The cancelled task can make no calls any more; another one makes them, and it is waited for.
      switch error {
      case SparkError.unreachable, SparkError.sessionLost: break
      case SparkError.failed, SparkError.interrupted, SparkError.unauthenticated:
        await Task { await self.leave(interrupting: false) }.value
      default: await Task { await self.leave(interrupting: true) }.value
      }
      if Task.isCancelled { throw CancellationError() }
      throw error
    }
    await Task { await self.leave(interrupting: false) }.value
  }

  private func work() async throws {
    var opening = ExecutionMachine.beginning
    while true {
      let event: ExecutionMachine.Event
      let begin = ContinuousClock.now
      do {
        try await open(opening)
        event = .ended(after: ContinuousClock.now - begin)
      } catch {
        if let fault { throw fault }
        try Task.checkCancellation()
        event = .failed(SparkFailure(error, endpoint: session.endpoint))
      }
      if let fault { throw fault }
      switch machine.take(event) {
      case .finish: return
      case .fail(let error): throw error
      case .read: throw SparkError.answer(reason: "a stream ended while it was read")
      case .open(let next, let pause):
        if pause > .zero { try await Task.sleep(for: pause) }
        opening = next
      }
    }
  }

  private func open(_ opening: ExecutionMachine.Opening) async throws {
    switch opening {
    case .execute:
      try await session.calls.execute(executeRequest()) { try await self.receive($0) }
    case .reattach(let response):
      try await session.calls.reattach(reattachRequest(after: response)) {
        try await self.receive($0)
      }
    }
  }

  /// Reads a response; what is wrong with it ends the operation.
  private func receive(_ response: Spark_Connect_ExecutePlanResponse) async throws {
    do { try await read(response) } catch {
      fault = error
      throw error
    }
  }

  private func read(_ response: Spark_Connect_ExecutePlanResponse) async throws {
    try session.check(response.sessionID, server: response.serverSideSessionID)
    guard response.operationID == operation else {
      throw SparkError.answer(reason: "it belongs to another operation")
    }
    var isComplete = false
    switch response.responseType {
    case .arrowBatch(let batch):
      if let table = try joiner.take(batch) { try await take(table) }
    case .executionProgress(let state): progress?(SparkProgress(state))
    case .resultComplete: isComplete = true
    case .sqlCommandResult, nil: break
    }
    if case .fail(let error) = machine.take(
      .response(id: response.responseID, isComplete: isComplete)
    ) {
      throw error
    }
  }

  /// Tells the server that nobody will ask any more; a server that is gone has nothing left.
  private func leave(interrupting: Bool) async {
    if interrupting { try? await session.interrupt(operation: operation) }
    var request = session.addressed(Spark_Connect_ReleaseExecuteRequest())
    request.operationID = operation
    request.releaseAll = Spark_Connect_ReleaseExecuteRequest.ReleaseAll()
    try? await session.calls.release(request)
  }

  private func executeRequest() -> Spark_Connect_ExecutePlanRequest {
    var request = session.addressed(Spark_Connect_ExecutePlanRequest())
    request.operationID = operation
    request.plan = plan
    var reattachable = Spark_Connect_ExecutePlanRequest.RequestOption()
    reattachable.reattachOptions.reattachable = true
    var chunked = Spark_Connect_ExecutePlanRequest.RequestOption()
    chunked.resultChunkingOptions.allowArrowBatchChunking = true
    request.requestOptions = [reattachable, chunked]
    return request
  }

  private func reattachRequest(after response: String?) -> Spark_Connect_ReattachExecuteRequest {
    var request = session.addressed(Spark_Connect_ReattachExecuteRequest())
    request.operationID = operation
    if let response { request.lastResponseID = response }
    return request
  }
}

extension SparkProgress {
  init(_ state: Spark_Connect_ExecutePlanResponse.ExecutionProgress) {
    var (completed, tasks): (Int64, Int64) = (0, 0)
    for stage in state.stages {
      completed = completed.addingReportingOverflow(stage.numCompletedTasks).partialValue
      tasks = tasks.addingReportingOverflow(stage.numTasks).partialValue
    }
    self.init(
      completedTasks: completed,
      tasks: tasks,
      runningTasks: state.numInflightTasks,
      completedStages: state.stages.count(where: \.done),
      stages: state.stages.count
    )
  }
}
#endif
