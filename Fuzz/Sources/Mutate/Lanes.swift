import ClewImport
import Foundation
import Promises

/// Runs one worker process for each importer, as many at a time as there are lanes.
struct Lanes {
  let fixtures: String
  let crashers: String
  let count: UInt64
  let folder: String

  /// - Returns: Whether every importer kept every promise.
  func run(_ formats: [String], lanes: Int) async throws -> Bool {
    print(Self.row("importer", "mutations", "read", "refused", "units", "seconds", "worst", "of"))
    return try await withThrowingTaskGroup(of: Bool.self) { group in
      var rest = formats[...]
      for _ in 0..<lanes {
        guard let format = rest.popFirst() else { break }
        group.addTask { try await one(format) }
      }
      var holds = true
      while let held = try await group.next() {
        holds = held && holds
        if let format = rest.popFirst() { group.addTask { try await one(format) } }
      }
      return holds
    }
  }

  private func one(_ format: String) async throws -> Bool {
    let own = "\(folder)/\(format)"
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: own) }
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments.first ?? "mutate")
    process.arguments = ["--worker", format, fixtures, own, "\(count)"]
    let answer = own + "/answer"
    try Data().write(to: URL(filePath: answer))
    process.standardOutput = FileHandle(forWritingAtPath: answer)
    let clock = ContinuousClock.now
    let status = try await withCheckedThrowingContinuation {
      (done: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    let seconds = ContinuousClock.now - clock
    let line = (try? Data(contentsOf: URL(filePath: answer))) ?? Data()
    if status == 0, let tally = try? JSONDecoder().decode(Worker.Tally.self, from: line) {
      print(
        Self.row(
          format,
          "\(tally.mutations)",
          "\(tally.read)",
          "\(tally.refused)",
          "\(tally.units)",
          "\(seconds.components.seconds)",
          String(format: "%.3f", tally.worst),
          "\(tally.worstNumber)"
        )
      )
      fflush(nil)
      guard let promise = tally.broken else { return true }
      try keep(format, own, promise)
    } else {
      let hangs = status == Watchdog.exitCode
      try keep(format, own, hangs ? "over 5 seconds" : "ended with status \(status)")
    }
    return false
  }

  /// Keeps the input that the worker had in hand, and says how to get it again.
  private func keep(_ format: String, _ own: String, _ reason: String) throws {
    let text = (try? String(contentsOfFile: own + "/number", encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").map(String.init)
    guard lines.count == 2, let name = lines[1].split(separator: "/").last else {
      return print("\(format): \(reason), before the first mutation")
    }
    print("\(format): \(reason): mutation \(lines[0]) of \(lines[1])")
    let kept = "\(crashers)/\(format)"
    try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
    let data = try Data(contentsOf: URL(filePath: "\(own)/\(name)"))
    try data.write(to: URL(filePath: "\(kept)/mutation-\(lines[0])"))
  }

  private static func row(_ name: String, _ cells: String...) -> String {
    let first = name.padding(toLength: 24, withPad: " ", startingAt: 0)
    return first
      + cells.map { String(repeating: " ", count: max(1, 10 - $0.utf8.count)) + $0 }.joined()
  }
}
