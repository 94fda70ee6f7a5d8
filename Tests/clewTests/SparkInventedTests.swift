#if Spark
import Foundation
import Testing

@Suite(
  .serialized,
  .enabled(
    if: SparkRun.isLive && SparkRun.isOptimized,
    "these need a cluster and a program with optimisation: make test-spark"
  )
)
struct `An invented case on a cluster and on this machine` {
  struct Case: CustomStringConvertible, Sendable {
    let preset: String
    let seed: Int
    /// How many lines there are; nil for those of the preset.
    var lines: Int?
    /// The times that are looked at, and into how many parts rows are divided.
    var options: [String] = []

    var description: String { (made + options).joined(separator: " ") }

    /// What it is made of.
    var made: [String] {
      ["--preset", preset, "--seed", "\(seed)"] + (lines.map { ["--lines", "\($0)"] } ?? [])
    }
  }

  /// Seeds that no weight was fitted on and no figure is reported of.
  static let cases: [Case] =
    (1...8).map { Case(preset: "field", seed: 400 + $0, lines: 1 + $0) }
    + (1...7).map {
      Case(preset: "sparse", seed: 400 + $0, lines: 10 - $0, options: ["--partitions", "5"])
    }
    + (1...4).map {
      Case(preset: "clean", seed: 400 + $0, lines: 2 * $0, options: ["--partitions", "3"])
    }
    + [Case(preset: "field", seed: 409, options: ["--partitions", "11"])]

  /// Two at a time: most of the time a case waits for one question after the other.
  static let pairs: [[Case]] = stride(from: 0, to: cases.count, by: 2).map {
    Array(cases[$0..<min($0 + 2, cases.count)])
  }

  @Test(arguments: pairs + [[Case(preset: "large", seed: 401)]])
  func `has the same analysis, byte for byte`(_ pair: [Case]) async throws {
    try await withThrowingTaskGroup { group in
      for made in pair { group.addTask { try Self.compare(made) } }
      try await group.waitForAll()
    }
  }

  private static func compare(_ made: Case) throws {
    let scratch = try Scratch()
    let (folder, file) = (scratch.path + "/made", scratch.path + "/case.clew")
    let steps = scratch.path + "/steps"
    let simulated = try ClewProcess.run(["simulate"] + made.made + ["-o", folder])
    try #require(simulated.status == 0, "\(made) \(simulated.errors)")
    _ = try ClewProcess.run(["import", file, folder + "/exports"])

    let local = try ClewProcess.run(["analyze", file, "--json"])
    // Something was found that can differ.
    #expect(local.status == 0 && local.output.utf8.count > 50_000, "\(made) \(local.errors)")
    let call = try SparkRun.call(file, steps: steps, made.options)
    let cluster = try ClewProcess.run(call.arguments, environment: call.environment)
    #expect(cluster.status == 0 && cluster.errors.isEmpty, "\(made) \(cluster.errors)")
    #expect(cluster.output == local.output, "\(made)")
    #expect(SparkRun.names(in: steps).isEmpty, "\(made)")
  }
}
#endif
