import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport

/// The verb `clew gaps`.
struct Gaps: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whose phone to look for next, and which findings rest on one phone.",
    discussion: """
      What is expected of a missing phone: the links that seized persons of its role have and it has
      not, and how unsure its role, its links and its partners' roles are.

      EXAMPLES
        clew gaps out/case.clew --limit 5
        clew gaps out/case.clew --json
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @Option(
    help: ArgumentHelp("How many rows of each list: 20 in tables, all in JSON.", valueName: "n")
  )
  var limit: Int?
  @Flag(help: "Write the document clew.gaps/1.") var json = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on") }
  }

  func run() throws {
    let file = try option.open()
    let view = try CaseView(of: file)
    let findings = try LocalEngine(workers: analysis.workers).analyze(view)
    var finder = GapFinder()
    finder.workers = analysis.workers
    let gaps = try finder.gaps(of: findings, in: view, file)
    Terminal.write(
      json
        ? GapsJSON.text(gaps, of: findings, limit: limit)
        : GapsText.text(gaps, of: findings, limit: limit ?? 20)
    )
  }
}
