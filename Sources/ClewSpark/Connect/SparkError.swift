#if Spark
public import ArrowFormat

/// What can go wrong between Clew and a Spark cluster.
///
/// The one-line description names places and Spark's error class, never evidence: Spark's own text can
/// quote cells and is kept apart, in ``explanation``.
public enum SparkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// An endpoint that cannot be, or may not be spoken to.
  case endpoint(reason: String)
  /// Nothing answers there.
  case unreachable(endpoint: String, reason: String)
  /// The server does not accept the token, or wants one.
  case unauthenticated(endpoint: String)
  /// Spark refuses or fails: its error class such as `TABLE_OR_VIEW_NOT_FOUND`, its SQLSTATE, its text.
  case failed(errorClass: String, sqlState: String?, text: String)
  /// The work was interrupted on the cluster.
  case interrupted
  /// The server no longer knows the session, with all its views: it was restarted, or time ran out.
  case sessionLost(text: String)
  /// The server's answer breaks the protocol, or lacks a part.
  case answer(reason: String)
  /// The rows that came cannot be read, or those to be sent not be written.
  case rows(ArrowError)
  /// The cluster cannot write: a disk or a quota is full, or it may not write there.
  case unwritable(text: String)
  /// A job that cannot be, or whose parts do not fit together.
  case job(reason: String)
  /// What is to be sent is larger than a message may be.
  case tooLarge(bytes: Int, limit: Int)

  /// One line: what, and what to do.
  public var description: String {
    switch self {
    case .endpoint(let reason): "Spark: \(reason)"
    case .unreachable(let endpoint, let reason):
      "Spark: \(endpoint) does not answer: \(reason); is the cluster running?"
    case .unauthenticated(let endpoint):
      "Spark: \(endpoint) does not accept the token; give the one with which it was started"
    case .failed(let errorClass, let sqlState, _):
      "Spark: the cluster reports \(errorClass)\(sqlState.map { " (SQLSTATE \($0))" } ?? "")"
    case .interrupted: "Spark: the work was interrupted on the cluster"
    case .sessionLost:
      "Spark: the server lost the session, since it was restarted or time ran out; run again"
    case .answer(let reason): "Spark: the server's answer cannot be used: \(reason)"
    case .rows(let error): "Spark: \(error)"
    case .unwritable:
      "Spark: the cluster cannot write; its disk is full, or it may not write in that folder"
    case .job(let reason): "Spark: \(reason)"
    case .tooLarge(let bytes, let limit):
      "Spark: \(bytes) bytes in one message, \(limit) at most; send them in parts"
    }
  }

  /// Spark's own text, which can quote SQL and cells of evidence; for an explicit switch only.
  public var explanation: String? {
    switch self {
    case .failed(_, _, let text), .sessionLost(let text), .unwritable(let text): text
    case .unreachable(_, let reason), .answer(let reason): reason
    default: nil
    }
  }
}
#endif
