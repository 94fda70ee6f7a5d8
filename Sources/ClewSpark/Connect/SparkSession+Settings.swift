#if Spark
internal import SparkConnectProtocol

extension SparkSession {
  /// The value of a setting of this session, or nil where it has none.
  ///
  /// - Throws: ``SparkError``.
  public func setting(_ key: String) async throws -> String? {
    var request = Spark_Connect_ConfigRequest()
    request.operation.getOption.keys = [key]
    let pairs = try await config(request, timeout: policy.callTimeout)
    guard let pair = pairs.first(where: { $0.key == key }), pair.hasValue else { return nil }
    return pair.value
  }

  /// Changes a setting of this session; nil takes it back to the server's.
  ///
  /// - Throws: ``SparkError``, also for a setting that the server fixed when it started.
  public func set(_ key: String, to value: String?) async throws {
    var request = Spark_Connect_ConfigRequest()
    if let value {
      var pair = Spark_Connect_KeyValue()
      pair.key = key
      pair.value = value
      request.operation.set.pairs = [pair]
    } else {
      request.operation.unset.keys = [key]
    }
    _ = try await config(request, timeout: policy.callTimeout)
  }

  /// Interrupts everything that runs in this session.
  ///
  /// - Returns: The ids of the operations that were interrupted.
  /// - Throws: ``SparkError``.
  @discardableResult
  public func interruptAll() async throws -> [String] {
    var request = Spark_Connect_InterruptRequest()
    request.interruptType = .all
    return try await interrupt(request)
  }

  /// Interrupts one operation.
  func interrupt(operation: String) async throws {
    var request = Spark_Connect_InterruptRequest()
    request.interruptType = .operationID
    request.operationID = operation
    _ = try await interrupt(request)
  }

  private func interrupt(_ request: Spark_Connect_InterruptRequest) async throws -> [String] {
    let request = addressed(request)
    let answer = try await repeating { try await calls.interrupt(request) }
    try check(answer.sessionID, server: answer.serverSideSessionID)
    return answer.interruptedIds
  }

  func config(
    _ request: Spark_Connect_ConfigRequest,
    timeout: Duration
  ) async throws -> [Spark_Connect_KeyValue] {
    let request = addressed(request)
    let answer = try await repeating { try await calls.config(request, timeout: timeout) }
    try check(answer.sessionID, server: answer.serverSideSessionID)
    return answer.pairs
  }
}
#endif
