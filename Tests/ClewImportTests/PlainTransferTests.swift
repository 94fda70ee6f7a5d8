import ClewEvidence
import ClewTestSupport
import Foundation
import Testing

@testable import ClewImport

/// Rows that need no care go from their bytes to the page, all others the general way; the two must not
/// differ in a byte.
@Suite struct `A plain transfer` {
  /// Hands everything on one by one, so that nothing is read as plain rows.
  private final class OneByOne: UnitSink {
    let sink: any UnitSink
    init(_ sink: any UnitSink) { self.sink = sink }
    func accept(_ items: [EvidenceItem], at position: UnitPosition, original: Original) throws {
      try sink.accept(items, at: position, original: original)
    }
    func reject(at position: UnitPosition, bytes: [UInt8], reason: String) throws {
      try sink.reject(at: position, bytes: bytes, reason: reason)
    }
    func skip(at position: UnitPosition, rule: String) throws {
      try sink.skip(at: position, rule: rule)
    }
    func count(rowAt position: UnitPosition, fingerprint: UInt64?) throws {
      try sink.count(rowAt: position, fingerprint: fingerprint)
    }
    func deliver(_ delivery: Delivery) throws { try sink.deliver(delivery) }
    func setOwner(_ account: Account) { sink.setOwner(account) }
    func setDecision(_ name: String, _ value: String) { sink.setDecision(name, value) }
  }

  /// What a case holds of one table.
  private struct Taken: Equatable {
    var counts: UnitCounts?
    var skips: [String: Int64] = [:]
    var decisions: [String: String] = [:]
    /// The audit log has the digest of all pages and of what their accounts are called.
    var audit = ""
    var rejects: [String] = []
    var records: [String] = []
    var problems: [String] = []
    var failure = ""
  }

  private func take(_ source: StagedSource, in staged: Staged, plain: Bool) throws -> Taken {
    let file = try CaseFile.open(staged.folder + "/\(plain).clew")
    defer { try? file.close() }
    var taken = Taken()
    do {
      let outcome = try file.take(source, format: "f", version: 1, sign: "s") { sink in
        try CanonicalRecords(kind: .transfers).read(source, into: plain ? sink : OneByOne(sink))
      }
      guard case .taken(let summary) = outcome else { return taken }
      (taken.counts, taken.skips) = (summary.counts, summary.skips)
      taken.decisions = summary.decisions
    } catch let error as ImportError {
      taken.failure = "\(error)"
    }
    taken.audit = try file.auditLog().map(\.detail).joined(separator: "\n")
    taken.rejects = try file.rejects().map { "\($0.position) \($0.reason) \($0.bytes)" }
    try file.forEachRecord { taken.records.append("\($0)") }
    taken.problems = try file.verify { _ in nil }.problems
    return taken
  }

  /// The same table in two cases, plain rows as such in the first.
  private func both(_ table: [UInt8]) throws -> (Taken, Taken) {
    let staged = try Staged()
    let source = try staged.area.stage(try staged.write("transfers.csv", table))
    return (
      try take(source, in: staged, plain: true), try take(source, in: staged, plain: false)
    )
  }

  private func compare(_ table: [UInt8], _ name: String) throws {
    let (quick, full) = try both(table)
    #expect(quick == full, "\(name)")
    #expect(quick.problems == [], "\(name)")
  }

