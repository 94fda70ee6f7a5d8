#if Spark
/// How the rows of a step lie on storage, and what is added up of them.
struct StepLayout: Equatable, Sendable {
  /// Rows as they come.
  static let plain = StepLayout(column: nil, parts: 0, summed: nil)

  /// The column by which they lie apart.
  let column: String?
  /// In how many parts they do.
  let parts: Int
  /// The column that is added up.
  let summed: String?

  /// What SQL says of it; nil for rows as they come.
  var clause: String? { column.map { "CLUSTERED BY (`\($0)`) INTO \(parts) BUCKETS" } }

  /// What a step's key says of it: parts of another number, read as these, would be joined wrongly.
  var text: String { (clause.map { " " + $0 } ?? "") + (summed.map { " SUM `\($0)`" } ?? "") }
}
#endif
