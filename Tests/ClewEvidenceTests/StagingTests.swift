import ClewEvidence
import Foundation
import Glibc
import Testing

@Suite struct `A staging area` {
  let work: TemporaryFolder
  let originals: TemporaryFolder
  let area: StagingArea

  init() throws {
    work = try TemporaryFolder()
    originals = try TemporaryFolder()
    area = try StagingArea(in: work.path)
  }

  @Test func `hashes and copies a file under a made-up name`() throws {
    let path = try originals.write("abc.txt", Array("abc".utf8))
    let source = try area.stage(path)
    #expect(
      source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    #expect(source.bytes == 3)
    #expect(source.name == "abc.txt")
    #expect(source.head == Array("abc".utf8))
    #expect(source.copyPath.hasPrefix(area.folder + "/"))
    #expect(FileManager.default.contents(atPath: source.copyPath) == Data("abc".utf8))
  }

  @Test func `is readable by its owner only and gone at the end`() throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: area.folder)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    let source = try area.stage(try originals.write("a", [1, 2, 3]))
    let copy = try FileManager.default.attributesOfItem(atPath: source.copyPath)
    #expect((copy[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    area.remove()
    #expect(!FileManager.default.fileExists(atPath: area.folder))
    #expect(try FileManager.default.contentsOfDirectory(atPath: work.path).isEmpty)
  }

  @Test(.timeLimit(.minutes(1)))
  func `refuses links, pipes, devices, folders and what is not there`() throws {
    let file = try originals.write("file", [1])
    let link = originals.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    let pipe = originals.path + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    for path in [link, pipe, "/dev/zero", originals.path] {
      #expect(throws: EvidenceError.notRegular(path: path)) { try area.stage(path) }
    }
    let missing = originals.path + "/missing"
    #expect(throws: EvidenceError.noSuchFile(path: missing)) { try area.stage(missing) }
    #expect(throws: EvidenceError.noSuchFile(path: "")) { try area.stage("") }
  }

  @Test(arguments: ["-rf", "file:x?mode=memory", "a\nb", "‮txt.db", "é", "e\u{301}"])
  func `takes any name for a name`(name: String) throws {
    let source = try area.stage(try originals.write(name, Array(name.utf8)))
    #expect(source.bytes == Int64(name.utf8.count))
    #expect(source.name.utf8.elementsEqual(name.utf8))
  }

  @Test func `only hashes what nobody wants, and streams a sparse gigabyte`() throws {
    let path = try originals.write("zeros.bin", [])
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: 1 << 28)
    try file.close()
    let before = try residentBytes()
    let source = try area.stage(path) { probe in
      #expect(probe.copyPath.isEmpty && probe.bytes == 1 << 28)
      return probe.head.contains { $0 != 0 }
    }
    #expect(source.copyPath.isEmpty)
    #expect(
      source.sha256 == "a6d72ac7690f53be6ae46ba88506bd97302a093f7108472bd9efc3cefda06484"
    )
    #expect(try residentBytes() - before < 64 << 20)
    #expect(try FileManager.default.contentsOfDirectory(atPath: area.folder).isEmpty)
  }

  @Test func `discards a copy with its sidecars`() throws {
    let path = originals.path + "/a.db"
    let maker = try SQLiteMaker(path, "PRAGMA journal_mode=WAL", "CREATE TABLE t(a)")
    let source = try area.stage(path)
    _ = maker
    area.discard(source)
    #expect(try FileManager.default.contentsOfDirectory(atPath: area.folder).isEmpty)
  }

  private func residentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return (Int(status.split(separator: " ")[1]) ?? 0) * 4096
  }
}

@Suite struct `A staged database` {
  let work: TemporaryFolder
  let originals: TemporaryFolder
  let area: StagingArea

  init() throws {
    work = try TemporaryFolder()
    originals = try TemporaryFolder()
    area = try StagingArea(in: work.path)
  }

