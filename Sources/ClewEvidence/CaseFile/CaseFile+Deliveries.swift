internal import Foundation
internal import GRDB

extension CaseFile {
  /// The files of personal data that the case holds, in the order in which they came in.
  public func deliveries() throws -> [(record: RecordID, delivery: Delivery)] {
    try read { database in
      let decoder = RecordDecoder(accounts: [:])
      let cursor = try Row.fetchCursor(
        database,
        sql: "SELECT * FROM record WHERE kind = ? ORDER BY id",
        arguments: [RecordRow.Kind.delivery.rawValue]
      )
      var deliveries: [(record: RecordID, delivery: Delivery)] = []
      while let row = try cursor.next() {
        guard let record = try decoder.record(row), case .delivery(let delivery) = record.item
        else { continue }
        deliveries.append((record.id, delivery))
      }
      return deliveries
    }
  }

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
