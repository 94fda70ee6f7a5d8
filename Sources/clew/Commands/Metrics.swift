import ArgumentParser
internal import ClewChain
internal import ClewReport

/// The verb `clew metrics`.
struct Metrics: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the chain: depth, width, prices by tier, concentration, independence.",
    discussion: """
      The tables show the case, its lines, hubs and links; the document has every party and link.

      EXAMPLES
        clew metrics out/case.clew
        clew metrics out/case.clew --json > metrics.json
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var period: PeriodOption
  @OptionGroup var rows: RowsOption
  @Flag(help: "Write the document clew.metrics/1.") var json = false

  func run() async throws {
    let file = try option.open()
    let findings = try await analysis.analysis(of: file, until: period.end)
    var maker = MetricsMaker()
    maker.workers = analysis.workers
    let metrics = maker.metrics(of: findings)
    Terminal.write(
      json
        ? MetricsJSON.text(metrics, of: findings, until: period.end)
        : MetricsText.text(metrics, of: findings, limit: rows.limit, until: period.end)
    )
  }
}
