import ClewEvidence
import Foundation
import GRDBSQLite
import Testing

@Suite struct `A delivery` {
  let bench: CaseBench
  let delivery = Delivery(
    name: "a\u{1F}b.csv",
    sheet: "表1",
    bytes: 10,
    digests: ["md5:aa", "sha256:bb"],
    rows: 20_001,
    columns: 3,
    identified: 20_000,
    kinds: [.identity: 20_000, .name: 5]
  )

  init() throws { bench = try CaseBench() }

  /// Takes 20 001 rows, of which row 10 has no identifier; the answer is the delivery's record.
  private func take(units: Int64 = 20_001) throws -> RecordID {
    let file = try CaseFile.open(bench.path)
    defer { try? file.close() }
    let outcome = try file.take(
      try bench.source("list"),
      format: "test",
      version: 1,
      sign: "made up"
    ) { sink in
      for row in 1...20_001 as ClosedRange<Int64> {
        try sink.count(
          rowAt: UnitPosition(row: row * 3),
          fingerprint: row == 10 ? nil : UInt64.max - UInt64(row % 100)
        )
      }
      try sink.deliver(delivery)
      return units
    }
    guard case .taken(let summary) = outcome else { throw EvidenceError.unknown(what: "source") }
    #expect(summary.counts.stored == 20_001 && summary.counts.isConserved)
    return RecordIdentity.id(of: .delivery(delivery))
  }

  @Test func `keeps its rows' fingerprints with their lines`() throws {
    let record = try take()
    let file = try CaseFile.openForReading(bench.path)
    let rows = try file.deliveryRows(of: record)
    #expect(rows.count == 20_000)
    #expect(rows.first == DeliveryRow(row: 3, fingerprint: .max - 1))
    #expect(rows.last == DeliveryRow(row: 60_003, fingerprint: .max - 1))
    #expect(!rows.contains { $0.row == 30 })
    #expect(try file.records([record]).map(\.item) == [.delivery(delivery)])
    #expect(try file.sightings(of: record).map(\.position) == [UnitPosition(row: 0)])
    #expect(try file.verify { _ in nil }.problems == [])
  }

  @Test func `must account for every row`() throws {
    #expect(throws: EvidenceError.self) { try take(units: 20_002) }
    let file = try CaseFile.openForReading(bench.path)
    #expect(try file.recordCount() == 0)
  }

  @Test(arguments: [
    "UPDATE delivery_rows SET rows = zeroblob(9) WHERE chunk = 0",
    "UPDATE delivery_rows SET rows = x'ff' WHERE chunk = 1",
    "UPDATE delivery_rows SET chunk = 7 WHERE chunk = 2", "UPDATE delivery_rows SET source = 9",
    "DELETE FROM delivery_rows WHERE chunk = 2",
    "UPDATE page SET body = CAST(body || x'00' AS BLOB)", "UPDATE page SET kinds = 2",
  ])
  func `fails to verify when it was changed`(sql: String) throws {
    _ = try take()
    let maker = try SQLiteMaker(bench.path)
    maker.run(sql)
    _ = consume maker
    let file = try CaseFile.openForReading(bench.path)
    #expect(try file.verify { _ in nil }.problems != [])
  }

  @Test func `with damaged rows is an error, not a crash`() throws {
    let record = try take()
    let maker = try SQLiteMaker(bench.path)
    maker.run("UPDATE delivery_rows SET rows = x'8080808080808080808080'")
    _ = consume maker
    let file = try CaseFile.openForReading(bench.path)
    #expect(throws: EvidenceError.self) { try file.deliveryRows(of: record) }
  }
}
