internal import Foundation
internal import GRDB

extension CaseFile {
  /// Every decision of the case by number, those that were taken back too.
  public func decisions() throws -> [Decision] { try read(Self.decisions) }

  /// Adds a decision and enters it into the audit log, in one transaction.
  ///
  /// - Parameter decision: What was decided; its number and time are given here.
  /// - Returns: The decision as it was stored.
  /// - Throws: ``EvidenceError/decision(reason:)`` for an undo of a decision that does not hold.
  public func decide(_ decision: Decision) throws -> Decision {
    try write { database in
      let known = try Self.decisions(database)
      if decision.kind == .undo {
        let holds = known.holding.contains { $0.number == decision.undoes }
        guard holds else {
          throw EvidenceError.decision(
            reason: "there is no decision \(decision.undoes ?? 0) that holds; "
              + "see clew parties CASE --decisions"
          )
        }
      }
      let at = Date().formatted(.iso8601)
      let stored = decision.numbered((known.last?.number ?? 0) + 1, at: at)
      var accounts = try AccountTable(database)
      try database.execute(
        sql: """
          INSERT INTO decision(number, kind, first, second, undoes, forced, reason, user, at)
          VALUES(?,?,?,?,?,?,?,?,?)
          """,
        arguments: [
          stored.number, stored.kind.rawValue,
          try stored.first.map { try accounts.number(of: $0) },
          try stored.second.map { try accounts.number(of: $0) },
          stored.undoes, stored.isForced ? 1 : 0, storedText(stored.reason),
          storedText(stored.user), stored.at,
        ]
      )
      try AuditLog.append(action: "decision", detail: stored.auditDetail, to: database)
      return stored
    }
  }

  private static func decisions(_ database: Database) throws -> [Decision] {
    let accounts = AccountNames(try accounts(database))
    return try Row.fetchAll(
      database,
      sql: """
        SELECT number, kind, first, second, undoes, forced, reason, user, at FROM decision
        ORDER BY number
        """
    ).map { row in
      guard let kind = Decision.Kind(rawValue: try row.text(1)) else { throw StoredFault() }
      return Decision(
        number: try row.number(0),
        kind: kind,
        first: try accounts.account(try row.optionalNumber(2)),
        second: try accounts.account(try row.optionalNumber(3)),
        undoes: try row.optionalNumber(4),
        isForced: try row.number(5) != 0,
        reason: try row.text(6),
        user: try row.text(7),
        at: try row.text(8)
      )
    }
  }

  /// Every decision must stand in the audit log as it stands in its table.
  static func checkDecisions(
    _ entries: [AuditEntry],
    in database: Database,
    into result: inout Verification
  ) throws {
    let noted = entries.filter { $0.action == "decision" }.map(\.detail)
    let stored = try decisions(database).map(\.auditDetail)
    if noted != stored {
      result.problems.append("the analysts' decisions are not as noted in the audit log")
    }
  }
}
