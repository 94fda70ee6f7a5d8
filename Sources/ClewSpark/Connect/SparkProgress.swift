#if Spark
/// How far an operation is on the cluster.
public struct SparkProgress: Equatable, Sendable {
  /// How many tasks are done, of all stages known so far.
  public let completedTasks: Int64
  /// How many tasks there are, of all stages known so far; it can grow.
  public let tasks: Int64
  /// How many run now.
  public let runningTasks: Int64
  /// How many stages are done, of those known so far.
  public let completedStages: Int
  /// How many stages are known so far.
  public let stages: Int
}
#endif
