internal import Foundation
internal import GRDB

extension CaseFile {
  /// Brings an older case to the tables of this program, after a copy of it has been made.
  ///
  /// The copy lies beside the case and is named for its version, `NAME.clew.v1`; an older copy of that
  /// name is never overwritten. The change itself is one transaction and stands in the audit log.
  func migrate() throws {
    let version = try read { try Int64.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    guard version < Schema.version else { return }
    try backUp(to: "\(path).v\(version)")
    try write { database in
      for (step, statements) in Schema.migrations.enumerated() where Int64(step) + 1 >= version {
        for statement in statements { try database.execute(sql: statement) }
      }
      try database.execute(sql: "PRAGMA user_version = \(Schema.version)")
      try AuditLog.append(
        action: "migrate",
        detail: "tables from version \(version) to \(Schema.version)",
        to: database
      )
    }
  }

  private func backUp(to copy: String) throws {
    guard !CaseHeader.exists(copy) else { return }
    let temporary = copy + ".new"
    try? FileManager.default.removeItem(atPath: temporary)
    do {
      try queue.vacuum(into: temporary)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: temporary)
      try FileManager.default.moveItem(atPath: temporary, toPath: copy)
    } catch let error as DatabaseError {
      throw Self.translate(error, path: copy)
    } catch {
      throw EvidenceError.inputOutput(path: copy, reason: "the copy before the change failed")
    }
  }
}
