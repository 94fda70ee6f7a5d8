#if Spark
public import ArrowFormat
internal import Foundation
internal import SparkConnectProtocol

extension SparkSession {
  /// Runs a query and hands out its rows batch by batch, in order.
  ///
  /// - Parameters:
  ///   - query: A query in SQL; a name with a colon before it stands for the argument of that name.
  ///   - arguments: The arguments by name.
  ///   - progress: Is told how far the cluster is.
  ///   - take: Gets each batch; one of no rows when there are none.
  /// - Throws: ``SparkError``, `CancellationError`, or what `take` throws, which ends the operation.
  public func rows(
    _ query: String,
    arguments: [String: SparkValue] = [:],
    progress: (@Sendable (SparkProgress) -> Void)? = nil,
    _ take: @escaping @Sendable (ArrowTable) async throws -> Void
  ) async throws {
    let execution = Execution(
      session: self,
      plan: .query(query, arguments: arguments),
      progress: progress,
      take: take
    )
    try await execution.run()
  }

  /// Runs a query and gives all its rows as one table.
  ///
  /// - Throws: ``SparkError`` or `CancellationError`.
  public func table(
    _ query: String,
    arguments: [String: SparkValue] = [:],
    progress: (@Sendable (SparkProgress) -> Void)? = nil
  ) async throws -> ArrowTable {
    let all = BatchList()
    try await rows(query, arguments: arguments, progress: progress) { await all.add($0) }
    let batches = await all.batches
    guard !batches.isEmpty else { throw SparkError.answer(reason: "a result without columns") }
    do { return try ArrowTable(joining: batches) } catch { throw SparkError.rows(error) }
  }

  /// Runs a statement that changes something, such as a view, a table or a setting.
  ///
  /// It is never run twice, however often the connection breaks.
  ///
  /// - Throws: ``SparkError`` or `CancellationError`.
  public func command(
    _ statement: String,
    arguments: [String: SparkValue] = [:],
    progress: (@Sendable (SparkProgress) -> Void)? = nil
  ) async throws {
    var plan = Spark_Connect_Plan()
    plan.command.sqlCommand.input = .query(statement, arguments: arguments)
    try await Execution(session: self, plan: plan, progress: progress) { _ in }.run()
  }

  /// Sends a table to the cluster, where the session knows it as a temporary view.
  ///
  /// - Throws: ``SparkError/tooLarge(bytes:limit:)`` when it does not fit into one message, and the
  ///   others.
  public func upload(_ table: ArrowTable, as view: String) async throws {
    let bytes: [UInt8]
    do { bytes = try ArrowStream.bytes(table) } catch { throw SparkError.rows(error) }
    // Some room is left for what stands around the rows.
    let limit = policy.messageBytes - 65_536
    guard bytes.count <= limit else { throw SparkError.tooLarge(bytes: bytes.count, limit: limit) }
    var plan = Spark_Connect_Plan()
    plan.command.createDataframeView.input.localRelation.data = Data(bytes)
    plan.command.createDataframeView.name = view
    plan.command.createDataframeView.replace = true
    try await Execution(session: self, plan: plan, progress: nil) { _ in }.run()
  }
}

/// The batches of a result, in order.
private actor BatchList {
  private(set) var batches: [ArrowTable] = []

  func add(_ batch: ArrowTable) { batches.append(batch) }
}
#endif
