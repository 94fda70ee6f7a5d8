#if Spark
public import ArrowFormat
internal import SparkConnectProtocol

extension SparkSession {
  /// The columns that a query would give.
  ///
  /// Not repeated when the connection breaks: Spark runs some statements while it looks at them.
  ///
  /// - Throws: ``SparkError``; ``SparkError/answer(reason:)`` for columns of a type that is not read.
  public func columns(
    of query: String,
    arguments: [String: SparkValue] = [:]
  ) async throws -> [ArrowField] {
    var request = Spark_Connect_AnalyzePlanRequest()
    request.schema.plan = .query(query, arguments: arguments)
    let answer = try await analyze(request)
    guard case .schema(let schema)? = answer.result else {
      throw SparkError.answer(reason: "no columns")
    }
    return try schema.schema.struct.fields.map { field in
      guard let type = ArrowType(field.dataType) else {
        throw SparkError.answer(reason: "a column of a type that is not read")
      }
      return ArrowField(field.name, type, isNullable: field.nullable)
    }
  }

  /// How Spark would work out a query, as it tells people.
  ///
  /// - Throws: ``SparkError``.
  public func explanation(of query: String) async throws -> String {
    var request = Spark_Connect_AnalyzePlanRequest()
    request.explain.plan = .query(query)
    request.explain.explainMode = .formatted
    let answer = try await analyze(request)
    guard case .explain(let explain)? = answer.result else {
      throw SparkError.answer(reason: "no plan")
    }
    return explain.explainString
  }

  /// The version of Spark, such as `4.3.0`.
  ///
  /// - Throws: ``SparkError``.
  public func version() async throws -> String {
    var request = Spark_Connect_AnalyzePlanRequest()
    request.sparkVersion = Spark_Connect_AnalyzePlanRequest.SparkVersion()
    let answer = try await analyze(request)
    guard case .sparkVersion(let version)? = answer.result else {
      throw SparkError.answer(reason: "no version")
    }
    return version.version
  }

  private func analyze(
    _ request: Spark_Connect_AnalyzePlanRequest
  ) async throws -> Spark_Connect_AnalyzePlanResponse {
    do {
      let answer = try await calls.analyze(addressed(request))
      try check(answer.sessionID, server: answer.serverSideSessionID)
      return answer
    } catch {
      try Task.checkCancellation()
      switch SparkFailure(error, endpoint: endpoint) {
      case .final(let error): throw error
      case .unavailable(let reason):
        throw SparkError.unreachable(endpoint: endpoint, reason: reason)
      case .operationExists, .operationNotFound:
        throw SparkError.answer(reason: "an operation that was not asked for")
      }
    }
  }
}

extension Spark_Connect_Plan {
  /// A query in SQL, with its named arguments.
  static func query(_ text: String, arguments: [String: SparkValue] = [:]) -> Self {
    var plan = Spark_Connect_Plan()
    plan.root = .query(text, arguments: arguments)
    return plan
  }
}

extension Spark_Connect_Relation {
  static func query(_ text: String, arguments: [String: SparkValue] = [:]) -> Self {
    var relation = Spark_Connect_Relation()
    relation.sql.query = text
    relation.sql.namedArguments = arguments.mapValues(\.expression)
    return relation
  }
}

extension ArrowType {
  /// The type in which Spark sends values of one of its own, or nil where it is not read.
  init?(_ type: Spark_Connect_DataType) {
    switch type.kind {
    case .null: self = .null
    case .boolean: self = .boolean
    case .byte: self = .int8
    case .short: self = .int16
    case .integer: self = .int32
    case .long: self = .int64
    case .float: self = .float
    case .double: self = .double
    case .string: self = .text
    case .binary: self = .binary
    case .decimal(let decimal): self = .decimal(precision: decimal.precision, scale: decimal.scale)
    case .date: self = .date
    case .timestamp: self = .timestamp(zone: "UTC")
    case .timestampNtz: self = .timestamp(zone: nil)
    case .struct, nil: return nil
    }
  }
}
#endif
