import ClewEvidence
import Foundation
import Testing

@testable import ClewImport

@Suite struct `A long table` {
  /// 6,000 rows, some of them odd: quoted, padded, broken, blank, in full-width digits, repeated headers.
  private static func table() -> String {
    var text = "time,from,to,amount,currency,channel,memo,id\n"
    for row in 0..<6000 {
      let time = "2024-03-\(10 + row % 20)T0\(row % 10):00:\(10 + row % 50)+08:00"
      let (from, to) = ("wechat:wxid_clewdemo\(row % 37)", "wechat:wxid_clewdemo\(row % 11 + 40)")
      switch row % 100 {
      case 3: text += "\(time),\(from),\(to),\"1,234.50\",CNY,wechat,\"a, \"\"b\"\"\nc\",id\(row)\n"
      case 5: text += "no time,\(from),\(to),1.00,CNY,wechat,,id\(row)\n"
      case 7: text += ",,,,,,,\n"
      case 9: text += "\(time), \(from) ,\(to),１２.５,CNY,wechat,演示,id\(row)\n"
      case 11: text += "time,from,to,amount,currency,channel,memo,id\n"
      case 13: text += "\(time),\(from),\(to),\"5.00,CNY,wechat,open quote,id\(row)\n"
      case 15: text += "\(time),\(from),\(to),0.015,CNY,wechat,,id\(row)\r\n"
      default: text += "\(time),\(from),\(to),\(row).\(10 + row % 90),CNY,wechat,,id\(row)\n"
      }
    }
    return text
  }

  /// Keeps what it is told one by one, and nothing of batches: the reading in order.
  @Test func `says on all cores what it says row by row`() throws {
    let staged = try Staged()
    let source = try staged.area.stage(try staged.write("transfers.csv", Self.table().utf8))
    let inOrder = CollectingSink()
    let counted = try CanonicalRecords(kind: .transfers).read(source, into: inOrder)

    let file = try CaseFile.open(staged.folder + "/a.clew")
    let outcome = try file.take(source, format: "f", version: 1, sign: "s") {
      try CanonicalRecords(kind: .transfers).read(source, into: $0)
    }
    guard case .taken(let summary) = outcome else { return #expect(Bool(false)) }
    #expect(summary.counts.units == counted)
    #expect(summary.counts.rejected == Int64(inOrder.rejects.count))
    #expect(summary.counts.skipped == Int64(inOrder.skips.count))
    // 6,000 rows of which 60 each: no time, blank, header, open quote, three decimals.
    #expect(inOrder.units.count == 5700)
    #expect(inOrder.skips.count == 120)
    #expect(inOrder.rejects.count == 180)

    #expect(
      try file.rejects().map { "\($0.position) \($0.reason) \($0.bytes)" }
        == inOrder.rejects.map { "\($0.position) \($0.reason) \($0.bytes)" }
    )
    var stored: [RecordID: EvidenceItem] = [:]
    try file.forEachRecord { stored[$0.id] = $0.item }
    for unit in inOrder.units {
      let item = try #require(unit.items.first)
      let id = RecordIdentity.id(of: item)
      #expect(stored[id] == item)
    }
    #expect(stored.count == inOrder.units.count)
    for unit in [inOrder.units[0], inOrder.units[2999], inOrder.units[5699]] {
      let id = RecordIdentity.id(of: try #require(unit.items.first))
      let seen = try file.sightings(of: id)
      #expect(seen.map(\.position) == [unit.position])
      #expect(seen.map(\.original) == [unit.original])
    }
    #expect(try file.verify { _ in nil }.problems == [])
    try file.close()
  }
}

@Suite struct `A pool of threads` {
  @Test(arguments: [1, 2, 7]) func `gives results in the order of the pieces`(workers: Int) {
    let pool = OrderedPool<Int, Int>(workers: workers) {
      { piece in
        if piece % 5 == 0 { usleep(500) }
        return piece * piece
      }
    }
    defer { pool.stop() }
    var results: [Int] = []
    for piece in 0..<300 { pool.add(piece) { results.append($0) } }
    pool.finish { results.append($0) }
    #expect(results == (0..<300).map { $0 * $0 })
  }

  @Test func `stops when a result is refused`() {
    struct Refused: Error {}
    let pool = OrderedPool<Int, Int> { { $0 } }
    defer { pool.stop() }
    #expect(throws: Refused.self) {
      for piece in 0..<100 { try pool.add(piece) { _ in throw Refused() } }
      try pool.finish { _ in throw Refused() }
    }
  }
}

@Suite struct `A memory of cells` {
  @Test func `makes a value once for the same bytes`() {
    let cache = CellCache<String>()
    let row = Array("abc,abd,abc".utf8)
    var made: [String] = []
    for range in [0..<3, 4..<7, 8..<11, 0..<2] {
      let text = String(decoding: row[range], as: UTF8.self)
      let value = cache.value(of: row, range) {
        made.append(text)
        return text
      }
      #expect(value == text)
    }
    #expect(made == ["abc", "abd", "ab"])
  }

  @Test func `stays right when it is full`() {
    let cache = CellCache<Int>(limit: 64)
    for round in 0..<3 {
      for number in 0..<1000 {
        let bytes = Array("cell \(number)".utf8)
        let value = cache.value(of: bytes, bytes.indices) { number }
        #expect(value == number, "round \(round)")
      }
    }
  }

  @Test func `forgets a cell that is refused`() {
    struct Refused: Error {}
    let cache = CellCache<Int>()
    let bytes = Array("x".utf8)
    #expect(throws: Refused.self) {
      try cache.value(of: bytes, 0..<1) { () throws(Refused) in throw Refused() }
    }
    #expect(cache.value(of: bytes, 0..<1) { 5 } == 5)
  }
}
