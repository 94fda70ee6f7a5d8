import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport

/// The verb `clew timeline`.
struct Timeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says how the lines grew by month, who entered when, and how long goods stay.",
    discussion: """
      A path counts only if its times run the right way. Months are those of UTC+8.

      EXAMPLES
        clew timeline out/case.clew
        clew timeline out/case.clew --until 2016-03-31 --json
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var period: PeriodOption
  @OptionGroup var rows: RowsOption
  @Flag(help: "Write the document clew.timeline/1.") var json = false

  func run() throws {
    let file = try option.open()
    let view = try CaseView(of: file, until: period.end)
    let findings = try LocalEngine(workers: analysis.workers).analyze(view)
    var maker = TimelineMaker()
    maker.workers = analysis.workers
    let timeline = maker.timeline(of: findings, in: view)
    Terminal.write(
      json
        ? TimelineJSON.text(timeline, of: findings, until: period.end)
        : TimelineText.text(timeline, of: findings, limit: rows.limit, until: period.end)
    )
  }
}
