import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport
internal import Foundation
internal import GraphCore

/// The case that a verb works on.
struct CaseOption: ParsableArguments {
  @Argument(help: "The case file (NAME.clew).")
  var caseFile: String

  /// Opens the case for reading.
  func open() throws -> CaseFile { try CaseFile.openForReading(caseFile) }

  /// The name of the case: its file name without the ending, or its folder's for `case.clew`.
  var name: String {
    let url = URL(fileURLWithPath: caseFile)
    let name = url.deletingPathExtension().lastPathComponent
    return name == "case" ? url.deletingLastPathComponent().lastPathComponent : name
  }
}

/// How many cores work.
struct CoresOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("How many cores work; the findings do not depend on it.", valueName: "n")
  )
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 || threads > 1024 {
      throw ValidationError("--threads takes a number from 1 to 1024")
    }
  }

  /// How many cores work.
  var workers: WorkerCount { threads.map { WorkerCount($0) } ?? .active }
}

/// How a case is analysed on this machine.
struct AnalysisOptions: ParsableArguments {
  @OptionGroup var cores: CoresOption

  @Option(
    help: ArgumentHelp("local; `clew analyze` knows others.", valueName: "engine")
  )
  var engine = "local"

  func validate() throws {
    guard engine == "local" else {
      throw ValidationError("only `clew analyze` has another engine than the local one")
    }
  }

  /// How many cores work.
  var workers: WorkerCount { cores.workers }

  /// The findings of a case; what is dated at or after `until` is left out, and so are some kinds of evidence.
  func analysis(
    of file: CaseFile,
    until: Timestamp? = nil,
    roleModel: RoleModel = .standard,
    without kinds: Set<EvidenceClass> = []
  ) async throws -> ChainAnalysis {
    let engine = LocalEngine(workers: workers, roleModel: roleModel)
    guard !kinds.isEmpty else { return try await engine.analyze(condensing: file, until: until) }
    let view = try CaseView(of: file, lexicon: engine.projection.lexicon, until: until)
    return try engine.analyze(view.leavingOut(kinds))
  }
}
