#if Spark
/// One step of a job: a query whose rows are kept, under a name that later queries can use.
public struct SparkStep: Equatable, Sendable {
  /// A name of letters, digits and `_`; later steps read it as a view.
  public let name: String
  /// A query that gives the same rows, in any order, whenever its inputs are the same.
  public let query: String
  /// The steps that the query reads.
  public let inputs: [String]
  /// A column of whole numbers by which the rows lie apart, each of its values in one part; nil where they lie as
  /// they come.
  ///
  /// Two steps that lie apart by the columns on which they are joined are joined where they lie.
  public let column: String?
  /// A column of whole numbers that is added up.
  public let summed: String?

  /// Makes a step.
  public init(
    _ name: String,
    from inputs: [String],
    by column: String? = nil,
    summing summed: String? = nil,
    _ query: String
  ) {
    self.name = name
    self.query = query
    self.inputs = inputs
    self.column = column
    self.summed = summed
  }
}

/// What became of a step.
public struct SparkStepOutcome: Equatable, Sendable {
  /// The step.
  public let name: String
  /// How many rows it has.
  public let rows: Int64
  /// The sum of the rows' hashes: equal for equal rows in any order.
  public let checksum: String
  /// The sum of the column that is added up; nil where none is.
  public let sum: Int64?
  /// Whether an earlier run had left it whole.
  public let isTaken: Bool
}

/// What a job says while it works.
public enum SparkJobNews: Equatable, Sendable {
  /// The job's folder is ready; from now on something of it can stay there.
  case begun(JobPlace)
  /// A step is worked out, and so far along.
  case working(step: String, SparkProgress)
  /// Rows were sent to the cluster, so many in all.
  case sent(step: String, rows: Int64)
  /// So many rows of a table are no records, and why.
  case refused(table: String, rows: Int64, reason: String)
  /// A step is whole.
  case whole(SparkStepOutcome)
  /// What an earlier run left of a step cannot be used.
  case discarded(step: String)
}
#endif
