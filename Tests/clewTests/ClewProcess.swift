import Foundation
import Glibc
import Testing

/// What a run of the built `clew` left behind.
struct Outcome: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// The lines of standard error.
  var complaints: [Substring] { errors.split(separator: "\n") }
}

/// Runs the `clew` that was built beside this test bundle, or for tests on a cluster the optimised one.
enum ClewProcess {
  /// The built program.
  static let path: String = {
    if let optimized = ProcessInfo.processInfo.environment["CLEW_SPARK_CLEW"] { return optimized }
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: bundle).deletingLastPathComponent().path + "/clew"
  }()

  /// The dataset's exports.
  static let exports: String = {
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path + "/datasets/nine-lines/exports"
  }()

  /// Runs `clew` to its end.
  static func run(
    _ arguments: String...,
    environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    try run(arguments, environment: environment, folder: folder)
  }

  /// Runs `clew`, or another program, to its end.
  static func run(
    _ arguments: [String],
    program: String = path,
    environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    let running = try start(arguments, program: program, environment: environment, folder: folder)
    return try running.wait()
  }

  /// Runs a shell script in which `$CLEW` is the program.
  static func script(_ text: String) throws -> Outcome {
    try run(["-c", "set -o pipefail; " + text], program: "/bin/bash", environment: ["CLEW": path])
  }

  /// Starts `clew`.
  static func start(
    _ arguments: [String],
    program: String = path,
    environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Running {
    let files = try Scratch()
    for name in ["out", "err"] { try files.write(name, "") }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    var inherited = ProcessInfo.processInfo.environment
    inherited["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = inherited.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files.path + "/out"))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: files.path + "/err"))
    try process.run()
    return Running(process: process, files: files)
  }

  /// A program at work.
  struct Running {
    let process: Process
    let files: Scratch

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end.
    func wait() throws -> Outcome {
      process.waitUntilExit()
      let status = process.terminationStatus
      return Outcome(
        status: process.terminationReason == .exit ? status : 128 + status,
        output: try files.read("out"),
        errors: try files.read("err")
      )
    }
  }
}

/// A temporary folder, removed at the end.
final class Scratch: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "clew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    let file = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: file)
    return file.path
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path + "/" + name)), as: UTF8.self)
  }
}

/// The nine-lines case, imported and drawn once for all tests.
enum NineLines {
  /// The folder that `clew run` wrote, what it said, and the files that it left with their permissions.
  ///
  /// The files are looked at here: as soon as tests read the case, its log and index lie beside it.
  static let run: (scratch: Scratch, outcome: Outcome, files: [String: Int])? = {
    guard let scratch = try? Scratch() else { return nil }
    let folder = scratch.path + "/out"
    guard let outcome = try? ClewProcess.run("run", ClewProcess.exports, "-o", folder),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return nil }
    var files: [String: Int] = [:]
    for name in names {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      files[name] = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
    atexit { NineLines.remove() }
    return (scratch, outcome, files)
  }()

  private static func remove() {
    if let run { try? FileManager.default.removeItem(atPath: run.scratch.path) }
  }

  /// The results' folder.
  static func folder() throws -> String { try #require(run).scratch.path + "/out" }

  /// The case.
  static func caseFile() throws -> String { try folder() + "/case.clew" }

  /// What `run` wrote as analysis.
  static func analysis() throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: try folder() + "/analysis.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

/// A small trade in canonical tables: 甲 supplies 乙, 乙 supplies 丙, over some weeks.
enum SmallCase {
  /// Writes the tables; `text` goes into one message.
  static func write(into scratch: Scratch, text: String = "好的") throws -> String {
    var messages = "time,from,to,group,kind,text,file_name,file_sha256\n"
    var transfers = "time,from,to,amount,currency,channel,memo,id\n"
    for day in 10..<28 {
      let (a, b, c) = ("wechat:wxid_source", "wechat:wxid_agent", "wechat:wxid_buyer")
      let plate = "苏A\(day)X\(day)"
      for (buyer, supplier, hour) in [(c, b, 10), (b, a, 11)] {
        messages += "2024-03-\(day)T\(hour):00:00+08:00,\(buyer),\(supplier),,text,查车档 \(plate),,\n"
      }
      for (supplier, buyer, hour) in [(a, b, 12), (b, c, 13)] {
        messages += "2024-03-\(day)T\(hour):00:00+08:00,\(supplier),\(buyer),,text,"
        messages += "\"\(plate) 车主：王测 电话：13800138\(day)0 \(text)\",,\n"
        transfers +=
          "2024-03-\(day)T\(hour):30:00+08:00,\(buyer),\(supplier),5\(hour),CNY,wechat,查档,\(day)\(hour)\n"
      }
    }
    try scratch.write(
      "in/accounts.csv",
      "account,holder,name,remark\nwechat:wxid_source,,源头,\nwechat:wxid_agent,,代理,\nwechat:wxid_buyer,,买家,\n"
    )
    try scratch.write("in/messages.csv", messages)
    try scratch.write("in/transfers.csv", transfers)
    return scratch.path + "/in"
  }
}
