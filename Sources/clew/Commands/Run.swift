public import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewImport
public import ClewReport
import Foundation
internal import GraphDraw

/// The verb `clew run`.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Imports, analyses, draws and reports in one go: the main job.",
    discussion: """
      Writes case.clew, analysis.json, summary.txt and the diagram as DOT, SVG, PNG and PDF into
      the folder, and the summary to standard output.

      EXAMPLES
        clew run datasets/nine-lines/exports -o out
        clew run phone1/ phone2/ returns.zip -o out --lang en
      """
  )

  @Argument(help: "Files, folders and archives.")
  var paths: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The folder for the results.", valueName: "folder")
  )
  var output: String

  @Option(help: ArgumentHelp("The name of the case, for the diagram.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("The language of the diagram: zh or en.", valueName: "language"))
  var lang = Language.zh

  @OptionGroup var choices: IntakeChoices
  @OptionGroup var analysis: AnalysisOptions

  func run() async throws {
    try CaseIntake.check(paths)
    let options = try choices.options()
    try OutputFolder.make(output)
    let casePath = output + "/case.clew"
    let writable = try CaseFile.open(casePath)
    let report = try IntakeRunner(options: options).take(paths, into: writable)
    if report.files == 0 {
      try writable.close()
      throw Complaint(status: .noInput, message: "\(paths.joined(separator: ", ")): no files")
    }
    IntakeRunner.report(report)
    if try writable.recordCount() == 0 {
      try writable.close()
      throw ExitStatus.badData
    }
    Terminal.progress("analysing")
    let findings = try await analysis.analysis(of: writable)
    try writable.close()
    try OutputFile.write(AnalysisJSON.text(findings), to: output + "/analysis.json")
    let summary = SummaryText.text(findings)
    try OutputFile.write(summary, to: output + "/summary.txt")
    let caseName = name ?? Self.defaultName(paths)
    var pictures = PictureWriter(caseName: caseName, language: lang)
    pictures.star = PictureChoice.center(of: findings)
    if !findings.links.isEmpty {
      for format in PictureFormat.allCases {
        Terminal.progress("drawing \(format.rawValue)")
        try await pictures.write(findings, to: output + "/diagram.\(format.rawValue)", as: format)
      }
    }
    Terminal.write(summary)
    Terminal.write(
      findings.links.isEmpty
        ? "\nno link, so no diagram\n" : "\ndiagram   \(output)/diagram.svg .png .pdf .dot\n"
    )
    Terminal.write("findings  \(output)/analysis.json\nsummary   \(output)/summary.txt\n")
    Terminal.write("case      \(casePath)   (clew show \(casePath) NAME)\n")
    throw IntakeRunner.status(report)
  }

  /// The name of the first path, without a trailing `exports`.
  private static func defaultName(_ paths: [String]) -> String {
    var url = URL(fileURLWithPath: paths.first ?? "case")
    if url.lastPathComponent == "exports" { url = url.deletingLastPathComponent() }
    return url.lastPathComponent
  }
}

extension Language: ExpressibleByArgument {}
