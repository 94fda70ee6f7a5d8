import ArgumentParser
internal import ClewChain
internal import ClewReport
internal import ClewScore
internal import Foundation

/// The verb `clew score`.
struct Score: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says how right the analysis is on an invented case of which the truth is known.",
    discussion: """
      Figures speak of people and links whose dealings are in the exports (dealt), of people who
      appear there (seen), or of everybody (all). Shares have Wilson's 95 % interval, others one of
      a bootstrap.

      EXAMPLES
        clew score out/case.clew --truth field-7/truth
        clew score out/case.clew --truth field-7/truth --json > score.json
        clew score out/case.clew --truth field-7/truth --without payments,prices
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions
  @Option(help: ArgumentHelp("The folder truth/ of the case.", valueName: "folder"))
  var truth: String
  @Flag(help: "Write the document clew.score/1.") var json = false
  @Flag(help: "Write one comma-separated line for each figure.") var csv = false
  @Option(help: ArgumentHelp("Write every single error into this table.", valueName: "file"))
  var errors: String?
  @Option(help: ArgumentHelp("Write what the role model saw into this file.", valueName: "file"))
  var roles: String?
  @Option(help: ArgumentHelp("Weigh roles by this file, not as usual.", valueName: "file"))
  var roleWeights: String?
  @Option(
    help: ArgumentHelp(
      "Leave kinds of evidence out, to see what they are worth; commas between several.",
      discussion: "\(EvidenceClass.allCases.map(\.rawValue).joined(separator: ", "))",
      valueName: "kinds"
    )
  )
  var without: String?

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv exclude each other") }
    _ = try leftOut()
  }

  private func leftOut() throws -> Set<EvidenceClass> {
    guard let without else { return [] }
    let names = without.split(separator: ",", omittingEmptySubsequences: false)
    return try Set(
      names.map { name in
        guard let kind = EvidenceClass(rawValue: String(name)) else {
          let kinds = EvidenceClass.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("--without takes one or more of \(kinds), with commas between")
        }
        return kind
      }
    )
  }

  private func roleModel() throws -> RoleModel {
    guard let roleWeights else { return .standard }
    let json = FileManager.default.contents(atPath: roleWeights).map(Array.init)
    guard let model = json.flatMap(RoleModel.init(json:)) else {
      throw ValidationError("--role-weights takes a file like role-weights.json")
    }
    return model
  }

  func run() async throws {
    let file = try option.open()
    let known = try TrueCase(folder: truth)
    let analysed = try await analysis.analysis(of: file, roleModel: roleModel(), without: leftOut())
    let found = FoundCase(analysed)
    if let roles { try OutputFile.write(RoleSampleText.line(analysed, against: known), to: roles) }
    let score = CaseScore(found, against: known)
    if let errors { try OutputFile.write(ScoreErrors.table(found, against: known), to: errors) }
    let text =
      json ? ScoreJSON.text(score) : csv ? ScoreText.commaSeparated(score) : ScoreText.table(score)
    Terminal.write(text)
  }
}