  /// A database whose last 300 of 1300 rows stand only in its log, as taken from a running phone.
  private func seize(_ suffixes: [String]) throws -> String {
    let live = try TemporaryFolder()
    let maker = try SQLiteMaker(
      live.path + "/m.db",
      "PRAGMA page_size=1024",
      "PRAGMA journal_mode=WAL",
      "PRAGMA wal_autocheckpoint=0",
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)"
    )
    let insert = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
    maker.run(insert + "1000) INSERT INTO t(a) SELECT 'row ' || i FROM n")
    maker.run("PRAGMA wal_checkpoint(TRUNCATE)")
    maker.run(insert + "300) INSERT INTO t(a) SELECT 'late ' || i FROM n")
    for suffix in [""] + suffixes {
      try FileManager.default.copyItem(
        atPath: live.path + "/m.db" + suffix,
        toPath: originals.path + "/m.db" + suffix
      )
    }
    return originals.path + "/m.db"
  }

  @Test(arguments: [[], ["-wal"], ["-shm"], ["-wal", "-shm"]])
  func `is read with its log and leaves the originals alone`(suffixes: [String]) throws {
    let path = try seize(suffixes)
    let before = try TemporaryFolder.state(of: originals.path)
    let source = try area.stage(path)
    let database = try SeizedDatabase(source)
    let rows = try database.forEachRow(of: "t", columns: ["a"]) { _ in }
    #expect(rows == (suffixes.contains("-wal") ? 1300 : 1000))
    #expect(source.sidecars.map(\.suffix) == suffixes)
    #expect(source.tables == ["t": ["id", "a"]])
    #expect(source.mayLackLog == !suffixes.contains("-wal"))
    for sidecar in source.sidecars where sidecar.suffix == "-wal" {
      #expect(try #require(sidecar.frames) > 0)
    }
    #expect(try TemporaryFolder.state(of: originals.path) == before)
  }

  @Test func `rolls a hot journal back in the copy only`() throws {
    let live = try TemporaryFolder()
    let maker = try SQLiteMaker(
      live.path + "/j.db",
      "PRAGMA page_size=1024",
      "PRAGMA cache_size=2",
      "CREATE TABLE t(a)",
      "INSERT INTO t VALUES ('kept')"
    )
    maker.run("BEGIN")
    maker.run(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        + "INSERT INTO t SELECT 'never committed ' || i FROM n"
    )
    for suffix in ["", "-journal"] {
      try FileManager.default.copyItem(
        atPath: live.path + "/j.db" + suffix,
        toPath: originals.path + "/j.db" + suffix
      )
    }
    let before = try TemporaryFolder.state(of: originals.path)
    let source = try area.stage(originals.path + "/j.db")
    #expect(source.sidecars.map(\.suffix) == ["-journal"])
    #expect(try SeizedDatabase(source).forEachRow(of: "t", columns: ["a"]) { _ in } == 1)
    #expect(try TemporaryFolder.state(of: originals.path) == before)
  }

  @Test func `is refused when its journal names another file`() throws {
    let path = originals.path + "/s.db"
    _ = try SQLiteMaker(path, "CREATE TABLE t(a)")
    let victim = try originals.write("victim", [1, 2, 3])
    let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    try originals.write("s.db-journal", magic + Array(victim.utf8) + magic)
    let error = #expect(throws: EvidenceError.self) { try area.stage(path) }
    #expect(error?.description.contains("names another file") == true)
    #expect(FileManager.default.fileExists(atPath: victim))
    #expect(try FileManager.default.contentsOfDirectory(atPath: area.folder).isEmpty)
  }

  @Test func `with a link for a log is refused`() throws {
    let path = try seize([])
    try FileManager.default.createSymbolicLink(
      atPath: path + "-wal",
      withDestinationPath: "/etc/passwd"
    )
    #expect(throws: EvidenceError.notRegular(path: path + "-wal")) { try area.stage(path) }
  }

  @Test func `with a damaged page in the middle is refused as a whole`() throws {
    let path = try seize([])
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    for index in 10_240..<10_752 { bytes[index] = 0xA5 }
    let damaged = try originals.write("damaged.db", bytes)
    let error = #expect(throws: EvidenceError.self) { try area.stage(damaged) }
    guard case .damagedDatabase(damaged, _) = try #require(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `survives any flipped byte: read or refused, never a crash`() throws {
    let path = try seize([])
    let sound = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var state: UInt64 = 1
    for _ in 0..<300 {
      var bytes = sound
      for _ in 0..<4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] ^= UInt8(truncatingIfNeeded: state >> 20) | 1
      }
      let mutated = try originals.write("mutated.db", bytes)
      guard let source = try? area.stage(mutated) else { continue }
      _ = try? SeizedDatabase(source).forEachRow(of: "t", columns: ["id", "a"]) { row in
        _ = try? row.text(1)
        _ = row.rendered()
      }
      area.discard(source)
    }
  }

  @Test func `that is encrypted is recognised as such`() throws {
    var state: UInt64 = 7
    let random = (0..<4096).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: state >> 40)
    }
    let source = try area.stage(try originals.write("EnMicroMsg.db", random))
    #expect(source.tables == nil)
    #expect(source.looksEncrypted)
    let text = try area.stage(try originals.write("text.db", Array(repeating: 65, count: 4096)))
    #expect(!text.looksEncrypted)
  }
}
