import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport

/// The verb `clew analyze`.
struct Analyze: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says who supplied whom, at which tier, on which line.",
    discussion: """
      EXAMPLES
        clew analyze out/case.clew
        clew analyze out/case.clew --json > analysis.json
        clew analyze out/case.clew --until 2016-03-31
        clew analyze out/case.clew --engine spark://127.0.0.1:15002 --resume
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var cores: CoresOption
  @OptionGroup var period: PeriodOption
  @Flag(help: "Write the document clew.analysis/1.") var json = false
  @OptionGroup(title: "Engine") var engine: EngineOptions

  func run() async throws {
    let findings: ChainAnalysis
    var status = ExitStatus.ok
    if engine.isLocal {
      findings = try await LocalEngine(workers: cores.workers).analyze(
        condensing: option.open(),
        until: period.end
      )
    } else {
      let found = try await engine.onCluster(
        option.caseFile,
        until: period.end,
        workers: cores.workers
      )
      guard let found else { return }
      findings = found.analysis
      if found.hasRefused { status = .someRejected }
    }
    if json {
      AnalysisJSON.write(findings, until: period.end) { Terminal.write($0) }
    } else {
      Terminal.write(SummaryText.text(findings, until: period.end))
    }
    if status != .ok { throw status }
  }
}

/// The verb `clew show`.
struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows one party, line, link or record with the evidence for and against.",
    discussion: """
      Ask by name, account, id (P…, L1, S…), SUPPLIER>BUYER, or record number (R…). Victims' data
      in quoted text is masked.

      EXAMPLES
        clew show out/case.clew 猎人
        clew show out/case.clew R7K3M9Q2X4AB
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var period: PeriodOption
  @Argument(help: "A party, line, link or record.") var what: String
  @Option(help: ArgumentHelp("How many records of each list to write out.", valueName: "n"))
  var limit = 40
  @Flag(help: "Show victims' data in quoted text.") var reveal = false

  func run() async throws {
    let file = try option.open()
    var text = ShowText(file, try await analysis.analysis(of: file, until: period.end))
    text.limit = max(1, limit)
    text.reveals = reveal
    Terminal.write(try text.text(for: what))
  }
}
