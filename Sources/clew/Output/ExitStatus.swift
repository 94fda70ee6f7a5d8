internal import ArgumentParser
internal import ClewEvidence
internal import ClewImport
internal import ClewReport
internal import ClewScore
import Foundation
internal import GraphCore
internal import GraphDraw

/// The exit codes of DESIGN §7.
enum ExitStatus: Int32, Error {
  case ok = 0
  case someRejected = 2
  case usage = 64
  case badData = 65
  case noInput = 66
  case internalFault = 70
  case cannotCreate = 73
  case inputOutput = 74
  case locked = 75
  case verificationFailed = 76
  case permission = 77
}

/// A message for people and the exit code that goes with it.
struct Complaint: Error {
  let status: ExitStatus
  let message: String
}

/// Turns errors into one line on standard error and an exit code.
enum Failure {
  static func leave(with error: any Error) -> Never {
    switch error {
    case let status as ExitStatus: Terminal.finish(status)
    case let complaint as Complaint:
      Terminal.say("clew: " + PlainText.safe(complaint.message, limit: 2000))
      Terminal.finish(complaint.status)
    case is CancellationError:
      Terminal.say("clew: interrupted; what was finished is in the case, run again for the rest")
      exit(Interruption.exitCode)
    case let error as EvidenceError:
      Terminal.say("clew: " + PlainText.safe("\(error)", limit: 2000))
      Terminal.finish(status(of: error))
    case let error as ImportError:
      Terminal.say("clew: " + PlainText.safe("\(error)", limit: 2000))
      Terminal.finish(.badData)
    case let error as GraphError:
      Terminal.say("clew: " + PlainText.safe("\(error)", limit: 2000))
      Terminal.finish(.badData)
    case let error as ScoreError:
      Terminal.say("clew: " + PlainText.safe("\(error)", limit: 2000))
      if case .unreadableTable = error { Terminal.finish(.noInput) }
      Terminal.finish(.badData)
    case let error as DrawError:
      Terminal.say("clew: " + PlainText.safe("\(error)", limit: 2000))
      Terminal.finish(.internalFault)
    default:
      // Help, version and usage errors are ArgumentParser's own; anything else is a fault of ours.
      let code = Clew.exitCode(for: error)
      let message = Clew.fullMessage(for: error)
      if code == .success { Terminal.write(message + "\n") } else { Terminal.say(message) }
      exit(code == .success ? 0 : code == .validationFailure ? 64 : 70)
    }
  }

  private static func status(of error: EvidenceError) -> ExitStatus {
    switch error {
    case .noSuchFile, .unknown: .noInput
    case .decision: .usage
    case .notRegular, .notACase, .changedDuringRead, .damagedDatabase: .badData
    case .permissionDenied: .permission
    case .inputOutput, .diskFull: .inputOutput
    case .locked: .locked
    case .conservation: .internalFault
    case .verificationFailed: .verificationFailed
    }
  }
}
