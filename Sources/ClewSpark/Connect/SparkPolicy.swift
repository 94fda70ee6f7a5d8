#if Spark
/// How long the client waits, how often it tries again, and how large a message may be.
public struct SparkPolicy: Equatable, Sendable {
  /// The largest message in either direction, in bytes; Spark's own limit is the same.
  public var messageBytes = 128 << 20
  /// How long the first call of a session may take, connecting included.
  public var connectTimeout: Duration = .seconds(20)
  /// How long a single call may take: settings, schemas, plans, interrupts.
  public var callTimeout: Duration = .seconds(120)
  /// How long a connection may be silent before the client asks whether it lives; Spark's server takes
  /// it amiss when it is asked more often than every five minutes.
  public var silence: Duration = .seconds(360)
  /// How often in a row a call is tried again when nothing comes.
  public var retries = 5
  /// The pause before the first repetition; each further one is twice as long.
  public var firstPause: Duration = .milliseconds(200)
  /// The longest pause.
  public var longestPause: Duration = .seconds(5)

  /// The usual policy.
  public init() {}

  /// The pause before the repetition of that number, from 1 on.
  func pause(before repetition: Int) -> Duration {
    var pause = firstPause
    for _ in 1..<max(1, min(repetition, 32)) where pause < longestPause { pause *= 2 }
    return min(pause, longestPause)
  }
}
#endif
