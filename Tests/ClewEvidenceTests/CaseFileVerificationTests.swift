import ClewEvidence
import ClewTestSupport
import Foundation
import GRDBSQLite
import Testing

@Suite struct `A verification` {
  let bench: CaseBench

  init() throws {
    bench = try CaseBench()
    let file = try CaseFile.open(bench.path)
    try bench.take(
      "a",
      [
        .items([message("one", id: "1")], original: "row one"),
        .items([message("two", id: "2")], original: "two"),
        .reject([1, 2, 3], "bad cell"), .skip("blank row"),
      ],
      into: file,
      owner: .ann
    )
    try bench.take("b", [.items([message("ONE", id: "1")], original: "ONE")], into: file)
    try file.note(
      unread: UnreadFile(path: "/x/y.bin", bytes: 3, sha256: "abc", reason: "unknown")
    )
    try file.note(
      unread: UnreadFile(path: "/x/y.bin", bytes: 4, sha256: "abd", reason: "unknown")
    )
    try file.close()
  }

  private func problems(after sql: String...) throws -> [String] {
    let maker = try SQLiteMaker(bench.path)
    for statement in sql { maker.run(statement) }
    _ = consume maker
    let file = try CaseFile.openForReading(bench.path)
    defer { try? file.close() }
    return try file.verify { FileHash.sha256(ofFile: $0) }.problems
  }

  @Test func `finds nothing in a case as it was made`() throws {
    let file = try CaseFile.openForReading(bench.path)
    let result = try file.verify { FileHash.sha256(ofFile: $0) }
    #expect(result.problems == [])
    #expect(result.sources == 2)
    #expect(result.records == 2)
    #expect(result.originals == 2)
    #expect(result.auditEntries == 4)
    #expect(try result.auditHead == file.auditLog().last?.hash)
  }

  @Test(arguments: [
    "UPDATE record SET place = place + 1", "UPDATE record SET place = 'x'",
    "UPDATE record SET content = content + 1", "UPDATE record SET content = 'text'",
    "UPDATE record SET key = zeroblob(16) WHERE place = (1 << 20) + 1",
    "UPDATE record SET key = x'00' WHERE place = (1 << 20) + 1",
    "DELETE FROM record WHERE place = (1 << 20) + 1", "DELETE FROM record",
    "INSERT INTO record VALUES (zeroblob(16), 1 << 20, 1)",
    "DELETE FROM again", "UPDATE again SET place = place + 1", "UPDATE again SET place = 'x'",
    "UPDATE again SET key = zeroblob(16)", "INSERT INTO again SELECT key, place FROM record",
    "UPDATE record SET place = (SELECT place FROM again WHERE again.key = record.key) WHERE key IN (SELECT key FROM again)",
    "DELETE FROM choice", "INSERT OR REPLACE INTO choice SELECT id, zeroblob(8) FROM page",
    "UPDATE choice SET bits = x'01'",
    "UPDATE choice SET bits = 'x'", "UPDATE choice SET page = 9",
    "INSERT INTO choice VALUES (7, x'')",
    "UPDATE page SET source = 2", "UPDATE page SET source = 7", "UPDATE page SET count = count + 1",
    "UPDATE page SET count = 0", "UPDATE page SET count = -1", "UPDATE page SET count = 1 << 40",
    "UPDATE page SET body = x''", "UPDATE page SET body = 'text'", "UPDATE page SET id = id + 5",
    "UPDATE page SET body = CAST(body || x'00' AS BLOB)", "DELETE FROM page WHERE source = 2",
    "INSERT INTO page SELECT 9, source, kinds, count, accounts, body FROM page WHERE id = 1",
    "UPDATE page SET accounts = zeroblob(16)", "UPDATE page SET accounts = x'00'",
    "UPDATE page SET accounts = 'x'",
    "UPDATE page SET kinds = kinds + 1", "UPDATE page SET kinds = 0",
    "UPDATE reject SET bytes = x'010204'", "UPDATE reject SET reason = 'good'",
    "UPDATE reject SET row = 9", "UPDATE reject SET byte_offset = 0",
    "UPDATE reject SET bytes = 'abc'",
    "UPDATE reject SET source = 9", "DELETE FROM reject",
    "INSERT INTO reject SELECT * FROM reject", "UPDATE skip SET count = 2",
    "UPDATE skip SET rule = 'header'", "DELETE FROM skip", "INSERT INTO skip VALUES (2, 'r', 0)",
    "UPDATE source SET identity = identity || 'x' WHERE id = 1", "UPDATE source SET name = 'z'",
    "UPDATE source SET path = path || 'x'", "UPDATE source SET bytes = bytes + 1",
    "UPDATE source SET sha256 = replace(sha256, 'a', 'b')",
    "UPDATE source SET sidecars = 'x'", "UPDATE source SET format = 'qq'",
    "UPDATE source SET version = 2", "UPDATE source SET sign = 's'",
    "UPDATE source SET owner = NULL", "UPDATE source SET owner = 2",
    "UPDATE source SET decisions = ''", "UPDATE source SET units = units + 1",
    "UPDATE source SET stored = stored + 1, rejected = rejected - 1 WHERE id = 1",
    "UPDATE source SET duplicate = 'x'", "UPDATE source SET digest = 'x' WHERE id = 1",
    "UPDATE source SET id = 5 WHERE id = 2", "DELETE FROM source WHERE id = 2",
    "UPDATE account SET value = 'wxid_bot' WHERE value = 'wxid_bob'",
    "UPDATE account SET scheme = 'nothing' WHERE value = 'wxid_bob'",
    "DELETE FROM account", "UPDATE unread SET reason = 'r'", "UPDATE unread SET path = 'p'",
    "UPDATE unread SET bytes = 5", "DELETE FROM unread",
    "INSERT INTO unread VALUES ('q', 0, '', '')",
  ])
  func `finds every change made behind the program's back`(sql: String) throws {
    #expect(try !problems(after: sql).isEmpty)
  }

