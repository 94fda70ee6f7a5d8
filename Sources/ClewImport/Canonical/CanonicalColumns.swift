internal import ClewEvidence

/// Where the columns of one canonical table stand.
struct CanonicalColumns: Sendable {
  private let places: [Int?]

  init(_ columns: TabularColumns) {
    places = CanonicalColumn.allCases.map { columns.index($0.name) }
  }

  /// The place of a column; `nil` where the table has none.
  func index(_ column: CanonicalColumn) -> Int? { places[column.rawValue] }
}
