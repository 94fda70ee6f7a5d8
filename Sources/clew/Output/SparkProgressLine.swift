#if Spark
internal import ClewSpark
internal import Synchronization

/// Says on a terminal how far the cluster is, and remembers what stays behind.
final class SparkProgressLine: Sendable {
  private struct State {
    var place: JobPlace?
    var step = ""
    var began = ContinuousClock.now
    var hasRefused = false
  }
  private let state = Mutex(State())

  /// What to add to the line of an error: where the steps stay, and what to do.
  var leftovers: String {
    guard let place = state.withLock({ $0.place }) else { return "" }
    return "; steps that are whole stay in \(place.path), --resume goes on with them"
  }

  /// Whether rows of tables were refused.
  var hasRefused: Bool { state.withLock { $0.hasRefused } }

  func tell(_ news: SparkJobNews) {
    switch news {
    case .begun(let place): state.withLock { $0.place = place }
    case .refused(let table, let rows, let reason):
      state.withLock { $0.hasRefused = true }
      Terminal.say("clew: \(table): \(rows) rows refused: \(reason)")
    case .sent(let step, let rows): Terminal.progress("clew: \(step): \(rows) rows sent")
    case .working(let step, let progress): tell(step, progress)
    case .whole(let outcome):
      let rest = outcome.isTaken ? ", from an earlier run" : ""
      Terminal.progress("clew: \(outcome.name): \(outcome.rows) rows\(rest)")
    case .discarded(let step):
      Terminal.say(
        "clew: what an earlier run left of the step \(step) is not whole; it is run anew"
      )
    }
  }

  private func tell(_ step: String, _ progress: SparkProgress) {
    guard progress.tasks > 0 else { return }
    let now = ContinuousClock.now
    let began = state.withLock { state in
      if state.step != step { (state.step, state.began) = (step, now) }
      return state.began
    }
    var line = "clew: \(step): stage \(min(progress.completedStages + 1, progress.stages))"
    line += " of \(progress.stages), \(progress.completedTasks) of \(progress.tasks) tasks"
    let (done, all) = (progress.completedTasks, progress.tasks)
    if done > 0, all > done {
      // As fast as so far; more stages can follow.
      let seconds = (now - began).components.seconds
      let (product, overflow) = seconds.multipliedReportingOverflow(by: all - done)
      if !overflow { line += ", about \(product / done) s left" }
    }
    Terminal.progress(line)
  }
}
#endif
