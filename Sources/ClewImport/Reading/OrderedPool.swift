import Foundation

/// Works on the pieces of a stream with all processors, and gives the results back in the order of the
/// pieces.
///
/// One thread adds pieces and takes results; so many pieces at most are under way that memory stays
/// flat. Which thread worked on a piece, and when, cannot be seen in the results.
///
/// `@unchecked`: everything that changes is under `condition`; a piece and its result belong to one
/// thread at a time.
final class OrderedPool<Piece, Outcome>: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [(number: Int, piece: Piece)] = []
  private var finished: [Int: Outcome] = [:]
  private var added = 0
  private var taken = 0
  private var isStopped = false
  private let limit: Int

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - workers: How many threads work.
  ///   - makeWork: Called once on each thread: makes what turns a piece into its result, with
  ///     whatever the thread wants to remember from piece to piece.
  init(
    workers: Int = ProcessInfo.processInfo.activeProcessorCount,
    makeWork: @escaping @Sendable () -> (Piece) -> Outcome
  ) {
    let workers = max(1, workers)
    limit = 2 * workers + 1
    for _ in 0..<workers {
      let thread = Thread { [self] in work(makeWork()) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Adds a piece; waits for the oldest result when too many are under way.
  ///
  /// - Parameters:
  ///   - piece: What to work on.
  ///   - take: Takes results that are ready, in order.
  func add(_ piece: Piece, _ take: (Outcome) throws -> Void) rethrows {
    condition.lock()
    waiting.append((added, piece))
    added += 1
    condition.broadcast()
    condition.unlock()
    while let outcome = next(waits: added - taken >= limit) { try take(outcome) }
  }

  /// Waits for all results.
  func finish(_ take: (Outcome) throws -> Void) rethrows {
    while let outcome = next(waits: true) { try take(outcome) }
  }

  /// Ends the threads; pieces that nobody worked on yet are forgotten.
  func stop() {
    condition.lock()
    isStopped = true
    waiting = []
    condition.broadcast()
    condition.unlock()
  }

  /// The result of the oldest piece; `nil` when there is none under way, or none ready and no
  /// waiting.
  private func next(waits: Bool) -> Outcome? {
    condition.lock()
    defer { condition.unlock() }
    guard taken < added else { return nil }
    while finished[taken] == nil {
      guard waits else { return nil }
      condition.wait()
    }
    defer { taken += 1 }
    return finished.removeValue(forKey: taken)
  }

  private func work(_ body: (Piece) -> Outcome) {
    while true {
      condition.lock()
      while waiting.isEmpty, !isStopped { condition.wait() }
      guard !isStopped else { return condition.unlock() }
      let (number, piece) = waiting.removeFirst()
      condition.unlock()
      let outcome = body(piece)
      condition.lock()
      finished[number] = outcome
      condition.broadcast()
      condition.unlock()
    }
  }
}
