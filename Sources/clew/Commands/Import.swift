import ArgumentParser
internal import ClewEvidence
internal import ClewImport

/// The verb `clew import`.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Adds exports to a case: files, folders, archives.",
    discussion: """
      The same bytes are taken once. A source enters whole or not at all; an import that was
      stopped is finished by running it again.

      EXAMPLES
        clew import case.clew seized/
        clew import case.clew phone1/EnMicroMsg.db returns.zip
      """
  )

  @Argument(help: "The case file; it is made when it does not exist.")
  var caseFile: String

  @Argument(help: "Files, folders and archives.")
  var paths: [String]

  @Option(help: ArgumentHelp("Read every file as this format.", valueName: "format"))
  var format: String?

  func validate() throws {
    if let format, !ImporterRegistry.all.contains(where: { $0.format == format }) {
      let known = ImporterRegistry.all.map(\.format).joined(separator: ", ")
      throw ValidationError("no format is called \(format); there are \(known)")
    }
  }

  func run() throws {
    try CaseIntake.check(paths)
    let file = try CaseFile.open(caseFile)
    let report = try IntakeRunner(format: format).take(paths, into: file)
    try file.close()
    if report.files == 0 {
      throw Complaint(status: .noInput, message: "\(paths.joined(separator: ", ")): no files")
    }
    IntakeRunner.report(report)
    throw IntakeRunner.status(report)
  }
}
