import Dispatch
import Foundation
import Synchronization

/// The one thread that Graphviz runs on.
///
/// Graphviz keeps its state in global variables: on two threads it crashes, or draws wrongly
/// without a word, even with nothing shared. All calls therefore go through this actor, whose
/// thread has a large stack, as the library recurses deeply.
@globalActor
actor RenderThread {
  static let shared = RenderThread()

  private static let executor = ThreadExecutor(stackBytes: 64 << 20)

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe Self.executor.asUnownedSerialExecutor()
  }
}

/// Runs jobs one after another on a thread of its own, which lives as long as the process.
final class ThreadExecutor: SerialExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let waiting = DispatchSemaphore(value: 0)

  init(stackBytes: Int) {
    let thread = Thread { [self] in run() }
    thread.stackSize = stackBytes
    thread.name = "graphviz"
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }

  private func run() {
    while true {
      waiting.wait()
      // Each signal follows one job into the list, so the list is never empty here.
      let job = jobs.withLock { $0.removeFirst() }
      unsafe job.runSynchronously(on: asUnownedSerialExecutor())
    }
  }
}
