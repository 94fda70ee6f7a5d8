#if Spark
/// One step of a job: a query whose rows are kept, under a name that later queries can use.
public struct SparkStep: Equatable, Sendable {
  /// A name of letters, digits and `_`; later steps read it as a view.
  public let name: String
  /// A query that gives the same rows, in any order, whenever its inputs are the same.
  public let query: String
  /// The steps that the query reads.
  public let inputs: [String]

  /// Makes a step.
  public init(_ name: String, from inputs: [String], _ query: String) {
    self.name = name
    self.query = query
    self.inputs = inputs
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
