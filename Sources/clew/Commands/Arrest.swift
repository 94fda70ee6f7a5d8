public import ArgumentParser
public import ClewChain
internal import ClewEvidence
internal import ClewReport

/// The verb `clew arrest`.
struct Arrest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whom to arrest first and what supply would be left.",
    discussion: """
      Each step takes the person without whom most customers are out of reach, and checks it by
      following supply without him. A province is known by an identity number only.

      EXAMPLES
        clew arrest out/case.clew --limit 5
        clew arrest out/case.clew --in-custody 猎人 --source-first --json
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var period: PeriodOption
  @Option(help: ArgumentHelp("How many persons to choose.", valueName: "k")) var limit = 10
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Persons who are gone already: ids, accounts or names.", valueName: "party")
  )
  var inCustody: [String] = []
  @Option(help: ArgumentHelp("Choose only in this province.", valueName: "name or digits"))
  var province: String?
  @Flag(help: "Take sources before all others.") var sourceFirst = false
  @Option(help: ArgumentHelp("What to cut first: customers or records.", valueName: "aim"))
  var aim = ArrestAim.customers
  @Flag(help: "Write the document clew.arrest/1.") var json = false

  func validate() throws {
    if limit < 1 || limit > 10_000 {
      throw ValidationError("--limit takes a number from 1 to 10000")
    }
    if let province, Province.code(of: province) == nil {
      throw ValidationError("--province takes two digits or a Chinese name, such as 44 or 广东")
    }
  }

  func run() async throws {
    let file = try option.open()
    let findings = try await analysis.analysis(of: file, until: period.end)
    var planner = ArrestPlanner()
    planner.limit = limit
    planner.aim = aim
    planner.sourcesFirst = sourceFirst
    planner.workers = analysis.workers
    for text in inCustody { planner.inCustody.insert(try PartyArgument.find(text, in: findings)) }
    let code = province.flatMap(Province.code(of:))
    if let code {
      planner.permitted = Set(
        findings.parties.indices.filter { Province.code(of: findings.parties[$0].party) == code }
      )
    }
    let plan = planner.plan(findings)
    Terminal.write(
      json
        ? ArrestJSON.text(plan, of: findings, planner: planner, province: code, until: period.end)
        : ArrestText.text(plan, of: findings, until: period.end)
    )
  }
}

extension ArrestAim: ExpressibleByArgument {}

/// A party that is named on the command line.
enum PartyArgument {
  /// The place of the one party that a text names.
  ///
  /// - Throws: `EvidenceError` when nobody or several are called so.
  static func find(_ text: String, in findings: ChainAnalysis) throws -> Int {
    switch Lookup.party(text, in: findings) {
    case .party(let place): return place
    case .ambiguous(let places):
      let few = places.prefix(12).map { findings.parties[$0].party.id }
      throw EvidenceError.decision(
        reason: "several parties are called \(text): \(few.joined(separator: ", ")); "
          + "give an id or an account"
      )
    default: throw EvidenceError.unknown(what: text)
    }
  }
}