  @Test func `finds any byte of a page that is not as written`() throws {
    for page in 1...2 {
      let body = try SQLiteMaker(bench.path).bytes("SELECT body FROM page WHERE id = \(page)")
      #expect(body.count > 40)
      for index in body.indices {
        var changed = body
        changed[index] ^= UInt8(1 << (index % 8))
        let found = try problems(after: Self.update(page, changed))
        #expect(!found.isEmpty, "byte \(index) of page \(page)")
      }
      #expect(try problems(after: Self.update(page, body)) == [])
    }
  }

  private static func update(_ page: Int, _ body: [UInt8]) -> String {
    let hex = body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "UPDATE page SET body = x'\(hex)' WHERE id = \(page)"
  }

  @Test func `finds a source that was taken out whole`() throws {
    #expect(
      try problems(
        after: "DELETE FROM page WHERE source = 2",
        "DELETE FROM source WHERE id = 2"
      ).contains("1 sources of the audit log are not in the case as noted")
    )
  }

  @Test(arguments: [
    "UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE sequence = 1",
    "UPDATE audit SET action = 'merge' WHERE sequence = 2",
    "UPDATE audit SET detail = detail || ' ' WHERE sequence = 3",
    "UPDATE audit SET hash = (CASE substr(hash, 1, 1) WHEN 'a' THEN 'b' ELSE 'a' END) || substr(hash, 2) WHERE sequence = 1",
    "UPDATE audit SET sequence = sequence + 10", "DELETE FROM audit WHERE sequence = 1",
    "DELETE FROM audit WHERE sequence = 2", "DELETE FROM audit WHERE sequence = 4",
    "DELETE FROM audit",
    "UPDATE audit SET sequence = -sequence; UPDATE audit SET sequence = 3 WHERE sequence = -2; UPDATE audit SET sequence = 2 WHERE sequence = -3; UPDATE audit SET sequence = -sequence WHERE sequence < 0",
    "UPDATE audit SET sequence = 9 WHERE sequence = 4; INSERT INTO audit SELECT 4, at, action, detail, hash FROM audit WHERE sequence = 3; UPDATE audit SET sequence = 5 WHERE sequence = 9",
    "INSERT INTO audit VALUES (5, '', 'import', '', '')", "UPDATE audit SET detail = x'00ff'",
  ])
  func `finds every edit of the audit log`(sql: String) throws {
    #expect(try !problems(after: sql).isEmpty)
  }

  @Test(arguments: ["at", "action", "detail", "hash"])
  func `finds a changed byte anywhere in the audit log`(column: String) throws {
    let file = try CaseFile.openForReading(bench.path)
    let entries = try file.auditLog()
    try file.close()
    for entry in entries {
      let length = column == "detail" ? entry.detail.count : column == "hash" ? 64 : 6
      for place in stride(from: 1, through: length, by: 7) {
        let found = try problems(
          after: """
            UPDATE audit SET \(column) = substr(\(column), 1, \(place) - 1)
              || CASE substr(\(column), \(place), 1) WHEN '0' THEN '1' ELSE '0' END
              || substr(\(column), \(place) + 1) WHERE sequence = \(entry.sequence)
            """
        )
        #expect(!found.isEmpty)
        let maker = try SQLiteMaker(bench.path)
        maker.run(
          """
          UPDATE audit SET at = '\(entry.at)', action = '\(entry.action)',
            detail = '\(entry.detail)', hash = '\(entry.hash)' WHERE sequence = \(entry.sequence)
          """
        )
      }
    }
    #expect(try problems() == [])
  }

  @Test func `finds a changed original, and names one that is gone`() throws {
    try Data("other".utf8).write(to: URL(filePath: bench.folder.path + "/a"))
    try FileManager.default.removeItem(atPath: bench.folder.path + "/b")
    let file = try CaseFile.openForReading(bench.path)
    let result = try file.verify { FileHash.sha256(ofFile: $0) }
    #expect(
      result.problems == ["\(bench.folder.path)/a: the file is not the one that was imported"]
    )
    #expect(result.missingOriginals == [bench.folder.path + "/b"])
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `meets a flipped byte without dying`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bytes = try Data(contentsOf: URL(filePath: bench.path))
    let place = random.next(below: bytes.count)
    let flip = UInt8(1 + random.next(below: 255))
    bytes[place] ^= flip
    try bytes.write(to: URL(filePath: bench.path))
    do {
      let file = try CaseFile.openForReading(bench.path)
      _ = try file.verify { _ in nil }
      var ids: [RecordID] = []
      try file.forEachRecord { ids.append($0.id) }
      for id in ids { _ = try file.sightings(of: id) }
      try file.close()
    } catch is EvidenceError {
      // One of ours: the file is refused with a line.
    }
  }
}
