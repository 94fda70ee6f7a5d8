#if Spark
internal import ArrowFormat

/// Which columns of a table are the ends of an edge and its weight, by the names that `EdgeListReader` knows.
struct EdgeColumns: Equatable, Sendable {
  let source: ArrowField
  let target: ArrowField
  let weight: ArrowField?

  /// - Throws: ``SparkError/job(reason:)`` when an end is missing, or a column is of a type that is no name or
  ///   no weight.
  init(_ columns: [ArrowField], of path: String) throws(SparkError) {
    func column(_ names: Set<String>) -> ArrowField? {
      columns.first { names.contains($0.name.lowercased()) }
    }
    guard let source = column(["source", "from", "src"]),
      let target = column(["target", "to", "dst", "dest"])
    else {
      throw .job(reason: "\(path) has no columns source and target, or from and to")
    }
    weight = column(["weight", "count", "value"])
    (self.source, self.target) = (source, target)
    for end in [source, target] where !Self.isName(end.type) {
      throw .job(reason: "\(path): \"\(end.name)\" has to be a text or a whole number")
    }
    if let weight, !Self.isName(weight.type) {
      throw .job(reason: "\(path): \"\(weight.name)\" has to be a whole number")
    }
  }

  private static func isName(_ type: ArrowType) -> Bool {
    switch type {
    case .text, .int8, .int16, .int32, .int64: true
    default: false
    }
  }

  /// Whether the ends are columns of whole numbers, and no texts.
  var areNumbers: Bool { source.type != .text && target.type != .text }

  /// The rows `a`, `b`, `w` of a view: names without space around them, or numbers, and weights; one
  /// that is not given is 1.
  ///
  /// A weight that is no whole number is -1.
  func rows(of view: String, readsWeights: Bool) -> String {
    var share = "1L"
    if readsWeights, let weight {
      let text = Self.name(weight)
      share =
        "IF(coalesce(\(text), '') = '', 1L, "
        + "coalesce(IF(\(text) RLIKE '^[0-9]+$', try_cast(\(text) AS BIGINT), NULL), -1L))"
    }
    return "SELECT \(end(source)) AS a, \(end(target)) AS b, \(share) AS w FROM \(view)"
  }

  /// A column of names, or of numbers where both are.
  private func end(_ column: ArrowField) -> String {
    areNumbers ? "CAST(`\(column.name)` AS BIGINT)" : Self.name(column)
  }

  private static func name(_ column: ArrowField) -> String {
    "trim(BOTH ' \\t' FROM CAST(`\(column.name)` AS STRING))"
  }
}
#endif
