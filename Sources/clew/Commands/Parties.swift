import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport

/// The verb `clew parties`.
struct Parties: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the parties, those that are possibly one, contradictions and decisions.",
    discussion: """
      Pairs that are possibly one are never merged by themselves: see clew merge.

      EXAMPLES
        clew parties out/case.clew --possible
        clew parties out/case.clew --conflicts --decisions
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @Flag(help: "List the pairs that are possibly one, with their signs.") var possible = false
  @Flag(help: "List where the evidence contradicts itself.") var conflicts = false
  @Flag(help: "List the analysts' decisions.") var decisions = false
  @Option(help: ArgumentHelp("How many rows of each list to write out.", valueName: "n"))
  var limit = 100
  @Flag(help: "Write pairs, contradictions and decisions as JSON.") var json = false

  func run() async throws {
    let file = try option.open()
    let findings = try await analysis.analysis(of: file)
    let decided = try file.decisions()
    if json { return Terminal.write(PartyJSON.text(findings, decisions: decided)) }
    var listing = PartyListing(findings)
    listing.limit = max(1, limit)
    var parts: [String] = []
    if possible { parts.append(listing.possible()) }
    if conflicts { parts.append(listing.conflicts()) }
    if decisions { parts.append(PartyListing.decisions(decided)) }
    if parts.isEmpty { parts.append(listing.parties()) }
    Terminal.write(parts.joined(separator: "\n"))
  }
}