  /// Cells as they come, and as they should not.
  private static let cells: [String: [String]] = [
    "time": [
      "2024-03-01T08:00:00+08:00", "2024-03-01T08:00:00Z", "2024-03-01 08:00:00", "",
      "2024-02-30T08:00:00+08:00", "2024/3/1 8:00", "1709251200", "2024-03-01T08:00:00-05:30",
      "1970-01-01T00:00:00Z", "1969-12-31T23:00:00Z", "no time", " 2024-03-01T08:00:00Z", "45352.5",
    ],
    "from": [
      "wechat:wxid_clewdemo1", "wechat:wxid_clewdemo2", "phone:13800000001",
      "phone:+8613800000001", "phone:138 0000 0001", "qq:9990000001", "甲一", "wechat:gh_shop",
      "", " wechat:wxid_clewdemo1", "'wechat:wxid_clewdemo1", "wechat:138****0001",
      "card:6222020000000000000", "wechat:", ":x", "wechat:filehelper", "alipay:2088000000000001",
      "phone:138******04", "wechat:a\u{0}b", "name:乙 二", "wechat:12345@chatroom",
      "email:DEMO@example.com", "e\u{301}tranger", "étranger", "\u{3000}甲一\u{3000}",
      "svc:shop-number-with-a-name-that-is-longer-than-a-slot-of-the-table-holds", "=\"甲一\"",
      "id:99000019900101001X", "telegram:12345", "wechat:甲",
    ],
    "amount": [
      "12.34", "0", "7", "0.5", "1,234.50", "-3.00", "1.234", "", "１２.５", "12 ", "￥5", "abc",
      "99999999999999999.99", "123456789012345.67", "000000000000001.5", "5.",
    ],
    "currency": ["CNY", "", "USD", "usd", "人民币", "CNYX", " CNY"],
    "channel": ["wechat", "alipay", "", "微信", " bank ", "支付\u{3000}", "=x", "'bank", "\t"],
    "memo": [
      "", "演示转账", "note", " padded ", "'=1+1", "'plain", "a\u{1F}b", "\u{FEFF}mark", "🙂",
      "=sum(a)", "\u{0}", "名单 ", "\u{85}", "\u{2028}",
    ],
    "id": [
      "53000000001", "a;b", ";", "", " 53 ", "订单一号", "x\u{1F}y", "x\u{10}y", "'53", "53000000002",
      "号\u{200B}", "=\"53\"",
    ],
    "state": [
      "", "completed", "refund", "sent", "returned", "failed", "Completed", "done", " sent",
    ],
    "escaped": ["", "1", "0", " 1"],
    "other": ["", "x", "乙"],
  ]

  private static let headers = [
    "time,from,to,amount,currency,channel,memo,id", "time,from,to,amount",
    "from,to,amount,state,memo,id,time,other", "escaped,id,memo,channel,amount,to,from,time",
    "memo,from,to,amount,id",
  ]

  /// A table of rows that are plain for the most part.
  private static func table(_ seed: UInt64, rows: Int) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let header = headers[random.next(below: headers.count)]
    let columns = header.split(separator: ",").map(String.init)
    let separator = [",", ",", "\t", ";"][random.next(below: 4)]
    let end = ["\n", "\r\n", "\n", "\r"][random.next(below: 4)]
    var bytes = Array((columns.joined(separator: separator) + end).utf8)
    for _ in 0..<rows {
      var row = columns.map { column -> String in
        let choices = cells[column == "to" ? "from" : column] ?? [""]
        // Two rows of three hold what everybody writes.
        let isOdd = random.next(below: 3 * columns.count) == 0
        return choices[
          isOdd ? random.next(below: choices.count) : random.next(below: 2) % choices.count
        ]
      }
      switch random.next(below: 40) {
      case 0: row.append("extra")
      case 1: row.removeLast()
      case 2: row = columns
      case 3: row = columns.map { _ in "" }
      case 4: row = [""]
      case 5: row[0] = "\"" + row[0] + "\""
      case 6: row[row.count - 1] = "\"a \"\"b\"\"\nc\""
      case 7: row[0] = "\"" + row[0]
      case 8: row[0] += "\r" + row[0]
      case 9: row[row.count - 1] += String(repeating: "长", count: random.next(below: 4000))
      default: break
      }
      bytes += Array((row.joined(separator: separator) + end).utf8)
      switch random.next(below: 60) {
      case 0: bytes[bytes.count - 1 - random.next(below: 8)] = 0xB0
      case 1: bytes += [0xD7, 0xAA, 0xD5, 0xCB, 0x0A]
      case 2: bytes += [0x0D]
      default: break
      }
    }
    if random.next(below: 2) == 0 { bytes.removeLast(min(bytes.count, random.next(below: 30))) }
    return bytes
  }

  @Test(arguments: 0..<120 as Range<UInt64>)
  func `is written as the general way would write it`(seed: UInt64) throws {
    // So few that both ways make one page of them.
    try compare(Self.table(seed, rows: 150), "seed \(seed)")
  }

  @Test func `of the samples is written as the general way would write it`() throws {
    let bytes = try fixture("canonical/transfers.csv")
    try compare(bytes, "sample")
    for seed in 0..<40 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      try compare(TabularMutationTests.mutate(bytes, &random), "mutation \(seed)")
    }
  }

  @Test(arguments: 200..<212 as Range<UInt64>)
  func `stands where the general way finds it, however long the table`(seed: UInt64) throws {
    var (quick, full) = try both(Self.table(seed, rows: 4000))
    // The pages end elsewhere, and with them the digest of the pages.
    (quick.audit, full.audit) = ("", "")
    #expect(quick == full)
    #expect(quick.problems == [])
    #expect((quick.counts?.stored ?? 0) > 200)
  }
}
