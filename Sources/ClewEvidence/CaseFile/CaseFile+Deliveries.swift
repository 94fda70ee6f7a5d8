internal import Foundation
internal import GRDB

extension CaseFile {
  /// The rows of a delivery that hold an identifier, in the order of the file.
  ///
  /// - Returns: Nothing for a record that is no delivery.
  public func deliveryRows(of record: RecordID) throws -> [DeliveryRow] {
    try read { database in
      // The same file enters once; were it seen twice, the first source has all rows.
      let source = try Int64.fetchOne(
        database,
        sql: """
          SELECT min(sighting.source) FROM record JOIN sighting ON sighting.record = record.id
          WHERE record.key = ? AND record.kind = ?
          """,
        arguments: [Data(record.bytes), RecordRow.Kind.delivery.rawValue]
      )
      guard let source else { return [] }
      let chunks = try Row.fetchCursor(
        database,
        sql: "SELECT rows FROM delivery_rows WHERE source = ? ORDER BY chunk",
        arguments: [source]
      )
      var rows: [DeliveryRow] = []
      while let chunk = try chunks.next() {
        guard let part = DeliveryRowCoder.rows(of: try chunk.bytes(0)) else { throw StoredFault() }
        rows += part
      }
      return rows
    }
  }
}
