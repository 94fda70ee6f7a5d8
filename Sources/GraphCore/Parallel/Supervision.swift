import Synchronization

/// How a caller follows a long computation, and calls it off.
///
/// Whatever runs within the closure sees it, on any thread; answers are the same with it or without.
///
/// ```swift
/// let watch = Supervision(isCancelled: { stop.load(ordering: .relaxed) })
/// try Supervision.$current.withValue(watch) { try graph.betweenness() }
/// ```
///
/// Computations of several rounds or many searches ask once for each round, batch or chunk, and throw
/// ``GraphError/cancelled``: betweenness, closeness, PageRank in both kinds, HITS, label spreading,
/// Leiden and key players. A search, a count of triangles or a set of components is over before it could
/// be called off.
public struct Supervision: Sendable {
  /// Says whether the work is to end; asked from several threads.
  public var isCancelled: (@Sendable () -> Bool)?
  /// Told how many of how many steps are done, from several threads and not always in order; where the
  /// number of rounds is not known, how many there are at most.
  public var progress: (@Sendable (_ completed: Int, _ total: Int) -> Void)?

  /// Chooses what to watch.
  ///
  /// - Parameters:
  ///   - isCancelled: Says whether the work is to end.
  ///   - progress: Told how much is done.
  public init(
    isCancelled: (@Sendable () -> Bool)? = nil,
    progress: (@Sendable (_ completed: Int, _ total: Int) -> Void)? = nil
  ) {
    self.isCancelled = isCancelled
    self.progress = progress
  }

  /// What watches the work of the current task.
  @TaskLocal public static var current: Supervision?

  /// Reports a step, and throws where the work is called off.
  func report(_ completed: Int, of total: Int) throws(GraphError) {
    if isCancelled?() == true { throw .cancelled }
    progress?(completed, total)
  }
}

/// Counts the chunks that workers have done, and tells them when to stop.
///
/// Task-local values do not reach the threads of a parallel loop, so that it takes the watch along.
final class SupervisedChunks: Sendable {
  private let watch = Supervision.current
  private let total: Int
  private let done = Atomic<Int>(0)
  private let isOff = Atomic<Bool>(false)

  init(total: Int) {
    self.total = total
  }

  /// Whether the work is called off; a chunk that finds it so leaves its part empty.
  var isCancelled: Bool {
    guard let asked = watch?.isCancelled else { return false }
    if isOff.load(ordering: .relaxed) { return true }
    guard asked() else { return false }
    isOff.store(true, ordering: .relaxed)
    return true
  }

  /// Counts a chunk.
  func finish() {
    guard let progress = watch?.progress else { return }
    progress(done.add(1, ordering: .relaxed).newValue, total)
  }

  /// Throws where the work was called off.
  func check() throws(GraphError) {
    if isOff.load(ordering: .relaxed) { throw .cancelled }
  }
}
