internal import ClewEvidence
internal import ClewImport
internal import ClewReport
import Foundation

/// Imports paths into a case with progress, and reports what became of them.
struct IntakeRunner {
  var options = IntakeOptions()

  /// - Returns: The report; the case is open still.
  func take(_ paths: [String], into file: CaseFile) throws -> CaseIntake.Report {
    var intake = CaseIntake()
    intake.options = options
    intake.isCancelled = { Interruption.hasCome }
    let meter = ProgressMeter()
    intake.progress = { path, units in meter.tell(path, units) }
    return try intake.take(paths, into: file)
  }

  /// How many files that are known already are named one by one.
  private static let listed = 5

  /// Writes one line for every file that was not taken, and the sums.
  static func report(_ report: CaseIntake.Report) {
    for entry in report.refused { say(entry, "refused") }
    for entry in report.unread { say(entry, "not read") }
    for entry in report.neighbours { say(entry, "used") }
    for entry in report.known.prefix(Self.listed) {
      Terminal.say(
        "\(PlainText.safe(entry.path, limit: 400)): in the case already, as source \(entry.number)"
      )
    }
    if report.known.count > Self.listed {
      Terminal.say(
        "and \(report.known.count - Self.listed) more files that are in the case already"
      )
    }
    let counts = report.counts
    Terminal.say(
      "\(report.taken.count) sources: \(PlainText.grouped(counts.units)) units in = "
        + "\(PlainText.grouped(counts.stored)) stored + \(PlainText.grouped(counts.rejected)) rejected + "
        + "\(PlainText.grouped(counts.duplicate)) duplicate + \(PlainText.grouped(counts.skipped)) skipped; "
        + "\(report.known.count) known, "
        + (report.neighbours.isEmpty ? "" : "\(report.neighbours.count) used beside others, ")
        + "\(report.unread.count) not read, \(report.refused.count) refused"
    )
  }

  private static func say(_ file: UnreadFile, _ fate: String) {
    let (path, reason) = (
      PlainText.safe(file.path, limit: 400), PlainText.safe(file.reason, limit: 400)
    )
    Terminal.say("\(path): \(fate): \(reason)")
  }

  /// The exit code that an import deserves.
  static func status(_ report: CaseIntake.Report) -> ExitStatus {
    if report.files == 0 { return .noInput }
    if !report.refused.isEmpty { return .badData }
    if report.taken.isEmpty, report.known.isEmpty { return .badData }
    return report.counts.rejected > 0 ? .someRejected : .ok
  }
}

/// Shows rows and rate on a terminal, at most ten times a second.
final class ProgressMeter {
  private let began = Date()
  private var last = Date.distantPast
  private var finished: Int64 = 0
  private var path = ""
  private var current: Int64 = 0

  func tell(_ path: String, _ units: Int64) {
    if path != self.path {
      finished += current
      self.path = path
    }
    current = units
    let now = Date()
    guard now.timeIntervalSince(last) > 0.1 else { return }
    last = now
    let total = finished + current
    let rate = Double(total) / max(0.001, now.timeIntervalSince(began))
    Terminal.progress(
      "\(PlainText.grouped(total)) rows, \(PlainText.grouped(Int64(rate)))/s  \(PlainText.safe(path, limit: 60))"
    )
  }
}
