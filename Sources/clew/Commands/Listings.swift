import ArgumentParser
internal import ClewEvidence
internal import ClewReport
import Foundation

/// The verb `clew sources`.
struct Sources: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Lists what was loaded, what of it tells of one event, and what was not read and why.",
    discussion: """
      Rows of several sources that tell of one message, transfer or call count as one event
      (docs/deduplication.md).

      EXAMPLES
        clew sources out/case.clew
        clew sources out/case.clew --json
      """
  )

  @OptionGroup var option: CaseOption
  @Flag(help: "Write JSON.") var json = false

  func run() throws {
    let file = try option.open()
    let (sources, unread) = (try file.sources(), try file.unreadFiles())
    let totals = try EventTotals(of: file)
    if json {
      return Terminal.write(ListingJSON.sources(sources, unread: unread, totals: totals))
    }
    Terminal.write(ListingText.sources(sources, unread: unread, totals: totals))
  }
}

/// The verb `clew rejects`.
struct Rejects: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the rows that were refused, with place and reason.",
    discussion: """
      EXAMPLES
        clew rejects out/case.clew
        clew rejects out/case.clew --reveal
      """
  )

  @OptionGroup var option: CaseOption
  @Flag(help: "Show the refused bytes as text.") var reveal = false
  @Flag(help: "Write JSON.") var json = false

  func run() throws {
    let file = try option.open()
    let (sources, rejects) = (try file.sources(), try file.rejects())
    if json { return Terminal.write(ListingJSON.rejects(rejects, of: sources, reveals: reveal)) }
    Terminal.write(ListingText.rejects(rejects, of: sources, reveals: reveal))
  }
}

/// The verb `clew verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks that case, audit log and originals are as they were on import.",
    discussion: """
      Exits with 76 when something differs. Note the audit head somewhere outside of the case: a
      log whose tail was cut off shows only against it.

      EXAMPLES
        clew verify out/case.clew
        clew verify out/case.clew --head 3f2a…
      """
  )

  @OptionGroup var option: CaseOption
  @Option(help: ArgumentHelp("The audit head that was noted before.", valueName: "hash"))
  var head: String?

  func run() throws {
    let file = try option.open()
    var result = try file.verify { FileHash.sha256(ofFile: $0) }
    if let head, try !file.auditLog().contains(where: { $0.hash == head.lowercased() }) {
      result.problems.append(
        "audit log: the noted head is not in it; its tail was cut or rewritten"
      )
    }
    for problem in result.problems { Terminal.say("clew: \(PlainText.safe(problem, limit: 400))") }
    for path in result.missingOriginals {
      Terminal.say("clew: \(PlainText.safe(path, limit: 400)): the original is not there any more")
    }
    Terminal.write(
      "\(result.sources) sources, \(result.records) records, \(result.auditEntries) audit entries, "
        + "\(result.originals) originals: \(result.problems.count) differences\n"
        + "audit head \(result.auditHead)\n"
    )
    if !result.problems.isEmpty {
      throw EvidenceError.verificationFailed(count: result.problems.count)
    }
  }
}
