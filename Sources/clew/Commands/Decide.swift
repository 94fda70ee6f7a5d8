import ArgumentParser
internal import ClewChain
internal import ClewEvidence
internal import ClewReport
internal import Foundation

/// Who decides, and why.
struct DecisionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why; it stands in the audit log.", valueName: "text"))
  var reason: String

  @Option(
    help: ArgumentHelp("Who decides; by default the user of this machine.", valueName: "name")
  )
  var by: String?

  var user: String { by ?? NSUserName() }

  func validate() throws {
    guard !reason.allSatisfy(\.isWhitespace) else {
      throw ValidationError("--reason takes a text that is not empty")
    }
    guard reason.utf8.count <= 4096, (by ?? "").utf8.count <= 256 else {
      throw ValidationError("--reason takes at most 4096 bytes, --by at most 256")
    }
  }
}

/// The verb `clew merge`.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decides that two parties are one person.",
    discussion: """
      Give account, party id or name. The decision and its reason enter the audit log; every later
      analysis follows it. clew undo takes it back.

      EXAMPLES
        clew merge out/case.clew qq:9990000003 灯笼 --reason "admitted in questioning, p. 4"
        clew merge out/case.clew P1A2B3C4D5E6F P0F9E8D7C6B5A --reason "one desk, one handwriting"
      """
  )

  @OptionGroup var option: CaseOption
  @Argument(help: "One party or account.") var a: String
  @Argument(help: "The other.") var b: String
  @OptionGroup var decision: DecisionOptions
  @Flag(help: "Merge although both have identity numbers.") var force = false

  func run() throws {
    let file = try CaseFile.openExisting(option.caseFile)
    let draft = try DecisionDraft(file).merge(
      a,
      b,
      reason: decision.reason,
      user: decision.user,
      isForced: force
    )
    try Terminal.tell(file.decide(draft))
    try file.close()
  }
}

/// The verb `clew split`.
struct Split: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decides that two accounts of one party belong to different persons.",
    discussion: """
      Give two accounts. The weakest links between them are overruled; clew show lists them. The
      decision and its reason enter the audit log; clew undo takes it back.

      EXAMPLES
        clew split out/case.clew wechat:wxid_x phone:+8613800000005 --reason "number given out anew"
        clew split out/case.clew qq:9990000003 wechat:wxid_x --reason "shared telephone"
      """
  )

  @OptionGroup var option: CaseOption
  @Argument(help: "One account.") var a: String
  @Argument(help: "Another account of the same party.") var b: String
  @OptionGroup var decision: DecisionOptions

  func run() throws {
    let file = try CaseFile.openExisting(option.caseFile)
    let draft = try DecisionDraft(file).split(
      a,
      b,
      reason: decision.reason,
      user: decision.user
    )
    try Terminal.tell(file.decide(draft))
    try file.close()
  }
}

/// The verb `clew undo`.
struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes back a merge or split.",
    discussion: """
      Without a number the last decision that holds. The analysis is then as it was before.

      EXAMPLES
        clew undo out/case.clew
        clew undo out/case.clew 3 --reason "the questioning was withdrawn"
      """
  )

  @OptionGroup var option: CaseOption
  @Argument(help: "The number of the decision.") var number: Int64?
  @Option(help: ArgumentHelp("Why; it stands in the audit log.", valueName: "text"))
  var reason = "taken back"
  @Option(
    help: ArgumentHelp("Who decides; by default the user of this machine.", valueName: "name")
  )
  var by: String?

  func run() throws {
    let file = try CaseFile.openExisting(option.caseFile)
    guard let number = try number ?? file.decisions().holding.last?.number else {
      throw EvidenceError.decision(reason: "no decision holds, so there is none to take back")
    }
    let undo = Decision(
      number: .max,
      kind: .undo,
      undoes: number,
      reason: reason,
      user: by ?? NSUserName()
    )
    try Terminal.tell(file.decide(undo))
    try file.close()
  }
}

extension Terminal {
  /// Says what was decided.
  fileprivate static func tell(_ decision: Decision) { write(PartyListing.decisions([decision])) }
}
