/// Why a row is refused; the reason names the column, never its content.
package struct RowFault: Error {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }

  /// A cell that does not hold what its column promises.
  package static func cell(_ column: String, expected: String) -> RowFault {
    RowFault("column \"\(column)\" holds no \(expected)")
  }
}
