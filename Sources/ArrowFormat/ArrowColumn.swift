/// The values of a column, in row order; the value of a null is zero or empty.
public enum ArrowValues: Equatable, Sendable {
  /// So many nulls.
  case null(count: Int)
  /// True or false.
  case boolean([Bool])
  /// Whole numbers of 8 bits.
  case int8([Int8])
  /// Whole numbers of 16 bits.
  case int16([Int16])
  /// Whole numbers of 32 bits.
  case int32([Int32])
  /// Whole numbers of 64 bits.
  case int64([Int64])
  /// IEEE 754 numbers of 32 bits.
  case float([Float])
  /// IEEE 754 numbers of 64 bits.
  case double([Double])
  /// UTF-8 text.
  case text([String])
  /// Bytes.
  case binary([[UInt8]])
  /// Unscaled decimal numbers; the field's type has the scale.
  case decimal([Int128])
  /// Days since 1970-01-01.
  case date([Int32])
  /// Microseconds since 1970-01-01T00:00:00.
  case timestamp([Int64])

  /// How many rows there are.
  public var count: Int {
    switch self {
    case .null(let count): count
    case .boolean(let values): values.count
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values), .date(let values): values.count
    case .int64(let values), .timestamp(let values): values.count
    case .float(let values): values.count
    case .double(let values): values.count
    case .text(let values): values.count
    case .binary(let values): values.count
    case .decimal(let values): values.count
    }
  }

  /// Whether the values are such as the type announces.
  func fits(_ type: ArrowType) -> Bool {
    switch (self, type) {
    case (.null, .null), (.boolean, .boolean), (.int8, .int8), (.int16, .int16), (.int32, .int32),
      (.int64, .int64), (.float, .float), (.double, .double), (.text, .text), (.binary, .binary),
      (.decimal, .decimal), (.date, .date), (.timestamp, .timestamp):
      true
    default: false
    }
  }
}

/// A column: its values, and which of them are null.
public struct ArrowColumn: Equatable, Sendable {
  /// The values, in row order.
  public let values: ArrowValues
  /// Whether a row is null, for each row.
  ///
  /// Empty when none is; a column of type null needs none.
  public private(set) var nulls: [Bool]

  /// Makes a column.
  ///
  /// - Parameters:
  ///   - values: The values, in row order; any value may stand where `nulls` is true.
  ///   - nulls: One for each row, or empty when no row is null.
  /// - Throws: ``ArrowError/mismatch(what:)`` when `nulls` has another length.
  public init(_ values: ArrowValues, nulls: [Bool] = []) throws(ArrowError) {
    guard nulls.isEmpty || nulls.count == values.count else {
      throw .mismatch(what: "\(values.count) values with \(nulls.count) marks of null")
    }
    self.values = values
    self.nulls = nulls.contains(true) ? nulls : []
  }

  /// How many rows there are.
  public var count: Int { values.count }

  /// Whether a row is null; a row beyond the last is.
  public func isNull(_ row: Int) -> Bool {
    if case .null = values { return true }
    if row < 0 || row >= count { return true }
    return nulls.isEmpty ? false : nulls[row]
  }

  /// The rows of several columns of one type, one after the other.
  init(joining columns: [ArrowColumn], as type: ArrowType) throws(ArrowError) {
    switch type {
    case .null:
      var sum = 0
      for column in columns {
        guard case .null = column.values, !sum.addingReportingOverflow(column.count).overflow else {
          throw .mismatch(what: "more rows than can be counted")
        }
        sum += column.count
      }
      values = .null(count: sum)
    case .boolean:
      values = .boolean(try Self.join(columns) { if case .boolean(let v) = $0 { v } else { nil } })
    case .int8:
      values = .int8(try Self.join(columns) { if case .int8(let v) = $0 { v } else { nil } })
    case .int16:
      values = .int16(try Self.join(columns) { if case .int16(let v) = $0 { v } else { nil } })
    case .int32:
      values = .int32(try Self.join(columns) { if case .int32(let v) = $0 { v } else { nil } })
    case .int64:
      values = .int64(try Self.join(columns) { if case .int64(let v) = $0 { v } else { nil } })
    case .float:
      values = .float(try Self.join(columns) { if case .float(let v) = $0 { v } else { nil } })
    case .double:
      values = .double(try Self.join(columns) { if case .double(let v) = $0 { v } else { nil } })
    case .text:
      values = .text(try Self.join(columns) { if case .text(let v) = $0 { v } else { nil } })
    case .binary:
      values = .binary(try Self.join(columns) { if case .binary(let v) = $0 { v } else { nil } })
    case .decimal:
      values = .decimal(try Self.join(columns) { if case .decimal(let v) = $0 { v } else { nil } })
    case .date:
      values = .date(try Self.join(columns) { if case .date(let v) = $0 { v } else { nil } })
    case .timestamp:
      values = .timestamp(
        try Self.join(columns) { if case .timestamp(let v) = $0 { v } else { nil } }
      )
    }
    nulls = []
    guard columns.contains(where: { !$0.nulls.isEmpty }) else { return }
    nulls.reserveCapacity(values.count)
    for column in columns {
      nulls += column.nulls.isEmpty ? [Bool](repeating: false, count: column.count) : column.nulls
    }
  }

  private static func join<T>(
    _ columns: [ArrowColumn],
    _ pick: (ArrowValues) -> [T]?
  ) throws(ArrowError) -> [T] {
    if columns.count == 1, let only = pick(columns[0].values) { return only }
    var all: [T] = []
    all.reserveCapacity(columns.reduce(0) { $0 + $1.count })
    for column in columns {
      guard let part = pick(column.values) else {
        throw .mismatch(what: "a column changes its type from one batch to the next")
      }
      all += part
    }
    return all
  }
}
