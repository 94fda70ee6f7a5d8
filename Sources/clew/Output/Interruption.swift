import Dispatch
import Glibc
internal import Synchronization

/// Ctrl-C and termination: the work at hand is taken back, what is finished stays.
enum Interruption {
  private static let signalNumber = Atomic<Int32>(0)

  /// Listens for SIGINT, SIGTERM and SIGHUP; a second one ends the program at once.
  ///
  /// A closed pipe
  /// and a full file are told by the failing call, not by a signal.
  static func install() {
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
    let queue = DispatchQueue(label: "clew.signals")
    for number in [SIGINT, SIGTERM, SIGHUP] {
      _ = signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if signalNumber.load(ordering: .relaxed) != 0 { _exit(128 + number) }
        signalNumber.store(number, ordering: .relaxed)
        // The handler keeps its source alive for as long as the program runs.
        withExtendedLifetime(source) {}
      }
      source.resume()
    }
  }

  /// Whether a signal has come.
  static var hasCome: Bool { signalNumber.load(ordering: .relaxed) != 0 }

  /// 130 after Ctrl-C, 143 after SIGTERM.
  static var exitCode: Int32 { 128 + max(SIGINT, signalNumber.load(ordering: .relaxed)) }
}
