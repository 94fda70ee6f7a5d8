/// What a column's values are.
public enum ArrowType: Equatable, Sendable {
  /// A column of nothing but nulls.
  case null
  /// True or false.
  case boolean
  /// Whole numbers with a sign, of so many bits.
  case int8, int16, int32, int64
  /// IEEE 754 numbers of 32 and 64 bits.
  case float, double
  /// UTF-8 text.
  case text
  /// Bytes.
  case binary
  /// Decimal numbers: a whole number of 128 bits times ten to the power of minus `scale`.
  case decimal(precision: Int32, scale: Int32)
  /// Days since 1970-01-01.
  case date
  /// Microseconds since 1970-01-01T00:00:00, in UTC where a `zone` is named, else by an unnamed clock.
  case timestamp(zone: String?)
}

/// The name and type of a column.
public struct ArrowField: Equatable, Sendable {
  /// The column's name; need not be unique.
  public let name: String
  /// What its values are.
  public let type: ArrowType
  /// Whether a null may stand in it.
  public let isNullable: Bool

  /// Describes a column.
  public init(_ name: String, _ type: ArrowType, isNullable: Bool = true) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
  }
}
