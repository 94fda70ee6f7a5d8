import ArgumentParser
internal import ClewChain
internal import ClewReport

/// The verb `clew metrics`.
struct Metrics: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the chain: depth, width, prices by tier, concentration, independence.",
    discussion: """
      The tables show the case, its lines and its hubs; the document has every party and link too.

      EXAMPLES
        clew metrics out/case.clew
        clew metrics out/case.clew --json > metrics.json
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var period: PeriodOption
  @Flag(help: "Write the document clew.metrics/1.") var json = false

  func run() async throws {
    let file = try option.open()
    let findings = try await analysis.analysis(of: file, until: period.end)
    var maker = MetricsMaker()
    maker.workers = analysis.workers
    let metrics = maker.metrics(of: findings)
    Terminal.write(
      json ? MetricsJSON.text(metrics, of: findings) : MetricsText.text(metrics, of: findings)
    )
  }
}
