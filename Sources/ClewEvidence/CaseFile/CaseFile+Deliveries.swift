internal import Foundation
internal import GRDB

extension CaseFile {
  /// The files of personal data that the case holds, in the order in which they came in.
  public func deliveries() throws -> [(record: RecordID, delivery: Delivery)] {
    try read { database in
      var deliveries: [(record: RecordID, delivery: Delivery)] = []
      try PageReader(database).forEachRecord(holding: RecordKinds(.delivery)) { record, _ in
        guard case .delivery(let delivery) = record.item else { return }
        deliveries.append((record.id, delivery))
      }
      return deliveries
    }
  }

  /// The rows of a delivery that hold an identifier, in the order of the file.
  ///
  /// - Returns: Nothing for a record that is no delivery.
  public func deliveryRows(of record: RecordID) throws -> [DeliveryRow] {
    guard let found = try records([record]).first, case .delivery = found.item else { return [] }
    return try read { database in
      // The same file enters once; were it seen twice, the first source has all rows.
      let source = try Int64.fetchOne(
        database,
        sql: """
          SELECT min(source) FROM page WHERE id IN (
            SELECT place >> \(Place.bits) FROM record WHERE key = ?1
            UNION ALL SELECT place >> \(Place.bits) FROM again WHERE key = ?1)
          """,
        arguments: [Data(record.bytes)]
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
