/// Columns of equal length with their names and types.
public struct ArrowTable: Equatable, Sendable {
  /// The columns' names and types.
  public let fields: [ArrowField]
  /// The columns, in the order of the fields.
  public let columns: [ArrowColumn]
  /// How many rows there are.
  public let rowCount: Int

  /// Makes a table.
  ///
  /// - Throws: ``ArrowError/mismatch(what:)`` when a column is missing, too long, too short or of another
  ///   type than its field.
  public init(fields: [ArrowField], columns: [ArrowColumn]) throws(ArrowError) {
    try self.init(fields: fields, columns: columns, rowCount: columns.first?.count ?? 0)
  }

  init(fields: [ArrowField], columns: [ArrowColumn], rowCount: Int) throws(ArrowError) {
    guard fields.count == columns.count else {
      throw .mismatch(what: "\(fields.count) fields with \(columns.count) columns")
    }
    for (number, (field, column)) in zip(fields, columns).enumerated() {
      guard column.values.fits(field.type) else {
        throw .mismatch(what: "column \(number + 1) holds other values than its type says")
      }
      guard column.count == rowCount else {
        throw .mismatch(
          what: "column \(number + 1) has \(column.count) rows, the table \(rowCount)"
        )
      }
    }
    self.fields = fields
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The first column of that name.
  public func column(_ name: String) -> ArrowColumn? {
    fields.firstIndex { $0.name == name }.map { columns[$0] }
  }

  /// The rows of several tables with the same columns, one table after the other.
  ///
  /// - Throws: ``ArrowError/mismatch(what:)`` when there is no table, or when names or types differ.
  public init(joining tables: [ArrowTable]) throws(ArrowError) {
    guard let first = tables.first else { throw .mismatch(what: "no table, no columns") }
    var rows = 0
    for table in tables {
      guard table.fields.count == first.fields.count,
        zip(table.fields, first.fields).allSatisfy({ $0.name == $1.name && $0.type == $1.type })
      else { throw .mismatch(what: "the columns of one batch differ from those of the next") }
      let (sum, overflow) = rows.addingReportingOverflow(table.rowCount)
      if overflow { throw .mismatch(what: "more rows than can be counted") }
      rows = sum
    }
    var columns: [ArrowColumn] = []
    for (number, field) in first.fields.enumerated() {
      columns.append(try ArrowColumn(joining: tables.map { $0.columns[number] }, as: field.type))
    }
    try self.init(fields: first.fields, columns: columns, rowCount: rows)
  }
}
