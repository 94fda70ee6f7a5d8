import ClewEvidence
import Foundation
import Promises

/// What the script asks of the program, through its environment since libFuzzer reads the arguments.
struct Start {
  private let environment: [String: String]
  private let package: String
  private let fixtures: String

  init(_ environment: [String: String]) {
    self.environment = environment
    package = environment["CLEW_FUZZ_PACKAGE"] ?? "Fuzz"
    fixtures = environment["CLEW_FUZZ_FIXTURES"] ?? "Tests/ClewImportTests/Fixtures"
  }

  /// - Returns: The feeder of a run, or `nil` when all is done.
  func run() throws -> Feeder? {
    let (listed, single) = try Target.all(in: package + "/targets.txt")
    if environment["CLEW_FUZZ_LIST"] != nil {
      for target in listed { print(target.name) }
      return nil
    }
    if let corpus = environment["CLEW_FUZZ_CORPUS"] {
      let names = (environment["CLEW_FUZZ_TARGETS"] ?? "").split(separator: " ").map(String.init)
      let targets = try names.map { try self.target($0, among: listed + single) }
      try Seeds(fixtures: fixtures, package: package, corpus: corpus).prepare(targets)
      return nil
    }
    let target = try self.target(environment["CLEW_FUZZ"] ?? "", among: listed + single)
    let seconds = environment["CLEW_FUZZ_SECONDS"].flatMap { Int($0) }
    let feeder = try Feeder(target, fixtures: fixtures, seconds: seconds)
    guard let finding = environment["CLEW_FUZZ_KEEP"] else { return feeder }
    try keep(finding, by: feeder)
    return nil
  }

  private func target(_ name: String, among targets: [Target]) throws -> Target {
    if let target = targets.first(where: { $0.name == name }) { return target }
    let names = targets.map(\.name).joined(separator: ", ")
    throw Target.Fault(reason: "no target \(name); there are: \(names)")
  }

  /// Writes what an input comes to into `Crashers/`, under the name of the input.
  private func keep(_ finding: String, by feeder: Feeder) throws {
    let file = URL(filePath: finding)
    guard let exhibit = try feeder.exhibit(Array(try Data(contentsOf: file))) else { return }
    let folder = URL(filePath: "\(package)/Crashers/\(exhibit.folder)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let kept = folder.appending(path: file.lastPathComponent)
    try Data(exhibit.bytes).write(to: kept)
    print(kept.path)
  }
}
