import ArgumentParser
internal import ClewEvidence
internal import ClewImport
import Foundation

/// The verb `clew import`.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Adds exports to a case: files, folders, archives.",
    discussion: """
      The same bytes are taken once. A source enters whole or not at all; an import that was
      stopped is finished by running it again. --dry-run says what every file is and why, and
      proposes a map for tables that nobody knows; it writes nothing.

      EXAMPLES
        clew import case.clew seized/
        clew import case.clew phone1/EnMicroMsg.db returns.zip
        clew import --dry-run statements/
        clew import case.clew statements/ --map bank.yaml
      """
  )

  @Argument(help: "The case file, made when it does not exist; a dry run needs none.")
  var caseFile: String?

  @Argument(help: "Files, folders and archives.")
  var paths: [String] = []

  @OptionGroup var choices: IntakeChoices

  @Flag(help: "Say what every file would be read as, and write nothing.") var dryRun = false
  @Flag(help: "Write the dry run as JSON, one object per line.") var json = false
  @Flag(help: "List all formats.") var formats = false

  mutating func validate() throws {
    if formats { return }
    if dryRun, let first = caseFile, !first.hasSuffix(".clew") {
      paths.insert(first, at: 0)
      caseFile = nil
    }
    guard dryRun || caseFile != nil else {
      throw ValidationError("Missing expected argument '<case-file>'")
    }
    guard !paths.isEmpty else { throw ValidationError("Missing expected argument '<paths> ...'") }
    guard dryRun || !json else { throw ValidationError("--json belongs to --dry-run") }
  }

  func run() throws {
    if formats { return Terminal.write(PreviewText.formats()) }
    try CaseIntake.check(paths)
    let options = try choices.options()
    if dryRun { return try preview(options, beside: caseFile) }
    guard let caseFile else { return }
    let file = try CaseFile.open(caseFile)
    let report = try IntakeRunner(options: options).take(paths, into: file)
    try file.close()
    if report.files == 0 { throw noFiles }
    IntakeRunner.report(report)
    throw IntakeRunner.status(report)
  }

  private var noFiles: Complaint {
    Complaint(status: .noInput, message: "\(paths.joined(separator: ", ")): no files")
  }

  private func preview(_ options: IntakeOptions, beside caseFile: String?) throws {
    let folder =
      caseFile.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
      ?? FileManager.default.temporaryDirectory.path
    var (read, unread, refused) = (0, 0, 0)
    let files = try IntakePreview(options: options).look(
      at: paths,
      copiesIn: folder.isEmpty ? "." : folder,
      isCancelled: { Interruption.hasCome }
    ) { entry in
      if entry.reader != nil {
        read += 1
      } else if entry.isFault {
        refused += 1
      } else {
        unread += 1
      }
      Terminal.write(json ? try PreviewText.json(entry) : PreviewText.text(entry))
    }
    if files == 0 { throw noFiles }
    Terminal.say(
      "\(read) would be read, \(unread) not read, \(refused) refused; nothing was written"
    )
    throw refused > 0 || read == 0 ? ExitStatus.badData : ExitStatus.ok
  }
}
