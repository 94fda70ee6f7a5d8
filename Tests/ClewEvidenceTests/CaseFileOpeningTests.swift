import ClewEvidence
import Foundation
import Glibc
import Testing

@Suite struct `Opening a case` {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/x.clew"
  }

  private func refusal(_ reason: String) -> EvidenceError {
    .notACase(path: path, reason: reason)
  }

  @Test func `makes it whole, for its owner only, and leaves nothing beside it`() throws {
    let file = try CaseFile.open(path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    try file.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.clew"])
    let again = try CaseFile.openForReading(path)
    #expect(try again.recordCount() == 0)
    #expect(try again.verify { _ in nil }.problems == [])
  }

  @Test func `for reading needs a case`() {
    #expect(throws: EvidenceError.noSuchFile(path: path)) { try CaseFile.openForReading(path) }
  }

  @Test(arguments: [
    ("", "the file is empty"), ("a,b\n1,2\n", "no SQLite database"),
    ("SQLite format 3\0", "no SQLite database"),
  ])
  func `refuses what is no database`(text: String, reason: String) throws {
    try folder.write("x.clew", Array(text.utf8))
    let before = try TemporaryFolder.state(of: folder.path)
    #expect(throws: refusal(reason)) { try CaseFile.open(path) }
    #expect(throws: refusal(reason)) { try CaseFile.openForReading(path) }
    #expect(try TemporaryFolder.state(of: folder.path) == before)
  }

  @Test func `refuses another program's database without touching it`() throws {
    _ = try SQLiteMaker(path, "CREATE TABLE t(a)", "INSERT INTO t VALUES (1)")
    let before = try TemporaryFolder.state(of: folder.path)
    #expect(throws: refusal("another program's database")) { try CaseFile.open(path) }
    #expect(throws: refusal("another program's database")) { try CaseFile.openForReading(path) }
    #expect(try TemporaryFolder.state(of: folder.path) == before)
  }

  @Test(arguments: [0, 2, 4, 99])
  func `refuses another version of the tables without touching it`(version: Int) throws {
    try CaseFile.open(path).close()
    _ = try SQLiteMaker(path, "PRAGMA journal_mode = DELETE", "PRAGMA user_version = \(version)")
    let before = try TemporaryFolder.state(of: folder.path)
    let versions = "(version \(version) of the tables, this program reads 3)"
    let reason =
      version < 3
      ? "made by an older Clew \(versions); import its files into a new case"
      : "made by a newer Clew \(versions); open it with that one"
    #expect(throws: refusal(reason)) { try CaseFile.open(path) }
    #expect(throws: refusal(reason)) { try CaseFile.openForReading(path) }
    #expect(try TemporaryFolder.state(of: folder.path) == before)
  }

  @Test func `refuses folders, links and pipes`() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let link = folder.path + "/link"
    try CaseFile.open(folder.path + "/real").close()
    try FileManager.default.createSymbolicLink(
      atPath: link,
      withDestinationPath: folder.path + "/real"
    )
    let pipe = folder.path + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    for path in [path, link, pipe] {
      #expect(throws: EvidenceError.notRegular(path: path)) { try CaseFile.open(path) }
      #expect(throws: EvidenceError.notRegular(path: path)) { try CaseFile.openForReading(path) }
    }
  }

  @Test func `refuses to put a new case before the log of one that is missing`() throws {
    try folder.write("x.clew-wal", [1])
    let error = #expect(throws: EvidenceError.self) { try CaseFile.open(path) }
    #expect(error?.description.contains("x.clew-wal is there; move it away first") == true)
  }

  @Test func `goes on after a start that was killed half-way`() throws {
    try folder.write("x.clew.new", Array("half".utf8))
    try folder.write("x.clew.lock", Array("process 1".utf8))
    try CaseFile.open(path).close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.clew"])
  }

  @Test func `lets one writer in and names it to the second`() throws {
    let first = try CaseFile.open(path)
    #expect(throws: EvidenceError.locked(path: path, holder: "process \(getpid())")) {
      try CaseFile.open(path)
    }
    try first.close()
    let second = try CaseFile.open(path)
    try second.close()
    #expect(!FileManager.default.fileExists(atPath: path + ".lock"))
  }

  @Test func `is free again when the holder is let go or its opening fails`() throws {
    do { _ = try CaseFile.open(path) }
    try CaseFile.open(path).close()
    try FileManager.default.removeItem(atPath: path)
    try folder.write("x.clew", [])
    for _ in 0..<2 { #expect(throws: refusal("the file is empty")) { try CaseFile.open(path) } }
    try FileManager.default.removeItem(atPath: path)
    try CaseFile.open(path).close()
  }

  @Test func `lets readers see the last finished source while a writer works`() throws {
    let bench = try CaseBench()
    let writer = try CaseFile.open(bench.path)
    let readers = [
      try CaseFile.openForReading(bench.path), try CaseFile.openForReading(bench.path),
    ]
    let source = try bench.source("b")
    try bench.take("a", [.items([message("one", id: "1")], original: "")], into: writer)
    _ = try writer.take(source, format: "test", version: 1, sign: "") { sink in
      try sink.accept([message("two", id: "2")], at: UnitPosition(row: 1), original: .text(""))
      for reader in readers {
        #expect(try reader.recordCount() == 1)
        #expect(try reader.sources().count == 1)
        #expect(try reader.verify { _ in nil }.problems == [])
      }
      return 1
    }
    for reader in readers { #expect(try reader.recordCount() == 2) }
    for file in readers + [writer] { try file.close() }
  }
}
