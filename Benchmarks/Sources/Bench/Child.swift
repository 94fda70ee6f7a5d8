import Foundation
import Glibc

/// One run of a program, with its own peak of memory.
struct Child {
  /// The exit code, or 128 and the signal.
  let status: Int32
  let wall: Duration
  /// User and system time together, in seconds.
  let cpu: Double
  /// The largest resident set, in MiB.
  let peak: Double
  let output: String
  let errors: String

  /// Runs a program to its end.
  ///
  /// `Process` knows no peak of memory, and `getrusage` only the highest of all children; `wait4` tells
  /// each child's own. A child starts with the peak of its parent, so this program stays small.
  static func run(_ arguments: [String], in folder: String) throws -> Child {
    let (out, err) = (folder + "/stdout", folder + "/stderr")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    let clock = ContinuousClock()
    let start = clock.now
    var id = pid_t()
    let failure = posix_spawn(&id, arguments[0], &actions, nil, &words, environ)
    try check(failure == 0, "\(arguments[0]): \(String(cString: strerror(failure)))")
    var status: Int32 = 0
    var usage = rusage()
    while wait4(id, &status, 0, &usage) < 0, errno == EINTR {}
    let wall = clock.now - start
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Child(
      status: status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f),
      wall: wall,
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peak: Double(usage.ru_maxrss) / 1024,
      output: try String(contentsOfFile: out, encoding: .utf8),
      errors: try String(contentsOfFile: err, encoding: .utf8)
    )
  }
}
