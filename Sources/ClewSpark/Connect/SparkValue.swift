#if Spark
internal import SparkConnectProtocol

/// A value that goes into a query by name, so that no text of a case ever becomes SQL.
public enum SparkValue: Equatable, Sendable {
  /// True or false.
  case boolean(Bool)
  /// A whole number.
  case number(Int64)
  /// A floating number.
  case double(Double)
  /// A text.
  case text(String)

  var expression: Spark_Connect_Expression {
    var expression = Spark_Connect_Expression()
    switch self {
    case .boolean(let value): expression.literal.boolean = value
    case .number(let value): expression.literal.long = value
    case .double(let value): expression.literal.double = value
    case .text(let value): expression.literal.string = value
    }
    return expression
  }
}
#endif
