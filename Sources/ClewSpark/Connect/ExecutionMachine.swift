#if Spark
/// What to do next while an operation runs on the cluster; it does no I/O.
///
/// The client makes the operation's id, and the server refuses a second execution of the same id: so
/// however often the connection breaks, nothing is run twice. A server that was restarted knows neither
/// session nor operation and says so, which ends the operation.
///
/// > Source: the order of calls of Spark Connect 4: ExecutePlan, then ReattachExecute from the last
/// > response seen whenever a stream ends without `ResultComplete`.
struct ExecutionMachine {
  /// How a stream of responses is had.
  enum Opening: Equatable {
    case execute
    case reattach(after: String?)
  }

  /// What happened.
  enum Event {
    /// A response was read and its rows were taken.
    case response(id: String, isComplete: Bool)
    /// The stream ended as streams do, after that time.
    case ended(after: Duration)
    /// The stream failed, or could not be had.
    case failed(SparkFailure)
  }

  /// What to do.
  enum Action: Equatable {
    case read
    case open(Opening, after: Duration)
    case finish
    case fail(SparkError)
  }

  /// What a server would set as the longest time of a stream is longer.
  private static let shortestStream = Duration.seconds(1)

  private let policy: SparkPolicy
  private let endpoint: String
  private var lastResponse: String?
  private var isComplete = false
  /// Whether the stream at hand brought anything.
  private var hasProgress = false
  private var failures = 0
  private var executions = 1
  private var opening = Opening.execute

  init(policy: SparkPolicy, endpoint: String) {
    self.policy = policy
    self.endpoint = endpoint
  }

  /// How it begins.
  static let beginning = Opening.execute

  /// Takes an event and says what to do.
  mutating func take(_ event: Event) -> Action {
    switch event {
    case .response(let id, let isComplete):
      guard !id.isEmpty else { return .fail(.answer(reason: "a response without an id")) }
      lastResponse = id
      hasProgress = true
      failures = 0
      self.isComplete = self.isComplete || isComplete
      return .read
    case .ended(let duration):
      if isComplete { return .finish }
      // The server ends a stream after some time, also when the operation had nothing to say; only a
      // stream that ends at once without a word is a fault.
      guard hasProgress || duration >= Self.shortestStream else {
        return again(.reattach(after: lastResponse), "an empty stream")
      }
      return open(.reattach(after: lastResponse), after: .zero)
    case .failed(let failure): return isComplete ? .finish : recover(from: failure)
    }
  }

  private mutating func recover(from failure: SparkFailure) -> Action {
    switch failure {
    case .unavailable(let reason): return again(.reattach(after: lastResponse), reason)
    case .operationNotFound:
      // The request never arrived, or an answer was seen and the operation is gone since.
      guard lastResponse == nil else {
        return .fail(.sessionLost(text: "the operation is gone"))
      }
      guard opening != .execute else { return .fail(.answer(reason: "an operation not found")) }
      executions += 1
      return again(.execute, "the operation never arrived")
    case .operationExists:
      guard executions > 1 else {
        return .fail(.answer(reason: "the operation's id is already taken"))
      }
      return open(.reattach(after: lastResponse), after: .zero)
    case .final(let error): return .fail(error)
    }
  }

  private mutating func again(_ opening: Opening, _ reason: String) -> Action {
    failures += 1
    guard failures <= policy.retries else {
      return .fail(.unreachable(endpoint: endpoint, reason: reason))
    }
    return open(opening, after: policy.pause(before: failures))
  }

  private mutating func open(_ opening: Opening, after pause: Duration) -> Action {
    self.opening = opening
    hasProgress = false
    return .open(opening, after: pause)
  }
}
#endif
