#if Spark
import Foundation
import Testing

@Suite(
  .serialized,
  .enabled(
    if: SparkRun.isLive && SparkRun.optimized != nil,
    "these need a cluster and a program with optimisation: make test-spark"
  )
)
struct `An invented case on a cluster and on this machine` {
  struct Case: CustomTestStringConvertible, Sendable {
    let preset: String
    let seed: Int
    /// The times that are looked at, and into how many parts rows are divided.
    var options: [String] = []

    var testDescription: String { ([preset, "\(seed)"] + options).joined(separator: " ") }
  }

  /// Seeds that no weight was fitted on and no figure is reported of.
  static let cases: [Case] =
    (1...8).map { Case(preset: "field", seed: 400 + $0) }
    + (1...7).map { Case(preset: "sparse", seed: 400 + $0, options: ["--partitions", "5"]) }
    + (1...4).map { Case(preset: "clean", seed: 400 + $0, options: ["--partitions", "3"]) }
    + [Case(preset: "field", seed: 409, options: ["--partitions", "11"])]

  @Test(arguments: cases + [Case(preset: "large", seed: 401)])
  func `has the same analysis, byte for byte`(_ made: Case) throws {
    let clew = try #require(SparkRun.optimized)
    let scratch = try Scratch()
    let (folder, file) = (scratch.path + "/made", scratch.path + "/case.clew")
    let steps = scratch.path + "/steps"
    let arguments = ["simulate", "--preset", made.preset, "--seed", "\(made.seed)", "-o", folder]
    let simulated = try ClewProcess.run(arguments, program: clew)
    try #require(simulated.status == 0, "\(simulated.errors)")
    _ = try ClewProcess.run(["import", file, folder + "/exports"], program: clew)

    let local = try ClewProcess.run(["analyze", file, "--json"], program: clew)
    // Something was found that can differ.
    #expect(local.status == 0 && local.output.utf8.count > 100_000, "\(local.errors)")
    let call = try SparkRun.call(file, steps: steps, made.options)
    let cluster = try ClewProcess.run(call.arguments, program: clew, environment: call.environment)
    #expect(cluster.status == 0 && cluster.errors.isEmpty, "\(cluster.errors)")
    #expect(cluster.output == local.output)
    #expect(SparkRun.names(in: steps).isEmpty)
  }
}
#endif
