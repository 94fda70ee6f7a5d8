#if Spark
/// How far an operation is on the cluster.
public struct SparkProgress: Equatable, Sendable {
  /// How many tasks are done, of all stages known so far.
  public let completedTasks: Int64
  /// How many tasks there are, of all stages known so far; it can grow.
  public let tasks: Int64
  /// How many run now.
  public let runningTasks: Int64
}
#endif
