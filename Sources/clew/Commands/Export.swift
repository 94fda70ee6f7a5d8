import ArgumentParser
internal import ClewEvidence
internal import ClewReport

/// The verb `clew export`.
struct Export: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, graphml, gexf
  }

  static let configuration = CommandConfiguration(
    abstract: "Writes the case for other tools.",
    discussion: """
      csv writes a folder: the canonical tables, which clew import reads again, and parties.csv,
      links.csv, lines.csv and unseen_supply.csv. graphml and gexf write the supply graph into one file.

      EXAMPLES
        clew export out/case.clew --as csv -o tables
        clew export out/case.clew --as gexf -o chain.gexf
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @Option(name: .customLong("as"), help: ArgumentHelp("csv, graphml or gexf.", valueName: "format"))
  var format: Format
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file, or the folder for csv.", valueName: "path")
  )
  var output: String

  func run() async throws {
    let file = try option.open()
    switch format {
    case .csv:
      try OutputFolder.make(output)
      let findings = try await analysis.analysis(of: file)
      try CanonicalTables.write(file, to: output)
      try FindingTables.write(findings, to: output)
    case .graphml:
      try OutputFile.write(GraphMLText.text(try await analysis.analysis(of: file)), to: output)
    case .gexf:
      try OutputFile.write(GEXFText.text(try await analysis.analysis(of: file)), to: output)
    }
  }
}
