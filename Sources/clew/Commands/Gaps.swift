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
        clew gaps out/case.clew --until 2016-03-31 --json
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var period: PeriodOption
  @Option(
    help: ArgumentHelp("How many rows of each list: 20 in tables, all in JSON.", valueName: "n")
  )
  var limit: Int?
  @Option(
    help: ArgumentHelp(
      "Name each finding that rests on the phone of this party.",
      valueName: "party"
    )
  )
  var phone: String?
  @Flag(help: "Write the document clew.gaps/1.") var json = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on") }
    if json && phone != nil { throw ValidationError("--json names all; leave out --phone") }
  }

  func run() throws {
    let file = try option.open()
    let view = try CaseView(of: file, until: period.end)
    let findings = try LocalEngine(workers: analysis.workers).analyze(view)
    var finder = GapFinder()
    finder.workers = analysis.workers
    let gaps = try finder.gaps(of: findings, in: view, file)
    if let phone {
      let place = try PartyArgument.find(phone, in: findings)
      Terminal.write(GapsText.text(of: place, gaps, of: findings))
      return
    }
    Terminal.write(
      json
        ? GapsJSON.text(gaps, of: findings, limit: limit, until: period.end)
        : GapsText.text(gaps, of: findings, limit: limit ?? 20, until: period.end)
    )
  }
}
