import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport
import Foundation
internal import GraphDraw

/// The verb `clew draw`.
struct Draw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws the lines tier by tier, one line, or the star around one party.",
    discussion: """
      The ending of the file decides the format: dot, svg, png or pdf.

      EXAMPLES
        clew draw out/case.clew -o lines.svg
        clew draw out/case.clew -o hunter.pdf --line 猎人 --lang en
        clew draw out/case.clew -o star.png --view ego=猎人
      """
  )

  @OptionGroup var option: CaseOption
  @OptionGroup var analysis: AnalysisOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The picture: .dot, .svg, .png or .pdf.", valueName: "file")
  )
  var output: String

  @Option(help: ArgumentHelp("Draw one line only, by id or name.", valueName: "line"))
  var line: String?

  @Option(
    help: ArgumentHelp("tiers, or ego=PARTY for the star around one party.", valueName: "view")
  )
  var view = "tiers"

  @Option(help: ArgumentHelp("The language of the labels: zh or en.", valueName: "language"))
  var lang = Language.zh

  @Option(help: ArgumentHelp("The name of the case, for the title.", valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp("The day to print beside the period of the evidence.", valueName: "day")
  )
  var date = ""

  func validate() throws {
    if PictureFormat(rawValue: ending) == nil {
      throw ValidationError("the file must end in .dot, .svg, .png or .pdf")
    }
    if view != "tiers", !view.hasPrefix("ego=") {
      throw ValidationError("--view takes tiers or ego=PARTY")
    }
  }

  private var ending: String { URL(fileURLWithPath: output).pathExtension.lowercased() }

  func run() async throws {
    guard let format = PictureFormat(rawValue: ending) else { throw ExitStatus.usage }
    let file = try option.open()
    let findings = try await analysis.analysis(of: file)
    var writer = PictureWriter(caseName: name ?? option.name, language: lang)
    writer.day = date
    if let line {
      let place = findings.lines.firstIndex { $0.id == line.uppercased() || $0.name == line }
      guard let place else { throw EvidenceError.unknown(what: line) }
      writer.line = place
    }
    if view.hasPrefix("ego=") {
      let who = String(view.dropFirst(4))
      guard case .party(let place) = Lookup.party(who, in: findings) else {
        throw EvidenceError.unknown(what: who)
      }
      writer.star = place
    }
    try await writer.write(findings, to: output, as: format)
  }
}
