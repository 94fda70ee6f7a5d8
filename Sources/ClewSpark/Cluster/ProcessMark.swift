#if Spark
internal import Foundation
internal import Glibc

/// A process as no other process will ever be: its number, and when it began.
struct ProcessMark: Codable, Equatable, Sendable {
  /// What it is for: `connect`, `master`, `worker 1`.
  let role: String
  let pid: Int32
  /// Clock ticks from the start of the machine to that of the process.
  let began: UInt64
  /// Which start of the machine that was.
  let boot: String

  /// What the system calls its present run.
  private static let thisBoot =
    (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?
    .trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"

  /// The process that has that number now, or nil where there is none.
  init?(role: String, pid: Int32) {
    guard let state = ProcessState(pid) else { return nil }
    self.role = role
    self.pid = pid
    began = state.began
    boot = Self.thisBoot
  }

  /// Whether it still runs; a number that went to another process does not count.
  var isRunning: Bool {
    guard boot == Self.thisBoot, let state = ProcessState(pid) else { return false }
    return state.began == began && !state.isZombie
  }

  /// All processes of its session, itself included.
  ///
  /// The number of a session is not given to anybody else while one of its processes lives; when the first
  /// is gone and its number was given away, the number's new owner leads a session of that number only
  /// when the old one is empty.
  var family: [Int32] {
    guard boot == Self.thisBoot else { return [] }
    if let state = ProcessState(pid), state.began != began { return [] }
    return ProcessState.all().filter {
      $0.value.session == pid && $0.value.began >= began && !$0.value.isZombie
    }.map(\.key).sorted()
  }
}

/// What the system tells of a process.
struct ProcessState {
  let session: Int32
  let began: UInt64
  let isZombie: Bool

  /// Nil where there is no such process.
  init?(_ pid: Int32) {
    guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
    // The program's name stands in parentheses and may hold any character; numbers follow.
    let bytes = Array(data)
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    // From the third field of proc(5) on: state, parent, group, session … start time is the 22nd.
    guard fields.count > 19, let session = Int32(fields[3]), let began = UInt64(fields[19]) else {
      return nil
    }
    self.session = session
    self.began = began
    isZombie = fields[0] == "Z" || fields[0] == "X"
  }

  /// All processes by number.
  static func all() -> [Int32: ProcessState] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var states: [Int32: ProcessState] = [:]
    for name in names {
      if let pid = Int32(name), let state = ProcessState(pid) { states[pid] = state }
    }
    return states
  }
}
#endif
